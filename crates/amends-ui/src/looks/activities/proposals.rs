//! Proposals: made, answered, written into a calendar. There is no "no": a proposal simply fades.

use amends_calendar::{Plan, Repeats, export};
use amends_domain::bank::{Activity, ActivityId};
use amends_domain::id::{Day, EntryId, MINUTE, Millis};
use amends_domain::permit::Action;
use amends_domain::prove::activities::{Event, Invitation, Proposal, TopicFree};
use amends_domain::prove::contact::ContactKind;
use maud::{Markup, html};

use super::super::Look;
use super::super::kit::{choice, hidden};
use super::super::time::minute;
use super::super::write::{Did, Next, Wrong, write};
use super::PATH;
use crate::area::Turn;
use crate::core::Download;
use crate::name::{name, named};

/// Proposals that are not over.
pub(super) fn list(look: &Look<'_>) -> Markup {
    let not_over = |invitation: &&Invitation| {
        let proposal = &invitation.proposal;
        proposal.start.plus(u64::from(proposal.minutes) * MINUTE) > look.now()
    };
    let mut all: Vec<(EntryId, &Invitation)> = look.world().activities.invitations().collect();
    all.retain(|(_, invitation)| !invitation.withdrawn && not_over(invitation));
    html! {
        @if !all.is_empty() {
            h2 { (look.text("look-proposals")) }
            @for (id, invitation) in all { (one(look, id, invitation)) }
        }
    }
}

fn one(look: &Look<'_>, id: EntryId, invitation: &Invitation) -> Markup {
    let proposal = &invitation.proposal;
    let mine = invitation.author == look.me();
    html! {
        section class="card" id=(name(id)) {
            @if let Some(activity) = proposal.activity { h3 { (look.text(&activity.message_key())) } }
            (look.said(&proposal.text))
            p {
                (look.when(proposal.start)) " · " (look.with("look-minutes", &[("count", proposal.minutes.into())]))
                @if let Some(free) = &proposal.topic_free { " · " (look.fill("look-topic-free", "date", look.date(free.day))) }
            }
            @if let Some(other) = invitation.other_time {
                @let said = if mine { "look-other-time" } else { "look-other-time-mine" };
                p { (look.fill(said, "time", look.when(other))) }
                @if mine { (look.one_button("accept", id, "look-accept-other-time")) }
            }
            @if invitation.accepted {
                p { strong { (look.text("look-agreed")) } }
                (look.one_button("file", id, "look-talk-download"))
            } @else if mine {
                @if invitation.other_time.is_none() { (look.quiet("look-proposal-waits")) }
            } @else {
                (look.one_button("accept", id, "look-accept"))
                details {
                    summary { (look.text("look-at-another-time")) }
                    (look.form("other-time", &html! {
                        (hidden("entry", &name(id)))
                        (look.day_field(&format!("day-{}", id.seq), "look-on-day", None))
                        (look.input(&format!("time-{}", id.seq), "time", &look.text("look-talk-time"), ""))
                        (look.button("look-send"))
                    }))
                }
                (look.quiet("look-no-answer-needed"))
            }
            @if mine { (look.one_button("withdraw", id, "look-withdraw")) }
        }
    }
}

/// A new proposal: something both would do, or an own idea.
pub(super) fn form(look: &Look<'_>, matches: &[&Activity]) -> Markup {
    if look.world().partner.is_none() {
        return html! {};
    }
    if let Some(refusal) = look.why_not(ContactKind::Proposal) {
        return html! {
            h2 { (look.text("look-propose")) }
            (look.quiet(&format!("refusal-{}", refusal.code())))
        };
    }
    let ideas: Vec<(String, String)> = std::iter::once((String::new(), look.text("look-own-idea")))
        .chain(matches.iter().map(|one| (one.id.0.to_string(), look.text(&one.id.message_key()))))
        .collect();
    let talks: Vec<(EntryId, Day)> = look
        .world()
        .communication
        .talks()
        .filter_map(|(id, talk)| Some((id, talk.next(look.now())?)))
        .collect();
    look.form("propose", &html! {
        h2 { (look.text("look-propose")) }
        (look.select("activity", &look.text("look-propose-what"), &ideas, ""))
        (look.line("text", "look-propose-words", ""))
        (look.day_field("day", "look-on-day", None))
        (look.input("time", "time", &look.text("look-talk-time"), "15:00"))
        (look.input("minutes", "number", &look.text("look-propose-minutes"), "90"))
        @for (id, day) in &talks {
            (choice("checkbox", "free", &format!("{}_{}", name(*id), day), &look.fill("look-topic-free-ask", "date", look.date(*day)), false))
        }
        @if talks.is_empty() { (look.quiet("look-topic-free-needs-talk")) }
        (look.main_button("look-propose-send"))
    })
}

pub(super) fn act(turn: &mut Turn<'_>) -> Did {
    let (action, said) = match turn.wish() {
        "propose" => (Action::shared(Event::Propose(proposal(turn)?)), "look-sent"),
        "accept" => (Action::shared(Event::Accept { proposal: turn.entry("entry")? }), "look-sent"),
        "withdraw" => (Action::shared(Event::Withdraw { proposal: turn.entry("entry")? }), "look-recalled"),
        "other-time" => {
            let proposal = turn.entry("entry")?;
            let start = start(turn, &format!("day-{}", proposal.seq), &format!("time-{}", proposal.seq))?;
            (Action::shared(Event::OtherTime { proposal, start }), "look-sent")
        }
        "file" => return file(turn),
        _ => return Err(Wrong::Unknown),
    };
    write(turn, action, None)?;
    Ok(Next::Go(PATH.to_owned(), said))
}

fn start(turn: &Turn<'_>, day: &str, time: &str) -> Result<Millis, Wrong> {
    let minutes = minute(turn.request.field(time)).ok_or(Wrong::Say("look-no-time"))?;
    Ok(turn.visit.instant(turn.day(day)?, minutes))
}

fn proposal(turn: &Turn<'_>) -> Result<Proposal, Wrong> {
    let free = turn.request.field("free").split_once('_');
    let topic_free =
        free.and_then(|(talk, day)| Some(TopicFree { talk: named(talk)?, day: day.parse().ok()? }));
    Ok(Proposal {
        activity: turn.request.field("activity").parse().ok().map(ActivityId),
        text: turn.words("text"),
        start: start(turn, "day", "time")?,
        minutes: turn.request.field("minutes").trim().parse().map_err(|_| Wrong::Say("look-no-number"))?,
        topic_free,
    })
}

fn file(turn: &Turn<'_>) -> Did {
    let id = turn.entry("entry")?;
    let vault = turn.session.vault().ok_or(Wrong::Unknown)?;
    let found = vault.state().world().activities.invitation(id).ok_or(Wrong::Unknown)?;
    let messages = turn.core.messages();
    let title = match found.proposal.activity {
        Some(activity) => messages.text(&activity.message_key()),
        None => messages.text("look-together-title"),
    };
    let plan = Plan {
        uid: format!("{}@amends", name(id)),
        start: found.proposal.start.0,
        minutes: found.proposal.minutes,
        title,
        place: String::new(),
        repeats: Repeats::Once,
    };
    let text = export(&[plan], turn.visit.moment.now.0);
    Ok(Next::File(Download {
        name: "notes.ics".to_owned(),
        media_type: "text/calendar",
        bytes: text.into_bytes(),
    }))
}
