//! The user's editor: what `VISUAL` or `EDITOR` says, and nothing that a repository could say.

use std::{ffi::OsStr, path::Path};

use crate::io::{Call, Failure, FailureKind, Io};

/// Opens a file in the editor, and returns once it is closed. No shell reads the words: they are a program and its arguments.
pub(super) fn run(file: &Path, io: &Io<'_>) -> Result<(), Failure> {
    let said = ["VISUAL", "EDITOR"].into_iter().find_map(|name| io.process.variable(name));
    let is_alone = !io.terminal.is_interactive();
    let help = if is_alone {
        "this is no terminal; `--from FILE` takes the text from a file, or with `-` from standard input"
    } else {
        "set `EDITOR`, as in `EDITOR=nano`; `--from FILE` takes the text from a file"
    };
    let failed = |why: String| Failure::new(FailureKind::Usage, why).help(help);
    let said = said.ok_or_else(|| failed("neither `VISUAL` nor `EDITOR` names an editor".to_owned()))?;
    let words = words(&said, cfg!(windows));
    let Some((program, args)) = words.split_first() else {
        return Err(failed("`EDITOR` holds nothing but blanks".to_owned()));
    };
    let mut args: Vec<_> = args.iter().map(OsStr::new).collect();
    args.push(file.as_os_str());
    let call = Call { program, args: &args, folder: io.files.here(), variables: &[] };
    match io.process.attend(&call, !is_alone)? {
        Some(true) => Ok(()),
        Some(false) => Err(failed(format!("the editor `{program}` failed: nothing was written"))),
        None => Err(failed(format!("there is no editor `{program}`"))),
    }
}

/// The words of a command line: blanks part them, quotes keep blanks, and a backslash the character behind it, unless it parts
/// folders here.
fn words(text: &str, has_backslashes: bool) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (c, quote) {
            (c, Some(open)) if c == open => quote = None,
            ('\'' | '"', None) => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            ('\\', None | Some('"')) if !has_backslashes => {
                word.get_or_insert_default().extend(chars.next());
            }
            (c, None) if c.is_whitespace() => words.extend(word.take()),
            (c, _) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn a_command_line_is_parted_as_people_write_it() {
        for (text, wanted) in [
            ("vi", &["vi"][..]),
            ("  code  --wait ", &["code", "--wait"]),
            ("'/opt/my editor' -n", &["/opt/my editor", "-n"]),
            ("\"a b\"c ''", &["a bc", ""]),
            ("a\\ b \"c\\\"d\"", &["a b", "c\"d"]),
            ("vi; touch $(x) `y` && z", &["vi;", "touch", "$(x)", "`y`", "&&", "z"]),
            (" ", &[]),
        ] {
            assert_eq!(words(text, false), wanted, "{text}");
        }
        assert_eq!(words(r#""C:\Program Files\e.exe" -n"#, true), [r"C:\Program Files\e.exe", "-n"]);
    }
}
