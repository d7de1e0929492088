//! What people do in the meantime, by the website: no request, no limit, no fault.

use serde_json::Value;

use super::{
    GitHub,
    given::Given,
    issues, labels, milestones, relations,
    world::{Issue, Whereabouts, World},
};

impl GitHub {
    /// Somebody opens an issue; its number.
    pub(crate) fn open_issue(&self, members: &Value) -> u64 {
        self.world(|world| world.open_issue(members))
    }

    /// Somebody opens a pull request; its number.
    pub(crate) fn open_pull(&self, title: &str) -> u64 {
        self.world(|world| world.open_pull(title))
    }

    /// Somebody changes an issue.
    #[track_caller]
    pub(crate) fn edit_issue(&self, number: u64, members: &Value) {
        self.world(|world| world.edit_issue(number, members));
    }

    /// Somebody changes a milestone.
    #[track_caller]
    pub(crate) fn edit_milestone(&self, number: u64, members: &Value) {
        self.world(|world| world.edit_milestone(number, members));
    }

    /// Somebody changes a label; `new_name` renames it.
    #[track_caller]
    pub(crate) fn edit_label(&self, name: &str, members: &Value) {
        self.world(|world| world.edit_label(name, members));
    }

    /// Somebody deletes an issue.
    pub(crate) fn delete_issue(&self, number: u64) {
        self.world(|world| world.take_away(number, Whereabouts::Deleted));
    }

    /// Somebody transfers an issue; the address, from the base on, leads where it is now.
    pub(crate) fn transfer_issue(&self, number: u64, address: &str) {
        self.world(|world| world.take_away(number, Whereabouts::Transferred(address.to_owned())));
    }

    /// Somebody makes an issue a discussion.
    pub(crate) fn convert_to_discussion(&self, number: u64) {
        let address = self.world(|world| format!("/repos/{}/discussions/{number}", world.full_name()));
        self.transfer_issue(number, &address);
    }

    /// Somebody makes an issue a pull request.
    pub(crate) fn convert_to_pull(&self, number: u64) {
        self.world(|world| world.issues.get_mut(&number).expect("an issue").is_pull = true);
    }

    /// An issue is not shown any more, and nothing says why.
    pub(crate) fn hide_issue(&self, number: u64) {
        self.world(|world| {
            let issue = world.issues.get_mut(&number).expect("an issue");
            (issue.unknown_for, issue.unseen_until) = (u32::MAX, u64::MAX);
        });
    }

    /// An issue as it is.
    #[track_caller]
    pub(crate) fn issue(&self, number: u64) -> Issue {
        self.world(|world| world.issues.get(&number).cloned().unwrap_or_else(|| panic!("no issue {number}")))
    }
}

impl World {
    /// Somebody opens an issue with these members, a state among them; its number.
    #[track_caller]
    pub(crate) fn open_issue(&mut self, members: &Value) -> u64 {
        let given = Given::of(members);
        let number = issues::add(self, &given, "alice", true).expect("an issue that is allowed");
        issues::edit(self, number, &given, true).expect("an issue that is allowed");
        number
    }

    /// Somebody opens a pull request; its number.
    pub(crate) fn open_pull(&mut self, title: &str) -> u64 {
        let number = self.open_issue(&serde_json::json!({ "title": title }));
        if let Some(issue) = self.issues.get_mut(&number) {
            issue.is_pull = true;
        }
        number
    }

    /// Somebody changes an issue.
    #[track_caller]
    pub(crate) fn edit_issue(&mut self, number: u64, members: &Value) {
        issues::edit(self, number, &Given::of(members), true).expect("an edit that is allowed");
    }

    /// Somebody makes a milestone; its number.
    #[track_caller]
    pub(crate) fn make_milestone(&mut self, members: &Value) -> u64 {
        let mut members = members.clone();
        if let Some(day) = members["due_on"].as_str().filter(|day| day.len() == 10) {
            members["due_on"] = Value::from(format!("{day}T12:00:00Z"));
        } else if let Some(members) = members.as_object_mut() {
            members.remove("due_on");
        }
        milestones::add(self, &Given::of(&members), "alice").expect("a milestone that is allowed")
    }

    /// Somebody changes a milestone.
    #[track_caller]
    pub(crate) fn edit_milestone(&mut self, number: u64, members: &Value) {
        milestones::edit(self, number, &Given::of(members)).expect("an edit that is allowed");
    }

    /// Somebody changes a label.
    #[track_caller]
    pub(crate) fn edit_label(&mut self, name: &str, members: &Value) {
        let id = self.label(name).expect("a label").id;
        labels::change(self, id, &Given::of(members)).expect("an edit that is allowed");
    }

    /// Somebody makes a label.
    pub(crate) fn make_label(&mut self, name: &str) -> u64 {
        labels::ids(self, &[name.to_owned()]).expect("a label that is allowed")[0]
    }

    /// Somebody makes an issue a part of another one, in place of the one that it is a part of.
    #[track_caller]
    pub(crate) fn make_part(&mut self, parent: u64, part: u64) {
        relations::make_part(self, parent, part, true).expect("a relation that is allowed");
    }

    /// Somebody makes an issue a part of none.
    pub(crate) fn leave_part(&mut self, part: u64) {
        relations::unmake_part(self, part);
    }

    /// Somebody lets an issue wait for another one no more.
    pub(crate) fn end_wait(&mut self, number: u64, blocker: u64) {
        let now = self.clock.tick();
        self.waits.remove(&(blocker, number));
        if let Some(issue) = self.issues.get_mut(&number) {
            issue.blockers.retain(|other| *other != blocker);
            issue.updated_at = now;
        }
    }

    /// Somebody makes an issue wait for another one.
    #[track_caller]
    pub(crate) fn make_wait(&mut self, number: u64, blocker: u64) {
        relations::make_wait(self, number, blocker).expect("a relation that is allowed");
    }

    /// An issue goes, and with it what relates it to others.
    fn take_away(&mut self, number: u64, whereabouts: Whereabouts) {
        relations::unmake_part(self, number);
        let now = self.clock.tick();
        self.waits.retain(|(one, other)| *one != number && *other != number);
        for issue in self.issues.values_mut() {
            issue.blockers.retain(|other| *other != number);
            if issue.parent == Some(number) {
                issue.parent = None;
            }
        }
        if let Some(issue) = self.issues.get_mut(&number) {
            issue.whereabouts = whereabouts;
            issue.updated_at = now;
            issue.parts.clear();
            issue.blockers.clear();
        }
    }
}
