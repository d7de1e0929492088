# Other repositories use this folder of hooks too: only a roadmap that is there is looked at.
has_roadmap() {
  [ -e "$1/.roadbook" ] && return
  for file in "$1"/roadmap/*.json; do
    [ -e "$file" ] && return
  done
  return 1
}
look() {
  has_roadmap "$1" || return 0
