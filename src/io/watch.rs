//! What the system tells of changes in folders. The only importer of notify.

use std::{collections::BTreeMap, path::PathBuf};

use notify::{
    Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _,
    event::{AccessKind, AccessMode},
};

/// What looks out for changes in folders.
pub trait Watcher {
    /// Looks at these folders from now on, with all below them where that is `true`, and at no others. A folder that has
    /// gone and come back is found again when it is named again. Returns whether all of them can be looked at.
    fn look_at(&mut self, folders: &BTreeMap<PathBuf, bool>) -> bool;
}

/// The system's own watcher, where it has one.
pub(super) fn watcher(changed: Box<dyn Fn() + Send>) -> Option<Box<dyn Watcher>> {
    let told = move |event: notify::Result<Event>| {
        if !event.is_ok_and(|event| is_read(event.kind)) {
            changed();
        }
    };
    let system = notify::recommended_watcher(told).ok()?;
    Some(Box::new(System { system, folders: BTreeMap::new() }))
}

/// Whether a file was opened or read and not written: so do we, and must not wake ourselves. What the system could not
/// tell is a change, since it may have been one.
fn is_read(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => false,
        EventKind::Access(_) => true,
        _ => false,
    }
}

struct System {
    system: RecommendedWatcher,
    folders: BTreeMap<PathBuf, bool>,
}

impl Watcher for System {
    fn look_at(&mut self, folders: &BTreeMap<PathBuf, bool>) -> bool {
        for folder in self.folders.keys().filter(|folder| !folders.contains_key(*folder)) {
            // One that has gone is not looked at any more, which is all that is wanted.
            let _ = self.system.unwatch(folder);
        }
        let mut is_whole = true;
        self.folders.clear();
        for (folder, all) in folders {
            let mode = if *all { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
            // Told again of a folder that it knows, it finds the one that stands there now.
            match self.system.watch(folder, mode) {
                Ok(()) => {
                    self.folders.insert(folder.clone(), *all);
                }
                Err(_) => is_whole = false,
            }
        }
        is_whole
    }
}

#[cfg(test)]
mod tests {
    use notify::event::{CreateKind, ModifyKind};

    use super::*;

    #[test]
    fn reading_is_no_change() {
        assert!(is_read(EventKind::Access(AccessKind::Open(AccessMode::Any))));
        assert!(is_read(EventKind::Access(AccessKind::Close(AccessMode::Read))));
        assert!(!is_read(EventKind::Access(AccessKind::Close(AccessMode::Write))));
        assert!(!is_read(EventKind::Create(CreateKind::File)));
        assert!(!is_read(EventKind::Modify(ModifyKind::Any)));
    }
}
