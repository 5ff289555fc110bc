//! 1.1 The disclosure: what somebody wants to know, what is still missing, and reading it part by part.

mod given;
mod reading;

use amends_domain::admit::responsibility::{Depth, DepthChoice, Disclosure, Event, Section};
use amends_domain::event::Space;
use amends_domain::id::EventId;
use amends_domain::incident::{Incident, Role};
use amends_domain::permit::Action;
use amends_domain::state::State;
use amends_lint::Genre;
use amends_tools::beside::is_late;
use amends_tools::choices;
use maud::{Markup, html};

use super::Look;
use super::kit::{choice, hidden};
use super::write::{Did, Next, Wrong, by_name, slug, value, write};
use crate::area::Turn;
use crate::layout::Page;
use crate::name::{name, named};

const PATH: &str = "/look/responsibility";

const SECTIONS: [Section; 11] = [
    Section::What,
    Section::Period,
    Section::HowOften,
    Section::WithWhom,
    Section::Money,
    Section::HealthRisk,
    Section::WhoKnows,
    Section::Lies,
    Section::IsItOver,
    Section::NotRemembered,
    Section::OwnWords,
];
const DEPTHS: [Depth; 4] = [Depth::Headline, Depth::Facts, Depth::AskMe, Depth::NotThat];

/// The parts of which the reader wants less than the facts, and how much (message keys).
pub(crate) fn less_wanted(state: &State, incident: EventId) -> Vec<(String, String)> {
    let step = &state.world().responsibility;
    let wanted = SECTIONS.into_iter().filter_map(|section| Some((section, step.depth(incident, section)?)));
    wanted
        .filter(|(_, depth)| *depth != Depth::Facts)
        .map(|(section, depth)| (slug(section), slug(depth)))
        .collect()
}

pub(super) fn page(look: &Look<'_>, rest: &[&str]) -> Option<Page> {
    match rest {
        [] => Some(overview(look)),
        ["depth", incident] => depths(look, named(incident)?),
        [id] => reading::page(look, named(id)?),
        [id, "print"] => given::print(look, named(id)?),
        _ => None,
    }
}

pub(super) fn act(turn: &mut Turn<'_>, rest: &[&str]) -> Did {
    match rest {
        ["depth", incident] => choose(turn, named(incident).ok_or(Wrong::Unknown)?),
        [id] => reading::act(turn, named(id).ok_or(Wrong::Unknown)?),
        _ => Err(Wrong::Unknown),
    }
}

fn overview(look: &Look<'_>) -> Page {
    let incidents = choices::incidents(look.state());
    let main = html! {
        p class="lead" { (look.frame.spoken("look-responsibility-lead")) }
        @if incidents.is_empty() { p { (look.text("look-no-incident")) } }
        @for (id, incident) in incidents {
            section class="card" {
                h2 { (incident.title) }
                @if reads(look, incident) { (for_reader(look, id, incident)) }
                @if writes(look, id, incident) { (for_writer(look, id, incident)) }
            }
        }
    };
    look.page("responsibility", "look-responsibility", &main)
}

/// Who was hurt reads; alone, who did it has nothing to read.
fn reads(look: &Look<'_>, incident: &Incident) -> bool {
    let only_did = incident.role(look.me()) == Role::InvolvedPartner;
    incident.may_claim(look.me()) && !(incident.space == Space::Private && only_did)
}

/// Who did it writes; alone, who was hurt has nothing to tell, if they did not begin to.
fn writes(look: &Look<'_>, id: EventId, incident: &Incident) -> bool {
    let only_hurt = incident.role(look.me()) == Role::InjuredPartner;
    let begun =
        look.world().responsibility.drafts.iter().any(|(_, draft)| is_about(look, draft.incident, id));
    incident.may_own(look.me()) && (begun || !only_hurt)
}

/// Whether a draft is about this, also one that was begun before it was opened for both.
fn is_about(look: &Look<'_>, draft: Option<EventId>, id: EventId) -> bool {
    let shared = |draft| look.world().incidents.shared_for(draft);
    draft.is_some_and(|draft| draft == id || shared(draft) == Some(id))
}

/// What was delivered to the one who looks, and what they want to know.
fn for_reader(look: &Look<'_>, id: EventId, incident: &Incident) -> Markup {
    let world = look.world();
    let own = !is_guess(incident, look.me()) || incident.role(look.me()) == Role::InjuredPartner;
    let mine = |author| author == look.me();
    html! {
        h3 { (look.text("look-disclosure-for-you")) }
        @let theirs: Vec<_> = world.responsibility.of_incident(id).filter(|(_, sealed)| !mine(sealed.author)).collect();
        @if theirs.is_empty() { (look.quiet("look-disclosure-none")) }
        @for (sealed_id, sealed) in theirs {
            p {
                a class="main-button" href=(format!("{PATH}/{}", name(sealed_id))) { (look.text("look-disclosure-read")) }
                " " span class="quiet" { (look.dated(look.day_of(sealed.at.time()))) }
            }
        }
        @if own { p { (look.link(&format!("{PATH}/depth/{}", name(id)), "look-depth-link")) } }
    }
}

/// Own drafts with what they do not deal with yet, and what was delivered.
fn for_writer(look: &Look<'_>, id: EventId, incident: &Incident) -> Markup {
    let step = &look.world().responsibility;
    let drafts: Vec<_> = step.drafts.iter().filter(|(_, draft)| is_about(look, draft.incident, id)).collect();
    let sealed: Vec<_> = step.of_incident(id).filter(|(_, sealed)| sealed.author == look.me()).collect();
    html! {
        h3 { (look.text("look-disclosure-yours")) }
        @if is_late(look.moment()) { p class="note" { (look.text("better-hour")) } }
        @for (_, draft) in &drafts { (completeness(look, incident, &draft.text.current)) }
        @for (sealed_id, sealed) in &sealed {
            p {
                a href=(format!("{PATH}/{}", name(*sealed_id))) {
                    (look.fill("look-disclosure-delivered", "date", look.date(look.day_of(sealed.at.time()))))
                }
                @let open = sealed.questions.iter().filter(|question| question.answer.is_none()).count();
                @if open > 0 { " " (look.with("look-questions-wait", &[("count", open.into())])) }
            }
        }
        p { (look.link(&format!("{PATH}/depth/{}", name(id)), "look-guess-link")) }
        (look.tools("responsibility", &["page", "deliver", "add"]))
        (look.quiet("no-legal-privilege"))
    }
}

/// Which parts of a draft are dealt with, and which are not.
fn completeness(look: &Look<'_>, incident: &Incident, draft: &Disclosure) -> Markup {
    let missing = draft.missing(incident.kind);
    html! {
        h4 { (look.text("look-complete-title")) }
        ul class="ticks" {
            @for section in incident.kind.template().sections {
                @let open = missing.contains(section);
                li class=(if open { "open" } else { "there" }) {
                    (section_title(look, *section)) " "
                    span class="quiet" { (look.text(if open { "look-complete-open" } else { "look-complete-there" })) }
                }
            }
        }
        (look.quiet("look-complete-help"))
    }
}

fn section_title(look: &Look<'_>, section: Section) -> String {
    look.text(&format!("section-{}", slug(section)))
}

/// The same, for the one who reads what somebody else tells.
fn their_title(look: &Look<'_>, section: Section) -> String {
    look.text(&format!("section-theirs-{}", slug(section)))
}

/// What the hurt partner wants to know; or what the writer guesses, for themselves alone.
fn depths(look: &Look<'_>, incident: EventId) -> Option<Page> {
    let found = look.world().incidents.get(incident)?;
    let step = &look.world().responsibility;
    let guess = is_guess(found, look.me());
    let chosen = |section| if guess { step.guess(incident, section) } else { step.depth(incident, section) };
    // Alone, who was hurt finds out for themselves, in their own voice.
    let theirs = guess && found.role(look.me()) != Role::InjuredPartner;
    let title = if theirs { "look-guess-title" } else { "look-depth-title" };
    let part = |section| if theirs { section_title(look, section) } else { their_title(look, section) };
    let depth_key = if theirs { "depth-theirs" } else { "depth" };
    let lead = match (guess, theirs) {
        (true, true) => "look-guess-lead",
        (true, false) => "look-depth-lead-alone",
        (false, _) => "look-depth-lead",
    };
    let inner = html! {
        @for section in SECTIONS {
            @let (field, now) = (value(section), chosen(section).map(value).unwrap_or_default());
            @let now = look.typed(&field, &now);
            fieldset class="inline lined" {
                legend { (part(section)) }
                @for depth in DEPTHS {
                    (choice("radio", &field, &value(depth), &look.text(&format!("{depth_key}-{}", slug(depth))), now == value(depth)))
                }
                (choice("radio", &field, "", &look.text("look-depth-unsaid"), now.is_empty()))
            }
        }
        (look.main_button("look-save"))
    };
    let main = html! {
        p class="lead" { (look.text(lead)) }
        (look.form("depth", &inner))
    };
    Some(look.page("responsibility", title, &main))
}

fn is_guess(incident: &Incident, me: amends_domain::id::PersonId) -> bool {
    incident.space == Space::Private || !incident.may_claim(me)
}

fn choose(turn: &mut Turn<'_>, incident: EventId) -> Did {
    let vault = turn.session.vault().ok_or(Wrong::Unknown)?;
    let guess = is_guess(vault.state().world().incidents.get(incident).ok_or(Wrong::Unknown)?, vault.me());
    let choices: Vec<DepthChoice> = SECTIONS
        .into_iter()
        .filter_map(|section| {
            Some(DepthChoice { section, depth: by_name(turn.request.field(&value(section)))? })
        })
        .collect();
    if choices.is_empty() {
        return Err(Wrong::Say("look-nothing-chosen"));
    }
    let action = if guess {
        Action::private(Event::Guess { incident, choices })
    } else {
        Action::shared(Event::Depth { incident, choices })
    };
    write(turn, action, None)?;
    Ok(Next::Go(PATH.to_owned(), "look-kept"))
}

/// A form for words about one part.
fn words_form(look: &Look<'_>, wish: &str, section: Section, id: &str, label: &str) -> Markup {
    let field = format!("text-{id}");
    let inner = html! {
        (hidden("section", &value(section)))
        (hidden("field", &field))
        (look.area(&field, label, 3, ""))
        (look.button("look-send"))
    };
    look.form(wish, &inner)
}

/// Words that are checked before they are delivered.
const READ_AS: Option<Genre> = Some(Genre::Confession);
