//! What a partner with a changed program may write: any bytes as events, folded together with honest ones in any order.
#![no_main]

use amends_domain::event::Event;
use amends_domain::id::PersonId;
use amends_domain::state::State;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|parts: Vec<Vec<u8>>| {
    let events: Vec<Event> = parts.iter().filter_map(|bytes| Event::decode(bytes).ok()).collect();
    let Some(first) = events.first() else { return };
    let (me, partner) = (PersonId([1; 16]), first.author);
    let forward = State::from_events(me, Some(partner), events.iter().cloned());
    let backward = State::from_events(me, Some(partner), events.iter().rev().cloned());
    assert_eq!(forward, backward, "the order in which they come does not matter");
    for event in &events {
        let again = Event::decode(&event.encode()).expect("its own form");
        assert_eq!(&again, event);
    }
});
