//! Giving the device to the other person: the open vault locks first, then the other one's door is shown.

use maud::{Markup, html};

use crate::area::{Outcome, Turn};
use crate::keeper::Place;
use crate::layout::{Frame, Page};
use crate::pages::pair::why;
use crate::pages::parts::{form, hidden, sentences};
use crate::request::Request;
use crate::session::Door;

/// What it is for, and the page that is shown once the other person has unlocked.
const PURPOSES: [(&str, &str); 4] = [
    ("listening", "/look/listening"),
    ("talk", "/look/communication"),
    ("matching", "/look/activities"),
    ("pair", "/pair"),
];

pub(super) fn page(frame: &Frame<'_>, request: &Request) -> Page {
    let purpose =
        PURPOSES.iter().find(|(purpose, _)| *purpose == request.field("for")).map(|(purpose, _)| *purpose);
    let main = html! {
        h1 { (frame.text("hand-title")) }
        p class="lead" { (frame.text("hand-lead")) }
        (sentences(frame, &["hand-locks", "hand-own", "hand-back"]))
        @if let Some(purpose) = purpose { p { (frame.text(&format!("hand-for-{purpose}"))) } }
        (to_whom(frame, purpose.unwrap_or_default()))
        p class="quiet" { (frame.text("hand-not-safe")) " " a href="/safety" { (frame.text("nav-help")) } }
    };
    Page::new("/more", main)
}

fn to_whom(frame: &Frame<'_>, purpose: &str) -> Markup {
    let here = frame.session.place();
    if here.is_demo() {
        return form(
            "/door/demo/switch",
            &html! {
                button type="submit" class="main-button" { (frame.text("hand-button")) }
            },
        );
    }
    let others: Vec<Place> =
        frame.session.places().into_iter().filter(|place| *place != here && !place.is_demo()).collect();
    html! {
        @if others.is_empty() {
            p { (frame.text("hand-nobody")) }
            @if frame.session.door() != Door::None { p { a href="/door" { (frame.text("more-door")) } } }
        }
        @for place in others {
            (form("/hand-over", &html! {
                (hidden("for", purpose))
                (hidden("place", place.name()))
                p {
                    button type="submit" class="main-button" {
                        (frame.text("hand-button"))
                        ": " (frame.text(&format!("place-{}", place.name())))
                    }
                }
            }))
        }
    }
}

/// Locks, goes to the other door, and remembers nothing of the first person but which page comes next.
pub(super) fn act(turn: &mut Turn<'_>) -> Option<Outcome> {
    let place = Place::by_name(turn.request.field("place"))?;
    if place.is_demo() || !turn.session.places().contains(&place) {
        return None;
    }
    let next = PURPOSES.iter().find(|(purpose, _)| *purpose == turn.request.field("for"));
    let door = next.map_or("/door".to_owned(), |(_, next)| format!("/door?next={next}"));
    let now = turn.visit.moment.now;
    if let Err(error) = turn.session.exchange(now) {
        return turn.done("/hand-over", &why(&error));
    }
    turn.session.go_to(place, now);
    turn.done(door, "hand-done")
}
