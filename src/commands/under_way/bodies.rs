//! Bodies as files behind a merge that renumbered their issues: git merges files by their names, and knows nothing of ids.

use std::sync::Arc;

use super::Commits;
use crate::{
    edit::Rewrite,
    io::Failure,
    output::Tree,
    render::PagePath,
    source::{BODIES, Found, body_name, joined},
};

/// Gives each issue that has another id now the body that its side had under the former one. What git made of both under that
/// name goes back to the other side's, unless somebody wrote something else.
///
/// `above` is the way from the top of the repository to the root; `of_side` has the ids of either side, and what they are now.
///
/// # Errors
/// Where a file cannot be read.
pub(super) fn moved(
    commits: &Commits<'_>,
    (found, above): (&Found, &str),
    tree: Tree<'_>,
    revisions: [&str; 2],
    of_side: &[Vec<(String, String)>; 2],
) -> Result<Vec<Rewrite>, Failure> {
    let folder = joined(&found.base, BODIES);
    let text = |bytes: Option<Vec<u8>>| bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let read = |path: &str| tree.read(&PagePath::new(path)).map(text);
    let mut rewrites = Vec::new();
    for (side, renamed) in of_side.iter().enumerate() {
        for (old, new) in renamed {
            // The map knows ids without their case; a file has the case that its issue had.
            let names = [body_name(&old.to_ascii_uppercase()), body_name(old)];
            let of = |revision: &str, name: &str| {
                commits.blob(revision, &joined(above, &joined(&folder, name))).map(text)
            };
            for name in names {
                let Some(own) = of(revisions[side], &name)? else { continue };
                let other = of(revisions[1 - side], &name)?;
                let (old_path, new_path) = (joined(&folder, &name), joined(&folder, &body_name(new)));
                let (old_path, new_path): (Arc<str>, Arc<str>) = (old_path.into(), new_path.into());
                let now = read(&old_path)?;
                if read(&new_path)?.is_none() {
                    rewrites.extend(Rewrite::of(tree, &new_path, None, Some(own.clone()))?);
                }
                if now.as_ref() == Some(&own) {
                    rewrites.extend(Rewrite::of(tree, &old_path, now, other)?);
                }
                break;
            }
        }
    }
    Ok(rewrites)
}
