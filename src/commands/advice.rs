//! Commands that a run tells to type: from where the user stands, and with the options that led to this roadmap.

use std::path::{Component, Path, PathBuf};

use crate::{
    cli::Global,
    io::{Failure, Files},
    report::typed,
};

/// Commands that need no roadmap, or that name another one themselves.
const WITHOUT: [&str; 7] = ["explain", "fleet", "import", "init", "schema", "try", "words"];

/// The options that name the source, as they were typed: ` --root services/api`.
pub(super) fn given(global: &Global) -> String {
    let options = [("root", &global.root), ("roadmap", &global.roadmap)];
    let named = options.iter().filter_map(|(key, path)| {
        // Here is where it is looked for anyway, and what was read is read by nobody again.
        let path = path.as_ref().filter(|path| !["-", "."].contains(&&*path.to_string_lossy()))?;
        Some(format!(" --{key} {}", typed(&path.display().to_string())))
    });
    named.collect()
}

/// A text with these options in each command of ours that it names in backticks.
pub(super) fn advised(text: &str, given: &str) -> String {
    let mut parts = text.split("`roadbook ");
    let mut out = parts.next().unwrap_or_default().to_owned();
    // That a command is to be typed without an option is no way to type it.
    let is_without = text.contains("` without `--");
    for part in parts {
        let command = part.split('`').next().unwrap_or_default();
        let verb = command.split(' ').next().unwrap_or_default();
        let is_whole = is_without || WITHOUT.contains(&verb) || command.contains("--ro");
        let given = if is_whole { "" } else { given };
        out += &format!("`roadbook{given} {part}");
    }
    out
}

/// A text with the commands that name files as they are typed here, where their paths are meant from the root, to which `way`
/// leads.
pub(super) fn from_here(text: &str, way: &Path) -> String {
    if way.as_os_str().is_empty() {
        return text.to_owned();
    }
    let way = way.display().to_string();
    let way = typed(&way);
    text.replace("git add ", &format!("git -C {way} add ")).replace("--adopt ", &format!("--adopt {way}/"))
}

/// The way from where the user stands to a folder, whose links are followed.
///
/// # Errors
/// Where a folder cannot be looked at.
pub(super) fn way(files: &dyn Files, folder: &Path) -> Result<PathBuf, Failure> {
    let (here, folder) = (files.real(Path::new("."))?, files.real(folder)?);
    let shared = here.components().zip(folder.components()).take_while(|(one, other)| one == other).count();
    let up = here.components().skip(shared).map(|_| Component::ParentDir);
    Ok(up.chain(folder.components().skip(shared)).collect())
}

#[cfg(test)]
mod tests {
    use super::advised;

    #[test]
    fn the_options_that_name_a_source_are_repeated_where_they_are_taken() {
        for (text, expected) in [
            ("run `roadbook build` to update", "run `roadbook --root a build` to update"),
            ("`roadbook check --fix` or `x`", "`roadbook --root a check --fix` or `x`"),
            ("`roadbook explain date-order` tells", "`roadbook explain date-order` tells"),
            ("`roadbook check --roadmap PATH`", "`roadbook check --roadmap PATH`"),
            (
                "`roadbook build` without `--roadmap` writes it",
                "`roadbook build` without `--roadmap` writes it",
            ),
            ("no command of ours", "no command of ours"),
        ] {
            assert_eq!(advised(text, " --root a"), expected);
        }
    }
}
