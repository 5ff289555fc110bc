//! Leaving: one act, always possible, no reason asked. The other sees "not connected", or nothing new at all.

use crate::consent;
use crate::entry;
use crate::event::{Body, Space};
use crate::id::EventId;
use crate::state::State;

/// How to leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaving {
    /// Without a word: nothing is sent or fetched any more.
    Quiet,
    /// With one event that says it.
    Open,
}

/// What happens to own things here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MyThings {
    /// Keep them.
    Keep,
    /// Erase them from own devices.
    Erase,
}

/// What to do, in this order. None of it can be refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeavePlan {
    /// Bodies to write, each with its space.
    pub write: Vec<(Space, Body)>,
    /// Events to erase from own devices.
    pub erase: Vec<EventId>,
}

/// The plan for leaving. `ask_removal` adds the request to remove what was sent, which the other may honor.
pub fn leave(state: &State, how: Leaving, things: MyThings, ask_removal: bool) -> LeavePlan {
    let me = state.world().me;
    let mut write = Vec::new();
    if how == Leaving::Open {
        let targets: Vec<EventId> = state
            .events()
            .filter(|event| event.author == me && event.space == Space::Shared)
            .map(|event| event.id)
            .collect();
        if ask_removal && !targets.is_empty() {
            write.push((Space::Shared, Body::Entry(entry::Event::AskRemoval { targets })));
        }
        write.push((Space::Shared, Body::Consent(consent::Event::Leave)));
    }
    write.push((Space::Private, Body::Consent(consent::Event::LeaveQuietly)));
    let erase = match things {
        MyThings::Keep => Vec::new(),
        MyThings::Erase => state.events().map(|event| event.id).collect(),
    };
    LeavePlan { write, erase }
}
