//! The roadmaps that `.roadbook` lists: one path alone, or several roadmaps with a name each.

use std::path::{Path, PathBuf};

use super::names::{FOLDER, POINTER, sources_in};
use crate::{
    io::{Entry, Failure, FailureKind, Files, Limit},
    report::typed,
    scalar::folded,
};

/// The longest name of a roadmap, which becomes a folder and a part of addresses.
const LONGEST: usize = 64;

/// Names that Windows has given away, or that the front page needs for its own files.
const RESERVED: [&str; 5] = ["assets", "con", "prn", "aux", "nul"];

/// A roadmap that `.roadbook` lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Listed {
    /// What it is called; `None` where the file holds one path alone.
    pub(crate) name: Option<String>,
    /// Its file or folder, as it is written.
    pub(crate) said: String,
    /// The same on the machine.
    pub(crate) path: PathBuf,
    line: usize,
}

impl Listed {
    /// The JSON file or the folder that holds it, with links followed.
    ///
    /// # Errors
    /// Where it cannot be looked at.
    pub(crate) fn source(&self, files: &dyn Files) -> Result<PathBuf, Failure> {
        source_at(files, &self.path)
    }

    /// The folder that holds the JSON.
    ///
    /// # Errors
    /// Where it cannot be looked at.
    pub(crate) fn base(&self, files: &dyn Files) -> Result<PathBuf, Failure> {
        base_of(files, &self.path)
    }
}

/// The file or folder that a path means: of a folder without JSON that has a folder `roadmap`, that one.
///
/// # Errors
/// Where it cannot be looked at.
pub(super) fn source_at(files: &dyn Files, path: &Path) -> Result<PathBuf, Failure> {
    let real = files.real(path)?;
    let inside = real.join(FOLDER);
    let is_above = files.entry(&real)? == Some(Entry::Folder)
        && sources_in(files, &real)?.is_empty()
        && !sources_in(files, &inside)?.is_empty();
    if is_above { files.real(&inside) } else { Ok(real) }
}

/// The folder of the source that a path means.
pub(super) fn base_of(files: &dyn Files, path: &Path) -> Result<PathBuf, Failure> {
    let source = source_at(files, path)?;
    let is_file = match files.entry(&source)? {
        Some(entry) => entry != Entry::Folder,
        None => source.extension().is_some_and(|ending| ending == "json"),
    };
    Ok(if is_file { source.parent().map(Path::to_owned).unwrap_or(source) } else { source })
}

/// The roadmaps that the `.roadbook` of a root lists, in its order; `None` where there is no such file. One path alone has no
/// name; of several, each has one that no other has.
///
/// # Errors
/// Where the file cannot be read, a name cannot be one, or two lines mean the same.
pub(crate) fn listed(files: &dyn Files, root: &Path) -> Result<Option<Vec<Listed>>, Failure> {
    let file = root.join(POINTER);
    let Some(bytes) = files.read_inside(root, &file, Limit::Template)? else { return Ok(None) };
    let text = String::from_utf8_lossy(&bytes);
    let list = List { files, root, file: &file };
    let mut all = Vec::new();
    for (ix, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        all.extend(list.line(ix + 1, line.trim())?);
    }
    match all.as_mut_slice() {
        [] => {
            let message = format!("`{}` names no roadmap", file.display());
            Err(Failure::new(FailureKind::Files, message)
                .help("write into it the path of the JSON file or its folder, from this folder"))
        }
        [_] => Ok(Some(all)),
        several => {
            for one in several.iter_mut().filter(|one| one.name.is_none()) {
                one.name = Some(list.derived(one)?);
            }
            list.hold_apart(&all)?;
            Ok(Some(all))
        }
    }
}

/// A `.roadbook` that is read.
struct List<'a> {
    files: &'a dyn Files,
    root: &'a Path,
    file: &'a Path,
}

impl List<'_> {
    /// What a line says; nothing where it is blank or a comment. A line that is, as a whole, the path of something that is
    /// there means that, whatever it begins with or holds.
    fn line(&self, number: usize, line: &str) -> Result<Option<Listed>, Failure> {
        let is_path = |text: &str| self.files.entry(&self.root.join(text)).is_ok_and(|it| it.is_some());
        if line.is_empty() || (line.starts_with('#') && !is_path(line)) {
            return Ok(None);
        }
        let one = |name: Option<&str>, said: &str| Listed {
            name: name.map(str::to_owned),
            said: said.to_owned(),
            path: self.root.join(said),
            line: number,
        };
        let Some((name, said)) = line.split_once('=').map(|(name, said)| (name.trim(), said.trim())) else {
            return Ok(Some(one(None, line)));
        };
        if name.contains(['/', '\\']) || is_path(line) {
            return Ok(Some(one(None, line)));
        }
        if said.is_empty() {
            return Err(self.fault(number, &format!("`{name}` has no path"), "write `NAME = PATH`"));
        }
        if let Err(why) = name_form(name) {
            let help =
                "names are made of letters, digits, `-` and `_`; a path that holds `=` begins with `./`";
            return Err(self.fault(
                number,
                &format!("`{name}` cannot be the name of a roadmap: {why}"),
                help,
            ));
        }
        Ok(Some(one(Some(name), said)))
    }

    /// The name of a roadmap that is listed by its path alone.
    fn derived(&self, one: &Listed) -> Result<String, Failure> {
        derived(&one.said).filter(|name| name_form(name).is_ok()).ok_or_else(|| {
            let said = &one.said;
            self.fault(one.line, &format!("`{said}` gives no name"), &format!("write `NAME = {said}`"))
        })
    }

    /// Refuses two lines with one name, and two that share a source or the folder of it: they would share lock and documents.
    fn hold_apart(&self, all: &[Listed]) -> Result<(), Failure> {
        let mut bases = Vec::<(PathBuf, &Listed)>::new();
        for (ix, one) in all.iter().enumerate() {
            let name = one.name.as_deref().unwrap_or_default();
            let same = |other: &&Listed| other.name.as_deref().is_some_and(|it| folded(it) == folded(name));
            if let Some(other) = all[..ix].iter().find(same) {
                let (first, theirs) = (other.line, other.name.as_deref().unwrap_or_default());
                let why = match theirs == name {
                    true => format!("`{name}` is the name of line {first} already"),
                    false => format!(
                        "`{name}` and `{theirs}` (line {first}) are one name where case does not count"
                    ),
                };
                let help = format!("give it another name: `NAME = {}`", one.said);
                return Err(self.fault(one.line, &why, &help));
            }
            let base = one.base(self.files)?;
            if let Some((_, other)) = bases.iter().find(|(theirs, _)| *theirs == base) {
                let why = match one.source(self.files)? == other.source(self.files)? {
                    true => format!("`{}` is listed in line {} already", one.said, other.line),
                    false => format!(
                        "`{}` lies in the same folder as `{}` (line {})",
                        one.said, other.said, other.line
                    ),
                };
                let help = "each roadmap needs a folder of its own, for its lock and its documents";
                return Err(self.fault(one.line, &why, help));
            }
            bases.push((base, one));
        }
        Ok(())
    }

    fn fault(&self, line: usize, why: &str, help: &str) -> Failure {
        let message = format!("cannot read the roadmaps of `{}`, line {line}: {why}", self.file.display());
        Failure::new(FailureKind::Files, message).help(help)
    }
}

/// Whether a text can be the name of a roadmap.
///
/// # Errors
/// Why it cannot.
pub(crate) fn name_form(name: &str) -> Result<(), &'static str> {
    let is_letter = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let key = name.to_ascii_lowercase();
    let is_device = |name: &str| {
        let port = ["com", "lpt"].iter().find_map(|port| name.strip_prefix(port));
        port.is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    if !name.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        Err("it does not begin with a letter or digit")
    } else if !name.chars().all(is_letter) {
        Err("it holds other characters than letters, digits, `-` and `_`")
    } else if name.len() > LONGEST {
        Err("it is longer than 64 characters")
    } else if RESERVED.contains(&&*key) || is_device(&key) {
        Err("it is reserved")
    } else {
        Ok(())
    }
}

/// The name that a path gives: of its file, or of its folder; `roadmap` says nothing where there is a folder above.
pub(crate) fn derived(path: &str) -> Option<String> {
    let mut parts: Vec<_> =
        path.split(['/', '\\']).filter(|part| !matches!(*part, "" | "." | "..")).collect();
    if let [.., folder, file] = parts.as_slice()
        && file.ends_with(".json")
        && *folder == FOLDER
    {
        parts.pop();
    }
    if parts.len() > 1 && parts.last() == Some(&FOLDER) {
        parts.pop();
    }
    let last = parts.last()?;
    let last = last.strip_suffix(".json").unwrap_or(last);
    let plain: String =
        last.chars().map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' }).collect();
    let name = plain.trim_matches(['-', '_']);
    (!name.is_empty()).then(|| name.to_owned())
}

/// The failure that one of several roadmaps has to be chosen.
pub(crate) fn several(all: &[Listed]) -> Failure {
    let names: Vec<_> = all.iter().filter_map(|one| one.name.as_deref()).collect();
    let first = names.first().map(|name| typed(name).into_owned()).unwrap_or_default();
    let list: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    let message = format!("which roadmap is meant? `{POINTER}` lists {}", list.join(", "));
    Failure::new(FailureKind::Usage, message)
        .help(format!("choose one, as in `--roadmap {first}`, or go to its folder"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::Disk;

    fn read(text: &str, there: &[&str]) -> Result<Vec<(String, String)>, String> {
        let folder = tempfile::tempdir().expect("a folder");
        let disk = Disk::new(folder.path().canonicalize().expect("a real path"));
        for path in there {
            disk.write(Path::new(path), b"{}").expect("it is written");
        }
        disk.write(Path::new(POINTER), text.as_bytes()).expect("it is written");
        let root = disk.real(Path::new(".")).expect("a root");
        let all = listed(&disk, &root).map_err(|failure| failure.message)?.unwrap_or_default();
        Ok(all.into_iter().map(|one| (one.name.unwrap_or_default(), one.said)).collect())
    }

    fn all(pairs: &[(&str, &str)]) -> Result<Vec<(String, String)>, String> {
        Ok(pairs.iter().map(|(name, path)| ((*name).to_owned(), (*path).to_owned())).collect())
    }

    #[test]
    fn one_path_alone_has_no_name_and_means_itself() {
        for path in ["plans/a.json", "my plans/road map.json", "./a=b.json", "a b = c.json"] {
            assert_eq!(read(&format!("\u{feff}\n  {path}  \r\n\n"), &[path]), all(&[("", path)]), "{path}");
        }
        assert_eq!(read("# a comment\nplans\n", &[]), all(&[("", "plans")]));
        assert_eq!(read("#plans/a.json\n", &["#plans/a.json"]), all(&[("", "#plans/a.json")]));
        assert_eq!(read("web = x=y/a b.json\n", &[]), all(&[("web", "x=y/a b.json")]));
    }

    #[test]
    fn several_have_names_that_they_give_or_that_their_paths_give() {
        let text = "# all\nweb = web/roadmap\n\napi/roadmap/plan.json\nplans/my apps.json\nroadmap\n";
        let wanted = [
            ("web", "web/roadmap"),
            ("api", "api/roadmap/plan.json"),
            ("my-apps", "plans/my apps.json"),
            ("roadmap", "roadmap"),
        ];
        assert_eq!(read(text, &[]), all(&wanted));
    }

    #[test]
    fn names_that_cannot_be_and_lines_that_mean_the_same_are_refused() {
        for (text, says) in [
            ("\n# nothing\n", "names no roadmap"),
            ("web =\n", "line 1: `web` has no path"),
            ("my web = a\n", "other characters"),
            ("-web = a\n", "does not begin with a letter"),
            ("COM1 = a\n", "it is reserved"),
            ("assets = a\n", "it is reserved"),
            ("a = x\nb = y\na = z\n", "line 3: `a` is the name of line 1 already"),
            ("web = x\nWeb = y\n", "`Web` and `web` (line 1) are one name"),
            ("a/roadmap\nb/a/roadmap\n", "line 2: `a` is the name of line 1"),
            ("a = x/p.json\nb = ./x/p.json\n", "line 2: `./x/p.json` is listed in line 1 already"),
            ("a = x\nb = x/p.json\n", "lies in the same folder as `x` (line 1)"),
            ("...\n..\n", "`...` gives no name"),
        ] {
            let found = read(text, &["x/p.json"]).expect_err(text);
            assert!(found.contains(says), "{text:?}: {found}");
        }
    }
}
