//! Drafts: texts that their writer changes over time, from several devices.
//!
//! The newest version wins. A version that was written without having seen the newest one is kept
//! and shown beside it ("you both changed this"), so nothing that somebody wrote disappears.

use std::collections::BTreeMap;

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::id::{EntryId, EventId, Hlc};
use crate::refusal::Refusal;

/// One saved version of a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Save<T> {
    /// The draft this is a version of; none makes a new draft, named by this event.
    #[n(0)]
    pub doc: Option<EntryId>,
    /// The version that was on the screen when this one was written.
    #[n(1)]
    pub base: Option<EventId>,
    /// The incident the draft belongs to, where it has one.
    #[n(2)]
    pub incident: Option<EntryId>,
    /// What was written.
    #[n(3)]
    pub content: T,
}

impl<T> Save<T> {
    /// A new draft.
    pub fn new(incident: Option<EntryId>, content: T) -> Self {
        Save { doc: None, base: None, incident, content }
    }
}

/// A value with its history of who wrote over what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Versions<T> {
    /// The version that holds.
    pub current: T,
    /// The event that wrote it.
    pub version: EventId,
    /// When it was written.
    pub at: Hlc,
    /// Versions written at the same time elsewhere: kept and shown until a later version has seen them.
    pub also: Vec<(EventId, T)>,
}

impl<T> Versions<T> {
    /// The first version.
    pub fn new(version: EventId, at: Hlc, value: T) -> Self {
        Versions { current: value, version, at, also: Vec::new() }
    }

    /// Takes a later version, which was written upon `base`.
    pub fn write(&mut self, version: EventId, at: Hlc, base: Option<EventId>, value: T) {
        let previous = std::mem::replace(&mut self.current, value);
        let previous_version = std::mem::replace(&mut self.version, version);
        self.at = at;
        self.also.retain(|(other, _)| Some(*other) != base);
        if base != Some(previous_version) {
            self.also.push((previous_version, previous));
        }
    }
}

/// A draft with the incident it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft<T> {
    /// The incident, where it has one.
    pub incident: Option<EntryId>,
    /// What is written.
    pub text: Versions<T>,
}

/// All drafts of one tool. They live in the private space only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drafts<T> {
    by_id: BTreeMap<EntryId, Draft<T>>,
}

impl<T> Default for Drafts<T> {
    fn default() -> Self {
        Drafts { by_id: BTreeMap::new() }
    }
}

impl<T: Clone> Drafts<T> {
    /// One draft.
    pub fn get(&self, doc: EntryId) -> Option<&Draft<T>> {
        self.by_id.get(&doc)
    }

    /// All drafts, oldest first by device.
    pub fn iter(&self) -> impl Iterator<Item = (EntryId, &Draft<T>)> {
        self.by_id.iter().map(|(id, draft)| (*id, draft))
    }

    pub(crate) fn judge(&self, save: &Save<T>) -> Result<(), Refusal> {
        match save.doc {
            Some(doc) if !self.by_id.contains_key(&doc) => Err(Refusal::NotFound),
            _ => Ok(()),
        }
    }

    pub(crate) fn commit(&mut self, version: EventId, at: Hlc, save: &Save<T>) {
        match save.doc.and_then(|doc| self.by_id.get_mut(&doc)) {
            Some(draft) => {
                draft.incident = save.incident.or(draft.incident);
                draft.text.write(version, at, save.base, save.content.clone());
            }
            None => {
                let text = Versions::new(version, at, save.content.clone());
                self.by_id.insert(version, Draft { incident: save.incident, text });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{DeviceId, Millis};

    fn id(seq: u64) -> EventId {
        EventId { device: DeviceId([1; 16]), seq }
    }

    fn at(time: u64) -> Hlc {
        Hlc::new(Millis(time), 0)
    }

    #[test]
    fn writing_one_after_the_other_leaves_nothing_behind() {
        let mut text = Versions::new(id(0), at(0), "a");
        text.write(id(1), at(1), Some(id(0)), "b");
        text.write(id(2), at(2), Some(id(1)), "c");
        assert_eq!((text.current, text.also.len()), ("c", 0));
    }

    #[test]
    fn writing_at_the_same_time_keeps_the_other_version_until_it_was_seen() {
        let mut text = Versions::new(id(0), at(0), "a");
        text.write(id(1), at(1), Some(id(0)), "phone");
        text.write(id(2), at(2), Some(id(0)), "laptop");
        assert_eq!(text.current, "laptop");
        assert_eq!(text.also, vec![(id(1), "phone")]);
        text.write(id(3), at(3), Some(id(2)), "laptop, more");
        assert_eq!(text.also.len(), 1);
        text.write(id(4), at(4), Some(id(1)), "both");
        assert_eq!(text.also, vec![(id(3), "laptop, more")]);
    }
}
