//! The weekly talk: proposed, agreed, its agenda, whose turn it is, the word that ends it, a file for calendars.

use amends_calendar::{Plan, Repeats, export};
use amends_domain::id::{Day, EntryId, MINUTE, Millis};
use amends_domain::permit::Action;
use amends_domain::prove::communication::{AgendaHeading, AgendaPoint, AgreedTalk, Event, Talk};
use amends_domain::prove::gratitude::Spot;
use maud::{Markup, html};

use super::super::Look;
use super::super::gratitude::notes_at;
use super::super::time::minute;
use super::super::write::{Did, Next, Wrong, by_name, slug, value, write};
use super::PATH;
use crate::area::Turn;
use crate::core::Download;
use crate::layout::Page;
use crate::name::name;
use crate::timer::timer;

const HEADINGS: [AgendaHeading; 4] =
    [AgendaHeading::Appreciation, AgendaHeading::WentWell, AgendaHeading::OneIssue, AgendaHeading::NextWeek];
/// Weeks for which left-out days are written into a calendar file.
const WEEKS: i32 = 520;

/// The talks, and a form to propose one.
pub(super) fn list(look: &Look<'_>) -> Markup {
    let talks: Vec<_> = look.world().communication.talks().filter(|(_, talk)| !talk.ended).collect();
    html! {
        h2 { (look.text("look-talks")) }
        ul class="links" { @for (id, talk) in &talks {
            li {
                a href=(format!("{PATH}/talk/{}", name(*id))) { (day_and_time(look, talk)) }
                @if !talk.agreed { " " span class="quiet" { (look.text("look-talk-not-agreed")) } }
            }
        } }
        @if look.world().partner.is_some() {
            details open[talks.is_empty()] {
                summary { (look.text("look-talk-propose")) }
                (look.form_to(PATH, "propose", &html! {
                    (look.day_field("first", "look-talk-first", Some(look.today().plus(7))))
                    (look.input("time", "time", &look.text("look-talk-time"), "19:00"))
                    (look.input("length", "number", &look.text("look-talk-length"), "40"))
                    (look.input("floor", "number", &look.text("look-talk-floor"), "5"))
                    (look.line("stop", "ask-stop-word", ""))
                    (look.button("look-talk-propose"))
                }))
            }
        } @else { (look.quiet("look-talk-alone")) }
    }
}

fn day_and_time(look: &Look<'_>, talk: &AgreedTalk) -> String {
    let day = talk.next(look.now()).unwrap_or(talk.talk.first);
    let start = look.frame.visit.begins(&talk.talk, day);
    let (day, time) = (look.weekday(look.day_of(start)), look.clock(start));
    look.with("look-talk-each", &[("day", day.into()), ("time", time.into())])
}

pub(super) fn propose(turn: &mut Turn<'_>) -> Did {
    if turn.wish() != "propose" {
        return Err(Wrong::Unknown);
    }
    let number = |field: &str| {
        turn.request.field(field).trim().parse::<u16>().map_err(|_| Wrong::Say("look-no-number"))
    };
    let (first, minute) =
        (turn.day("first")?, minute(turn.request.field("time")).ok_or(Wrong::Say("look-no-time"))?);
    let start = turn.visit.instant(first, minute);
    let talk = Talk {
        first,
        minute,
        // The clocks may change before the first one.
        utc_offset: turn.visit.offset_at(start),
        length: number("length")?,
        floor: number("floor")?,
        stop_word: turn.words("stop"),
        changes: turn.visit.clock_changes(start),
    };
    let id = write(turn, Action::shared(Event::ProposeTalk(talk)), None)?;
    Ok(Next::Go(format!("{PATH}/talk/{}", name(id)), "look-sent"))
}

pub(super) fn page(look: &Look<'_>, id: EntryId) -> Option<Page> {
    let talk = look.world().communication.talk(id)?;
    let next = talk.next(look.now());
    let main = html! {
        p class="lead" { (day_and_time(look, talk)) }
        (notes_at(look, Spot::Talk))
        @if talk.ended { p class="note" { (look.text("look-talk-ended")) } }
        @else if !talk.agreed { (not_agreed(look, id, talk)) }
        @if let Some(day) = next { (agenda(look, id, talk, day)) (floor(look, talk, day)) (calendar(look, day)) }
    };
    Some(look.page("communication", "look-talk", &main))
}

fn not_agreed(look: &Look<'_>, id: EntryId, talk: &AgreedTalk) -> Markup {
    html! {
        section class="card" {
            p { (look.with("look-talk-terms", &[("length", talk.talk.length.into()), ("floor", talk.talk.floor.into()), ("word", talk.talk.stop_word.clone().into())])) }
            @if talk.author == look.me() { (look.quiet("look-talk-waits")) }
            @else { (look.one_button("agree", id, "look-talk-agree")) }
        }
    }
}

fn agenda(look: &Look<'_>, id: EntryId, talk: &AgreedTalk, day: Day) -> Markup {
    let points = talk.agenda(day);
    let own: Vec<&AgendaPoint> = look.world().communication.own_points(id).collect();
    let headings: Vec<(String, String)> =
        HEADINGS.into_iter().map(|one| (value(one), look.text(&format!("agenda-{}", slug(one))))).collect();
    html! {
        h2 { (look.fill("look-talk-next", "date", look.date(day))) }
        ol class="agenda" { @for heading in HEADINGS {
            li {
                h3 { (look.text(&format!("agenda-{}", slug(heading)))) }
                ul {
                    @for (author, point) in points.iter().filter(|(_, point)| point.heading == heading) {
                        li { (point.text) " " span class="quiet" { (look.who(*author)) } }
                    }
                    @for point in own.iter().filter(|point| point.heading == heading) {
                        li class="private" { (point.text) " " span class="quiet" { (look.text("look-only-you")) } }
                    }
                }
            }
        } }
        (look.form("point", &html! {
            (look.select("heading", &look.text("ask-heading"), &headings, "appreciation"))
            (look.line("text", "ask-point", ""))
            p class="row" {
                button type="submit" name="for" value="both" { (look.text("look-point-both")) }
                button type="submit" name="for" value="me" { (look.text("look-point-me")) }
            }
        }))
    }
}

/// Who speaks from when to when, so that a clock on the wall is enough.
fn floor(look: &Look<'_>, talk: &AgreedTalk, day: Day) -> Markup {
    let floor = talk.talk.floor.max(1);
    let turns = talk.talk.length.div_ceil(floor);
    let start = look.frame.visit.begins(&talk.talk, day);
    let at = |turn: u16| look.clock(start.plus(u64::from((turn * floor).min(talk.talk.length)) * MINUTE));
    html! {
        h2 { (look.text("look-floor")) }
        p { (look.with("look-floor-about", &[("minutes", floor.into())])) }
        (now_speaks(look, &talk.talk, day))
        p class="stop-word" { (look.text("look-stop-word")) " " strong { (talk.talk.stop_word) } }
        table class="plain floor" {
            thead { tr { th scope="col" { (look.text("look-from-to")) } th scope="col" { (look.text("look-speaks")) } } }
            tbody { @for turn in 0..turns {
                tr {
                    th scope="row" { (at(turn)) "–" (at(turn + 1)) }
                    td { (look.text(if turn % 2 == 0 { "look-first-speaker" } else { "look-second-speaker" })) }
                }
            } }
        }
        (look.how_to_print())
    }
}

/// While the talk goes on: who speaks now, and until when.
fn now_speaks(look: &Look<'_>, talk: &Talk, day: Day) -> Markup {
    let start = look.frame.visit.begins(talk, day);
    let elapsed = look.now().0.checked_sub(start.0);
    let Some((elapsed, turn)) = elapsed.and_then(|elapsed| Some((elapsed, talk.floor(elapsed)?))) else {
        return html! {};
    };
    let turns = talk.length.div_ceil(talk.floor.max(1));
    let end = |turn: u16| start.plus(u64::from((turn * talk.floor).min(talk.length)) * MINUTE);
    let ends: Vec<Millis> = (1..=turns).map(end).filter(|end| end.0 > start.0 + elapsed).collect();
    let who = if turn == 0 { "look-first-speaker" } else { "look-second-speaker" };
    let until = ends.first().map(|end| look.clock(*end)).unwrap_or_default();
    let words = look.with("look-floor-now", &[("who", look.text(who).into()), ("until", until.into())]);
    timer(look.frame, &words, &ends[..1.min(ends.len())])
}

fn calendar(look: &Look<'_>, day: Day) -> Markup {
    html! {
        section class="card no-print" {
            h2 { (look.text("look-talk-file")) }
            (look.quiet("look-talk-file-help"))
            (look.form("file", &html! {
                (look.line("zone", "look-calendar-zone", look.frame.visit.zone_name()))
                (look.button("look-talk-download"))
            }))
        }
        details class="no-print" {
            summary { (look.text("look-talk-cancel")) }
            (look.form("cancel", &html! {
                p class="row" {
                    button type="submit" name="day" value=(day) { (look.fill("look-talk-skip", "date", look.date(day))) }
                    button type="submit" name="day" value="" { (look.text("look-talk-end")) }
                }
            }))
        }
    }
}

pub(super) fn act(turn: &mut Turn<'_>, talk: EntryId) -> Did {
    let next = |said| Ok(Next::Go(format!("{PATH}/talk/{}", name(talk)), said));
    match turn.wish() {
        "agree" => {
            write(turn, Action::shared(Event::AgreeTalk { talk }), None)?;
            next("look-talk-agreed")
        }
        "cancel" => {
            let day = turn.request.field("day").parse().ok();
            write(turn, Action::shared(Event::CancelTalk { talk, day }), None)?;
            next("look-kept")
        }
        "point" => {
            let heading = by_name(turn.request.field("heading")).ok_or(Wrong::Say("problem-choose"))?;
            let point = AgendaPoint { heading, text: turn.words("text") };
            let action = if turn.request.field("for") == "both" {
                let found =
                    turn.session.vault().and_then(|vault| vault.state().world().communication.talk(talk));
                let day = found.and_then(|found| found.next(turn.visit.moment.now)).ok_or(Wrong::Unknown)?;
                Action::shared(Event::AddPoint { talk, day, point })
            } else {
                Action::private(Event::NoteForTalk { talk, point })
            };
            write(turn, action, None)?;
            next("look-kept")
        }
        "file" => file(turn, talk),
        _ => Err(Wrong::Unknown),
    }
}

fn file(turn: &Turn<'_>, id: EntryId) -> Did {
    let vault = turn.session.vault().ok_or(Wrong::Unknown)?;
    let step = &vault.state().world().communication;
    let talk =
        step.talk(id).filter(|talk| talk.agreed && !talk.ended).ok_or(Wrong::Say("calendar-no-talk"))?;
    let zone = turn.visit.zone_of(&turn.words("zone")).ok_or(Wrong::Say("look-no-zone"))?;
    let begins = |day| turn.visit.begins(&talk.talk, day).0;
    let days = (0..WEEKS).map(|week| talk.talk.first.plus(week * 7));
    let left_out = days.filter(|day| !talk.is_on(*day)).map(begins).collect();
    let plan = Plan {
        uid: format!("{}@amends", name(id)),
        start: begins(talk.talk.first),
        minutes: talk.talk.length,
        title: turn.core.messages().text("calendar-talk-title"),
        place: String::new(),
        repeats: Repeats::Weekly { zone, left_out, until: None },
    };
    let text = export(&[plan], turn.visit.moment.now.0);
    Ok(Next::File(Download {
        name: "notes.ics".to_owned(),
        media_type: "text/calendar",
        bytes: text.into_bytes(),
    }))
}
