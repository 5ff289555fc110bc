//! Rounds: one speaks, one gives back, the speaker answers with one tap. On two devices, or on one handed over.
//! A round shows no count.

use amends_domain::admit::listening::{Event, Round, Tap, Turn as Said};
use amends_domain::event::Space;
use amends_domain::id::{EventId, MINUTE, Millis};
use amends_domain::permit::Action;
use amends_lint::Genre;
use maud::{Markup, html};

use super::super::Look;
use super::super::kit::hidden;
use super::super::paper::{Boxes, Written};
use super::super::write::{Did, Next, Wrong, by_name, slug, value, write};
use super::PATH;
use super::practice::tally;
use crate::area::Turn;
use crate::layout::Page;
use crate::name::name;
use crate::pages::parts::held;
use crate::timer::timer;

/// Minutes one person has the floor.
const FLOOR: u64 = 5;
const TAPS: [Tap; 3] = [Tap::Yes, Tap::NotQuite, Tap::Stop];

/// All rounds, newest first, and ways to begin one.
pub(super) fn list(look: &Look<'_>) -> Markup {
    let mut rounds: Vec<(EventId, &Round)> = look.world().listening.rounds().collect();
    rounds.reverse();
    html! {
        h2 { (look.text("look-rounds")) }
        p { (look.text("look-rounds-about")) }
        ul class="links" {
            @for (id, round) in rounds {
                li {
                    a href=(format!("{PATH}/round/{}", name(id))) {
                        (look.text(if round.speaker == look.me() { "look-round-you-speak" } else { "look-round-they-speak" }))
                    }
                    @if round.stopped { " " span class="quiet" { (look.text("look-round-stopped")) } }
                }
            }
        }
        @if look.has_shared() {
            (look.form_to(PATH, "open", &html! {
                (look.which_incident(Some(Space::Shared)))
                (look.button("look-round-open"))
            }))
        }
        p { (look.link("/look/listening/together", "look-together")) }
    }
}

pub(super) fn open(turn: &mut Turn<'_>) -> Did {
    if turn.wish() != "open" {
        return Err(Wrong::Unknown);
    }
    let incident = turn.incident(Some(Space::Shared))?;
    let id = write(turn, Action::shared(Event::OpenRound { incident }), None)?;
    Ok(Next::Go(format!("{PATH}/round/{}", name(id)), "look-round-begun"))
}

pub(super) fn page(look: &Look<'_>, id: EventId) -> Option<Page> {
    let round = look.world().listening.round(id)?;
    let speaks = round.speaker == look.me();
    let main = html! {
        p class="lead" { (look.text(if speaks { "look-you-have-floor" } else { "look-they-have-floor" })) }
        @for said in &round.turns { (said_and_back(look, said, speaks)) }
        @if round.stopped {
            p class="note" { (look.text("look-round-stopped-text")) }
            p { (look.link("/look/perspective#pause", "look-pause")) }
        } @else {
            (what_now(look, round, speaks))
            (floor(look, id))
        }
    };
    Some(look.page("listening", "look-round", &main))
}

fn said_and_back(look: &Look<'_>, said: &Said, speaks: bool) -> Markup {
    html! {
        section class="turn" {
            p class="quiet" { (look.text(if speaks { "look-you-said" } else { "look-they-said" })) }
            (look.said(&said.said))
            @for back in &said.reflections {
                div class="back" {
                    p class="quiet" { (look.text(if speaks { "look-they-gave-back" } else { "look-you-gave-back" })) }
                    (look.said(&back.text))
                    @match back.tap {
                        Some(tap) => p class="tap" { (look.text(&format!("tap-{}", slug(tap)))) },
                        None if speaks => (taps(look, &back.id)),
                        None => (look.quiet("look-wait-tap")),
                    }
                }
            }
        }
    }
}

fn taps(look: &Look<'_>, reflection: &EventId) -> Markup {
    look.form("tap", &html! {
        (hidden("entry", &name(*reflection)))
        p class="taps" {
            @for tap in TAPS {
                button type="submit" name="tap" value=(value(tap)) { (look.text(&format!("tap-{}", slug(tap)))) }
            }
        }
    })
}

/// What the one who looks can do now: say one thing, give it back, or wait.
fn what_now(look: &Look<'_>, round: &Round, speaks: bool) -> Markup {
    let last = round.turns.last();
    let waits = last.is_some_and(|said| said.reflections.last().is_some_and(|back| back.tap.is_none()));
    let done = last.is_none_or(|said| said.reflections.last().is_some_and(|back| back.tap == Some(Tap::Yes)));
    match (speaks, last) {
        (true, _) if done => look.form(
            "say",
            &html! {
                (look.area("text", "look-say-one-thing", 3, ""))
                (look.main_button("look-say"))
            },
        ),
        (true, _) if !waits => html! { (look.quiet("look-wait-back")) (again(look)) },
        (false, Some(said)) if !waits && !done => {
            let inner = |boxes: &Boxes| {
                html! {
                    (hidden("said", &name(said.id)))
                    (boxes.area(look, "text", "look-give-back", 4))
                    p class="row" {
                        (look.look_button())
                        button type="submit" name="keep" value="yes" class="main-button" { (look.text("look-give")) }
                    }
                }
            };
            let written = Written { tool: ("listening", "give-back"), about: Some(said.id) };
            let boxes = [("text".to_owned(), String::new())];
            look.live_form("reflect", Genre::Reply, written, &said.said, &boxes, inner)
        }
        (false, _) if done => html! { (look.quiet("look-wait-say")) (again(look)) },
        (false, _) => again(look),
        _ => html! {},
    }
}

/// The page does not change by itself: the way to look for what has come.
fn again(look: &Look<'_>) -> Markup {
    html! { p { (look.link(&look.request.path, "pair-look-again")) } }
}

/// The time to change over, counted from when the round began; nothing of it later than that.
fn floor(look: &Look<'_>, round: EventId) -> Markup {
    let began = look.state().event(round).map(|event| event.at.time());
    let until = began.map(|at| at.plus(FLOOR * MINUTE)).filter(|until| *until > look.now());
    html! {
        @match until {
            Some(until) => (change_over(look, until)),
            None => (look.quiet("look-floor-over")),
        }
    }
}

/// The time to change over, said in words: it works without a script.
fn change_over(look: &Look<'_>, until: Millis) -> Markup {
    let clock = |at| look.clock(at).into();
    let words = look.with("look-floor-until", &[("now", clock(look.now())), ("until", clock(until))]);
    timer(look.frame, &words, &[until])
}

pub(super) fn act(turn: &mut Turn<'_>, round: EventId) -> Did {
    let text = turn.words("text");
    let (action, genre) = match turn.wish() {
        "say" => (Action::shared(Event::Say { round, text }), None),
        "reflect" if !turn.request.has("keep") => return Ok(Next::Stay),
        "reflect" => {
            let said = turn.entry("said")?;
            (Action::shared(Event::Reflect { said, text }), Some(Genre::Reply))
        }
        "tap" => {
            let reflection = turn.entry("entry")?;
            let tap = by_name(turn.request.field("tap")).ok_or(Wrong::Say("problem-choose"))?;
            (Action::shared(Event::Tap { reflection, tap }), None)
        }
        _ => return Err(Wrong::Unknown),
    };
    write(turn, action, genre)?;
    Ok(Next::Go(format!("{PATH}/round/{}", name(round)), "look-sent"))
}

/// One device, handed over: the listener writes what they gave back, then the speaker taps.
pub(super) fn together(look: &Look<'_>) -> Page {
    let reply = look.typed("text", "");
    let handed = look.request.field("do") == "hand" && !reply.trim().is_empty();
    let main = if handed {
        html! {
            p class="lead" { (look.text("look-together-tap")) }
            (look.said(&reply))
            (look.form("tap", &html! {
                (held("text", &reply))
                (look.which_incident(None))
                p class="taps" {
                    @for tap in TAPS {
                        button type="submit" name="tap" value=(value(tap)) { (look.text(&format!("tap-{}", slug(tap)))) }
                    }
                }
            }))
        }
    } else {
        html! {
            p class="lead" { (look.text("look-together-lead")) }
            ol {
                li { (look.text("look-together-1")) }
                li { (look.text("look-together-2")) }
                li { (look.text("look-together-3")) }
            }
            (change_over(look, look.now().plus(FLOOR * MINUTE)))
            (look.form("hand", &html! {
                (look.area("text", "look-give-back", 4, ""))
                (look.main_button("look-hand-over"))
            }))
        }
    };
    look.page("listening", "look-together", &main)
}

pub(super) fn hand_over(turn: &mut Turn<'_>) -> Did {
    let reply = turn.words("text");
    match turn.wish() {
        "hand" => Ok(Next::Stay),
        "tap" => {
            let tap = by_name(turn.request.field("tap")).ok_or(Wrong::Say("problem-choose"))?;
            let incident = turn.incident(None)?;
            let tally = tally(turn, &reply, None);
            write(turn, Action::private(Event::HandedOver { incident, tap, tally }), None)?;
            let next =
                if tap == Tap::Stop { "/look/perspective".to_owned() } else { format!("{PATH}/together") };
            let said = match tap {
                Tap::Yes => "look-tapped-yes",
                Tap::NotQuite => "look-tapped-not-quite",
                Tap::Stop => "look-tapped-stop",
            };
            Ok(Next::Go(next, said))
        }
        _ => Err(Wrong::Unknown),
    }
}
