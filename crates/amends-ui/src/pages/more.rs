//! More: the ways to everything that is not needed each day, in four small groups.

use maud::html;

use crate::area::Area;
use crate::layout::{Frame, Page};
use crate::pages::parts::{Way, ways};
use crate::request::Request;
use crate::session::Door;

/// This page among the parts of the house.
pub(crate) const AREA: Area = Area { act: |_| None, page };

/// Address and message key; needs an open vault or not.
type Entry = (&'static str, &'static str, bool);

const GROUPS: [(&str, &[Entry]); 4] = [
    (
        "more-words",
        &[
            ("/drafts", "drafts-title", true),
            ("/search", "search-title", true),
            ("/undo", "undo-title", true),
            ("/trash", "trash-title", true),
        ],
    ),
    (
        "more-two",
        &[
            ("/incident", "incident-list-title", true),
            ("/pace", "pace-title", true),
            ("/pair", "pair-title", true),
            ("/hand-over", "hand-title", true),
            ("/leave", "leave-page-title", false),
        ],
    ),
    (
        "more-device",
        &[
            ("/you", "you-title", true),
            ("/keep", "more-keep", true),
            ("/door", "more-door", false),
            ("/settings", "settings-title", false),
        ],
    ),
    (
        "more-about",
        &[
            ("/privacy", "about-title", false),
            ("/rules", "about-rules-link", false),
            ("/evidence", "about-evidence-link", false),
        ],
    ),
];

fn page(frame: &Frame<'_>, request: &Request) -> Option<Page> {
    (request.parts() == ["more"]).then(|| {
        let open = frame.session.door() == Door::Open;
        let has_door = frame.session.door() != Door::None;
        let shown = |(path, _, vault): &&Entry| (open || !vault) && (has_door || *path != "/door");
        let main = html! {
            h1 { (frame.text("more-title")) }
            @for (title, entries) in GROUPS {
                @let list: Vec<Way> =
                    entries.iter().filter(shown).map(|(path, key, _)| Way::new(*path, frame.text(key))).collect();
                @if !list.is_empty() {
                    h2 { (frame.text(title)) }
                    (ways(&list))
                }
            }
        };
        Page::new("/more", main)
    })
}
