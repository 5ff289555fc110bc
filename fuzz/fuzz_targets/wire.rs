//! Any bytes as frames: one form or refused, for one frame and for a body; a relay in memory takes whatever is one.
#![no_main]

use amends_sync::LocalRelay;
use amends_wire::{ClientFrame, ServerFrame, UnixSeconds};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(frame) = ServerFrame::from_bytes(bytes) {
        assert_eq!(frame.to_bytes(), bytes, "one form only");
    }
    let _ = ServerFrame::all_from_bytes(bytes);
    let _ = LocalRelay::import(bytes);
    let Ok(frames) = ClientFrame::all_from_bytes(bytes) else { return };
    let again: Vec<u8> = frames.iter().flat_map(ClientFrame::to_bytes).collect();
    assert_eq!(again, bytes, "one form only");
    let mut relay = LocalRelay::new(1);
    let connection = relay.connect();
    for frame in frames {
        relay.frame(connection, UnixSeconds(1_800_000_000), &frame.to_bytes());
    }
    for answer in relay.take_frames(connection) {
        ServerFrame::from_bytes(&answer).expect("it speaks in frames");
    }
    assert!(LocalRelay::import(&relay.export()).is_ok());
});
