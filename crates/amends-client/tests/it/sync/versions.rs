//! Relays of several versions.

use amends_client::{Input, Notice, Output};
use amends_wire::{About, ClientFrame, Code, ServerFrame};

use super::world::World;

fn hellos(outputs: &[Output]) -> Vec<u32> {
    let said = outputs.iter().filter_map(|output| match output {
        Output::Send(bytes) => ClientFrame::from_bytes(bytes).ok(),
        _ => None,
    });
    said.filter_map(|frame| match frame {
        ClientFrame::Hello { version } => Some(version),
        _ => None,
    })
    .collect()
}

#[test]
fn an_older_relay_is_spoken_to_in_its_own_version() {
    let (mut world, a, _) = World::pair();
    let now = world.now;
    let refused =
        ServerFrame::Refused { about: About::Frame, code: Code::NewerVersion, wait: None }.to_bytes();
    let mut say = |input| world.vault(a).sync_input(now, input).unwrap();
    say(Input::Disconnected);
    assert_eq!(hellos(&say(Input::Connected)), [2]);
    let again = say(Input::Frames(vec![refused.clone()]));
    assert_eq!(hellos(&again), [1]);
    assert!(!again.contains(&Output::Notice(Notice::UpdateNeeded)));
    say(Input::Disconnected);
    assert_eq!(hellos(&say(Input::Connected)), [1], "it is known now");
    let none = say(Input::Frames(vec![refused]));
    assert!(hellos(&none).is_empty() && none.contains(&Output::Notice(Notice::UpdateNeeded)));
}
