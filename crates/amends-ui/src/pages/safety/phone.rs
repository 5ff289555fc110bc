//! "Someone had my phone": what to do about this app, step by step, and what it cannot know.

use maud::html;

use crate::layout::{Frame, Page};
use crate::pages::parts::{Way, sentences, ways};
use crate::session::Door;

pub(super) fn page(frame: &Frame<'_>) -> Page {
    let open = frame.session.door() == Door::Open;
    let has_door = frame.session.door() != Door::None;
    let mut list = vec![
        Way::new("/safety", frame.text("help-lines-title")),
        Way::new("/safety/plan", frame.text("plan-title")),
    ];
    if open {
        list.insert(0, Way::new("/door/keys", frame.text("phone-new-passphrase")));
        list.insert(1, Way::new("/devices", frame.text("devices-title")));
    } else if has_door {
        list.insert(0, Way::new("/door", frame.text("more-door")));
    }
    let main = html! {
        h1 { (frame.text("phone-title")) }
        p class="lead" { (frame.text("phone-lead")) }
        (sentences(frame, &["phone-safe-device", "phone-passphrase", "phone-devices", "phone-own-lock", "phone-spy"]))
        p { (frame.text("phone-limit")) }
        (ways(&list))
    };
    Page::new("/safety", main)
}
