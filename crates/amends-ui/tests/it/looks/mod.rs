//! The special screens of the steps: what each person gets, on the invented couple and on an empty vault.

mod admit;
mod apologize;
mod both;
mod clock;
mod every;
mod letters;
mod mistakes;
mod prove;
mod unasked;

use amends_domain::event::Body;
use amends_domain::id::EventId;

use crate::house::House;

/// Name of an entry in an address.
pub(crate) fn name(id: EventId) -> String {
    let device: String = id.device.0.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{device}-{}", id.seq)
}

/// The last event that a test picks.
fn last(house: &House, pick: impl Fn(&Body) -> bool) -> EventId {
    house.events().iter().rev().find(|event| pick(&event.body)).expect("it is there").id
}

/// Number of events in a vault.
fn count(house: &House) -> usize {
    house.events().len()
}
