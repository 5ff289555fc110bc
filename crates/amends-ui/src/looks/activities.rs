//! 3.4 Private ratings in small batches, what both would do, proposals, time without the subject.

mod proposals;

use amends_domain::bank::{ACTIVITIES, Activity, ActivityId};
use amends_domain::permit::Action;
use amends_domain::prove::activities::{Avoid, Event, Place, Rating};
use maud::{Markup, html};

use super::Look;
use super::kit::choice;
use super::write::{Did, Next, Wrong, by_name, slug, value, write};
use crate::area::Turn;
use crate::layout::Page;

const PATH: &str = "/look/activities";
/// Activities asked about at a time.
const BATCH: usize = 6;
const RATINGS: [Rating; 3] = [Rating::Love, Rating::Try, Rating::No];
const PLACES: [Place; 8] = [
    Place::Home,
    Place::Outdoors,
    Place::Town,
    Place::Bar,
    Place::Overnight,
    Place::Water,
    Place::Crowd,
    Place::Screen,
];

pub(super) fn page(look: &Look<'_>, rest: &[&str]) -> Option<Page> {
    match rest {
        [] => Some(overview(look)),
        ["rate"] => Some(rate(look)),
        ["chosen"] => Some(chosen(look)),
        ["filter"] => Some(filter(look)),
        _ => None,
    }
}

pub(super) fn act(turn: &mut Turn<'_>, rest: &[&str]) -> Did {
    match (rest, turn.wish()) {
        ([], _) => proposals::act(turn),
        (["rate"], "rate") => keep_ratings(turn, "rate"),
        (["chosen"], "rate") => keep_ratings(turn, "chosen"),
        (["filter"], "filter") => keep_filter(turn),
        _ => Err(Wrong::Unknown),
    }
}

fn overview(look: &Look<'_>) -> Page {
    let matches: Vec<&Activity> = look.world().activities.matches().collect();
    let free = look.world().activities.topic_free(look.now());
    let main = html! {
        p class="lead" { (look.frame.spoken("look-activities-lead")) }
        @if let Some(free) = free {
            p class="note" { (look.fill("look-topic-free-now", "date", look.date(free.day))) }
        }
        ul class="links no-print" {
            li { (look.link("/look/activities/rate", "look-rate")) }
            li { (look.link("/look/activities/chosen", "look-chosen")) }
            li { (look.link("/look/activities/filter", "look-filter")) }
        }
        h2 { (look.text("look-matches")) }
        @if matches.is_empty() { (look.quiet("look-matches-none")) }
        div class="board" { @for activity in &matches { (card(look, activity)) } }
        details {
            summary { (look.text("look-matches-how")) }
            @for number in 1..=4 { p { (look.text(&format!("look-matches-how-{number}"))) } }
        }
        (proposals::list(look))
        (proposals::form(look, &matches))
    };
    look.page("activities", "look-activities", &main)
}

fn card(look: &Look<'_>, activity: &Activity) -> Markup {
    html! {
        section class="need" {
            h3 { (look.text(&activity.id.message_key())) }
            p class="quiet" { (facts(look, activity)) }
        }
    }
}

/// New, money, effort, place, in words.
fn facts(look: &Look<'_>, activity: &Activity) -> String {
    [
        look.text(&format!("look-novelty-{}", activity.novelty)),
        look.text(&format!("look-cost-{}", activity.cost)),
        look.text(&format!("look-energy-{}", activity.energy)),
        look.text(&format!("cli-place-{}", slug(activity.place))),
    ]
    .join(" · ")
}

/// The next few that were not rated and that the filter lets through.
fn batch(look: &Look<'_>) -> Vec<&'static Activity> {
    let step = &look.world().activities;
    let open =
        |one: &&Activity| step.rating(one.id).is_none() && step.avoid().is_none_or(|avoid| avoid.allows(one));
    ACTIVITIES.iter().filter(open).take(BATCH).collect()
}

/// One activity, to be rated.
fn question(look: &Look<'_>, activity: &Activity) -> Markup {
    let field = format!("activity-{}", activity.id.0);
    let kept = look.world().activities.rating(activity.id).map(value).unwrap_or_default();
    let chosen = look.typed(&field, &kept);
    html! {
        fieldset class="inline lined" {
            legend { (look.text(&activity.id.message_key())) }
            p class="quiet" { (facts(look, activity)) }
            @for rating in RATINGS {
                (choice("radio", &field, &value(rating), &look.text(&format!("rating-{}", slug(rating))), chosen == value(rating)))
            }
        }
    }
}

fn rate(look: &Look<'_>) -> Page {
    let batch = batch(look);
    let inner = html! {
        @for activity in &batch { (question(look, activity)) }
        (look.main_button("look-rate-more"))
    };
    let main = html! {
        p class="lead" { (look.text("look-rate-lead")) }
        @if batch.is_empty() { p { (look.text("look-rate-all")) } p { (look.link(PATH, "look-matches")) } }
        @else { (look.form("rate", &inner)) }
        (look.quiet("look-private"))
    };
    look.page("activities", "look-rate", &main)
}

/// What was rated before, to be changed.
fn chosen(look: &Look<'_>) -> Page {
    let step = &look.world().activities;
    let rated: Vec<&Activity> = ACTIVITIES.iter().filter(|one| step.rating(one.id).is_some()).collect();
    let inner = html! {
        @for activity in &rated { (question(look, activity)) }
        (look.main_button("look-keep"))
    };
    let main = html! {
        p class="lead" { (look.text("look-chosen-lead")) }
        @if rated.is_empty() { p { (look.link("/look/activities/rate", "look-rate")) } }
        @else { (look.form("rate", &inner)) }
        (look.quiet("look-private"))
    };
    look.page("activities", "look-chosen", &main)
}

/// Writes what is new, or not what it was.
fn keep_ratings(turn: &mut Turn<'_>, page: &str) -> Did {
    let vault = turn.session.vault().ok_or(Wrong::Unknown)?;
    let before = &vault.state().world().activities;
    let rated: Vec<(ActivityId, Rating)> = ACTIVITIES
        .iter()
        .filter_map(|one| Some((one.id, by_name(turn.request.field(&format!("activity-{}", one.id.0)))?)))
        .filter(|(activity, rating)| before.rating(*activity) != Some(*rating))
        .collect();
    if rated.is_empty() {
        return Err(Wrong::Say("look-nothing-chosen"));
    }
    for (activity, rating) in rated {
        write(turn, Action::private(Event::Rate { activity, rating }), None)?;
    }
    Ok(Next::Go(format!("{PATH}/{page}"), "look-kept"))
}

fn filter(look: &Look<'_>) -> Page {
    let now = look.world().activities.avoid();
    let most = |kept: Option<u8>, otherwise: u8| kept.unwrap_or(otherwise).to_string();
    let levels = |name: &str, from: u8| -> Vec<(String, String)> {
        (from..=3).map(|level| (level.to_string(), look.text(&format!("look-{name}-{level}")))).collect()
    };
    let inner = html! {
        fieldset class="inline" {
            legend { (look.text("look-avoid-places")) }
            @for place in PLACES {
                @let avoided = now.is_some_and(|avoid| avoid.places.contains(&place));
                (choice("checkbox", "place", &value(place), &look.text(&format!("cli-place-{}", slug(place))), avoided))
            }
        }
        (choice("checkbox", "children", "yes", &look.text("look-with-children"), now.is_some_and(|avoid| avoid.with_children)))
        (look.select("cost", &look.text("look-most-cost"), &levels("cost", 0), &most(now.map(|avoid| avoid.max_cost), 3)))
        (look.select("energy", &look.text("look-most-energy"), &levels("energy", 1), &most(now.map(|avoid| avoid.max_energy), 3)))
        (look.main_button("look-keep"))
    };
    let main = html! { p class="lead" { (look.text("look-filter-lead")) } (look.form("filter", &inner)) };
    look.page("activities", "look-filter", &main)
}

fn keep_filter(turn: &mut Turn<'_>) -> Did {
    let places = turn.request.fields.iter().filter(|(name, _)| name == "place");
    let number = |field: &str| turn.request.field(field).parse::<u8>().ok().filter(|level| *level <= 3);
    let avoid = Avoid {
        places: places.filter_map(|(_, place)| by_name(place)).collect(),
        with_children: turn.request.has("children"),
        max_cost: number("cost").unwrap_or(3),
        max_energy: number("energy").unwrap_or(3),
    };
    write(turn, Action::private(Event::Avoid(avoid)), None)?;
    Ok(Next::Go(format!("{PATH}/rate"), "look-kept"))
}
