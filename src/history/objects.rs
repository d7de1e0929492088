//! The objects of a repository, read one after the other from one `git cat-file --batch`.

use std::{collections::BTreeMap, sync::Arc};

use super::{git::Commit, moment::seconds_of};
use crate::io::{Failure, FailureKind, Talk};

/// How many trees are remembered: those of neighbouring commits are mostly the same.
const MOST_TREES: usize = 64;

/// The most bytes of an object that are held: no roadmap is larger, and anybody can commit anything.
const MOST_BYTES: usize = 1024 * 1024 * 1024;

/// How many bytes of a larger object are passed over at a time.
const STEP: usize = 1024 * 1024;

/// The objects of a repository.
pub(super) struct Objects {
    talk: Box<dyn Talk>,
    trees: BTreeMap<String, Arc<Tree>>,
    /// The most bytes of an object that are held.
    most: usize,
}

/// What stands in a folder, by name; names that are not Unicode are left out.
pub(super) type Tree = BTreeMap<String, Entry>;

/// What a name in a folder stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// The name of the object.
    pub(super) id: String,
    /// Whether it is a folder.
    pub(super) is_folder: bool,
    /// Whether it is a file, and no link or other repository.
    pub(super) is_file: bool,
}

/// An object.
struct Object {
    id: String,
    kind: String,
    /// `None` of one that is too large.
    bytes: Option<Vec<u8>>,
}

impl Objects {
    pub(super) fn new(talk: Box<dyn Talk>) -> Self {
        Self { talk, trees: BTreeMap::new(), most: MOST_BYTES }
    }

    /// The commit that a revision names; `None` where it names none.
    pub(super) fn commit(&mut self, revision: &str) -> Result<Option<Commit>, Failure> {
        let found = self.get(&format!("{revision}^{{commit}}"))?;
        let found = found.filter(|object| object.kind == "commit");
        found.map(|object| Ok(commit(object.id.clone(), &object.held()?))).transpose()
    }

    /// The first parent of a commit; `None` where it has none.
    pub(super) fn parent(&mut self, commit: &str) -> Result<Option<Commit>, Failure> {
        self.commit(&format!("{commit}^1"))
    }

    /// What stands at a path below a tree; `None` where nothing does.
    pub(super) fn at(&mut self, tree: &str, path: &str) -> Result<Option<Entry>, Failure> {
        let mut entry = Entry { id: tree.to_owned(), is_folder: true, is_file: false };
        for name in path.split('/').filter(|name| !name.is_empty()) {
            if !entry.is_folder {
                return Ok(None);
            }
            match self.tree(&entry.id)?.get(name) {
                Some(next) => entry = next.clone(),
                None => return Ok(None),
            }
        }
        Ok(Some(entry))
    }

    /// What stands in a folder.
    pub(super) fn tree(&mut self, id: &str) -> Result<Arc<Tree>, Failure> {
        if let Some(known) = self.trees.get(id) {
            return Ok(Arc::clone(known));
        }
        let object = self.get(id)?.ok_or_else(|| missing(id))?;
        let width = object.id.len() / 2;
        let tree = Arc::new(tree(&object.held()?, width));
        if self.trees.len() == MOST_TREES {
            self.trees.clear();
        }
        self.trees.insert(id.to_owned(), Arc::clone(&tree));
        Ok(tree)
    }

    /// What a file holds; `None` of one that is larger than any roadmap.
    pub(super) fn blob(&mut self, id: &str) -> Result<Option<Vec<u8>>, Failure> {
        Ok(self.get(id)?.ok_or_else(|| missing(id))?.bytes)
    }

    /// What a file holds that has to be read.
    pub(super) fn whole_blob(&mut self, id: &str) -> Result<Vec<u8>, Failure> {
        self.get(id)?.ok_or_else(|| missing(id))?.held()
    }

    fn get(&mut self, name: &str) -> Result<Option<Object>, Failure> {
        // A second line would be a second question, whose answer would be taken for the next one's.
        if name.contains('\n') {
            return Ok(None);
        }
        self.talk.ask(format!("{name}\n").as_bytes())?;
        let line = String::from_utf8_lossy(&self.talk.line()?).into_owned();
        // `NAME SP kind SP size`; of what is not there or could be several, the name as it was asked for and a word.
        let mut words = line.rsplitn(3, ' ');
        let (size, kind, id) = (words.next(), words.next(), words.next());
        let Some(((size, kind), id)) = size.and_then(|size| size.parse().ok()).zip(kind).zip(id) else {
            return Ok(None);
        };
        let bytes = self.bytes(size)?;
        self.talk.bytes(1)?;
        Ok(Some(Object { id: id.to_owned(), kind: kind.to_owned(), bytes }))
    }
}

impl Objects {
    /// The next bytes; those of an object that is too large are passed over.
    fn bytes(&mut self, size: usize) -> Result<Option<Vec<u8>>, Failure> {
        if size <= self.most {
            return self.talk.bytes(size).map(Some);
        }
        let mut left = size;
        while left > 0 {
            left -= self.talk.bytes(left.min(STEP))?.len().max(1);
        }
        Ok(None)
    }
}

impl Object {
    /// Its bytes; a commit or a folder that is too large is not passed over.
    fn held(self) -> Result<Vec<u8>, Failure> {
        let Self { id, kind, bytes } = self;
        bytes.ok_or_else(|| {
            Failure::new(FailureKind::Files, format!("the {kind} {id} is too large to be read"))
                .help("it cannot be a part of a roadmap's history: was the repository damaged?")
        })
    }
}

fn missing(id: &str) -> Failure {
    let message = format!("this clone lacks the object {id}, and with it a part of the history");
    Failure::new(FailureKind::Files, message)
        .help("a partial clone has no old files: `git fetch --refetch --no-filter` brings all of them")
}

fn commit(id: String, bytes: &[u8]) -> Commit {
    let text = String::from_utf8_lossy(bytes);
    let (head, message) = text.split_once("\n\n").unwrap_or((&text, ""));
    let header = |name: &str| head.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
    // `committer Name <mail> SECONDS ZONE`
    let seconds = header("committer ").rsplit(' ').nth(1).unwrap_or_default();
    Commit {
        id,
        seconds: seconds_of(seconds),
        subject: message.trim_start().lines().next().unwrap_or_default().to_owned(),
        tree: header("tree ").to_owned(),
    }
}

/// The entries of a tree: `MODE SP NAME NUL`, then the object's name in so many bytes.
fn tree(mut bytes: &[u8], width: usize) -> Tree {
    let mut tree = Tree::new();
    while let Some((head, rest)) = bytes.iter().position(|byte| *byte == 0).map(|end| bytes.split_at(end)) {
        let Some((id, rest)) = rest[1..].split_at_checked(width) else { break };
        bytes = rest;
        let mode = head.split(|byte| *byte == b' ').next().unwrap_or_default();
        let name = str::from_utf8(head.get(mode.len() + 1..).unwrap_or_default());
        let id = id.iter().map(|byte| format!("{byte:02x}")).collect();
        let entry = Entry { id, is_folder: mode == b"40000", is_file: mode.starts_with(b"100") };
        tree.extend(name.ok().map(|name| (name.to_owned(), entry)));
    }
    tree
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A git that says one thing.
    struct Said(std::io::Cursor<Vec<u8>>);

    impl Talk for Said {
        fn ask(&mut self, _: &[u8]) -> Result<(), Failure> {
            Ok(())
        }

        fn line(&mut self) -> Result<Vec<u8>, Failure> {
            let mut line = Vec::new();
            std::io::BufRead::read_until(&mut self.0, b'\n', &mut line).expect("a line");
            line.pop();
            Ok(line)
        }

        fn bytes(&mut self, count: usize) -> Result<Vec<u8>, Failure> {
            let mut bytes = vec![0; count];
            std::io::Read::read_exact(&mut self.0, &mut bytes).expect("so many bytes");
            Ok(bytes)
        }
    }

    #[test]
    fn an_object_that_is_too_large_is_passed_over_and_the_next_one_is_read() {
        let said = format!(
            "aa blob {}\n{}\nbb blob 2\nok\ncc tree {}\n{}\n",
            STEP + 7,
            "x".repeat(STEP + 7),
            9,
            "y".repeat(9)
        );
        let mut objects = Objects::new(Box::new(Said(std::io::Cursor::new(said.into_bytes()))));
        objects.most = 8;
        assert_eq!(objects.blob("aa").unwrap(), None);
        assert_eq!(objects.blob("bb").unwrap().as_deref(), Some(&b"ok"[..]));
        assert_eq!(objects.tree("cc").unwrap_err().message, "the tree cc is too large to be read");
    }

    #[test]
    fn a_tree_is_read_entry_by_entry() {
        let mut bytes = b"40000 a folder\0".to_vec();
        bytes.extend([0xab; 20]);
        bytes.extend(b"100644 x.json\0");
        bytes.extend([0x01; 20]);
        bytes.extend(b"120000 link\0");
        bytes.extend([0x02; 20]);
        let tree = tree(&bytes, 20);
        let kinds: Vec<_> = tree.iter().map(|(name, e)| (name.as_str(), e.is_folder, e.is_file)).collect();
        assert_eq!(kinds, [("a folder", true, false), ("link", false, false), ("x.json", false, true)]);
        assert_eq!(tree["a folder"].id, "ab".repeat(20));
    }

    #[test]
    fn a_commit_is_dated_by_its_committer() {
        let text = "tree abc\nparent d\nauthor A B <a@b> 5 +0000\ncommitter A B <a@b> 1795305600 +0200\n\nWhy\n\nmore\n";
        let commit = commit("0123456789ab".into(), text.as_bytes());
        assert_eq!((commit.tree.as_str(), commit.subject.as_str()), ("abc", "Why"));
        assert_eq!((commit.day().to_string().as_str(), commit.short()), ("2026-11-22", "012345678"));
    }
}
