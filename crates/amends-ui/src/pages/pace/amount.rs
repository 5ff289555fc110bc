//! How many a day, at which hours, which kinds.

use amends_domain::consent::{Event, MOST_PER_DAY, Pace};
use amends_domain::permit::Action;
use amends_domain::prove::contact::ContactKind;
use maud::html;

use super::{KINDS, framed};
use crate::area::{Outcome, Turn};
use crate::layout::Page;
use crate::pages::here::{Here, clock, minute};
use crate::pages::parts::{
    all, by_name, choices, form, main_button, problem, slug, time, value, write_and_go,
};

pub(super) fn page(here: &Here<'_>, wrong: Option<&str>) -> Page {
    let set = here.world().consent.channel(here.me()).and_then(|channel| channel.pace());
    let per_day = set.map_or(1, |pace| pace.per_day);
    let numbers: Vec<(String, String)> = (0..=MOST_PER_DAY)
        .map(|number| (number.to_string(), here.text(&format!("pace-amount-{number}"))))
        .collect();
    let numbers: Vec<(&str, String, bool)> = numbers
        .iter()
        .map(|(number, words)| (number.as_str(), words.clone(), *number == per_day.to_string()))
        .collect();
    let kinds: Vec<(String, String, bool)> = KINDS
        .into_iter()
        .map(|kind| {
            let chosen = set.is_some_and(|pace| pace.kinds.contains(&kind));
            (value(kind), here.text(&format!("cli-contact-{}", slug(kind))), chosen)
        })
        .collect();
    let kinds: Vec<(&str, String, bool)> =
        kinds.iter().map(|(value, words, chosen)| (value.as_str(), words.clone(), *chosen)).collect();
    let hour =
        |minute: Option<u16>, usual: &str| minute.map_or(usual.to_owned(), |minute| clock(minute % 1440));
    let inner = html! {
        (choices("radio", "per-day", &here.text("pace-amount-how-many"), &numbers))
        (time(here.frame, "from", "form-ask-from-time", &hour(set.map(|pace| pace.from_minute), "08:00")))
        (time(here.frame, "to", "form-ask-to-time", &hour(set.map(|pace| pace.to_minute), "21:00")))
        (choices("checkbox", "kind", &here.text("pace-amount-kinds"), &kinds))
        (main_button(here.frame, "settings-save"))
    };
    framed(here, "amount", &html! { (problem(here.frame, wrong)) (form("/pace/amount", &inner)) })
}

pub(super) fn act(turn: &mut Turn<'_>) -> Option<Outcome> {
    let pace = read(turn);
    match pace {
        Some(pace) => {
            let set = Action::shared(Event::Pace(pace));
            write_and_go(turn, vec![set], "/pace", "pace-amount-set")
        }
        None => {
            let frame = turn.frame();
            Some(Outcome::Show(page(&Here::of(&frame)?, Some("pace-amount-wrong"))))
        }
    }
}

fn read(turn: &Turn<'_>) -> Option<Pace> {
    let kinds: Vec<ContactKind> = all(turn, "kind").into_iter().filter_map(by_name).collect();
    let to = minute(turn.request.field("to"))?;
    Some(Pace {
        per_day: turn.request.field("per-day").parse().ok().filter(|number| *number <= MOST_PER_DAY)?,
        from_minute: minute(turn.request.field("from"))?,
        // Midnight as an end is the end of the day.
        to_minute: if to == 0 { 1440 } else { to },
        utc_offset: turn.visit.moment.utc_offset,
        kinds,
        changes: turn.visit.clock_changes(turn.visit.moment.now),
    })
}
