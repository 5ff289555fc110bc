//! What a tool can be used on now, and what it waits for where there is nothing.

use amends_domain::event::{Event, Space};
use amends_domain::id::{Day, EventId};
use amends_domain::state::State;
use amends_domain::view::Moment;
use serde_json::json;

use crate::tool::{Field, Kind, Options, To, Tool};
use crate::{actions, choices, show};

/// The entries of a person, looked at once for many tools.
#[derive(Debug)]
pub struct Possible<'s> {
    state: &'s State,
    moment: Moment,
    entries: Vec<&'s Event>,
}

impl<'s> Possible<'s> {
    /// What is there now.
    pub fn new(state: &'s State, moment: Moment) -> Self {
        Self { state, moment, entries: show::entries(state, moment) }
    }

    /// Entries that a question of a tool can be answered with now, newest last: those of which the domain would not
    /// say that they can never be taken.
    pub fn entries(&self, slug: &str, tool: &Tool, field: &Field) -> Vec<&'s Event> {
        let asked = |event: &&&Event| self.is_possible(slug, tool, field, event);
        self.entries.iter().filter(asked).copied().collect()
    }

    fn is_possible(&self, slug: &str, tool: &Tool, field: &Field, event: &Event) -> bool {
        actions::takes(field, event)
            && !self.is_over(tool, event.id)
            && actions::may(self.state, slug, tool, event, self.moment)
    }

    /// Whether something has come to its end, of which the domain would take one more word: that changes nothing.
    fn is_over(&self, tool: &Tool, id: EventId) -> bool {
        let (world, now) = (self.state.world(), self.moment.now);
        let talk = || world.communication.talk(id);
        let invitation = || world.activities.invitation(id);
        match tool.event {
            "agree_talk" => talk().is_some_and(|talk| talk.agreed || talk.ended),
            "cancel_talk" | "note_for_talk" | "add_point" => talk().is_some_and(|talk| talk.ended),
            "open_letter" => world.communication.delivered(id).is_some_and(|letter| letter.is_opened()),
            "back" => world.perspective.pause(now).is_none_or(|(running, _)| running != id),
            "end_offer" => {
                world.honesty.offers(now.day(self.moment.utc_offset)).all(|(running, _)| running != id)
            }
            "accept" | "other_time" => {
                invitation().is_some_and(|found| found.accepted || found.proposal.start < now)
            }
            "withdraw" => invitation().is_some_and(|found| found.withdrawn || found.proposal.start < now),
            "close_packet" => world.communication.open_packets(now).all(|(open, _)| open != id),
            _ => false,
        }
    }

    /// Message key of what a tool waits for; none if there is something to use it on.
    pub fn waits(&self, slug: &str, tool: &Tool) -> Option<String> {
        let empty = tool.fields.iter().find(|field| self.is_empty(slug, tool, field))?;
        Some(match empty.kind {
            Kind::Incident if tool.to == To::Pair || empty.path == "shared" => {
                "waits-incident-shared".to_owned()
            }
            Kind::Incident => "waits-incident".to_owned(),
            _ if tool.area == Some("entry") => "waits-take-back".to_owned(),
            _ => format!("waits-{slug}-{}", tool.name),
        })
    }

    /// Whether a question has to be answered, and there is nothing to choose.
    fn is_empty(&self, slug: &str, tool: &Tool, field: &Field) -> bool {
        match field.kind {
            Kind::Entry(of) if of == ["*"] => self.entries.is_empty(),
            Kind::Entry(_) | Kind::Copy(..) => {
                !self.entries.iter().any(|event| self.is_possible(slug, tool, field, event))
            }
            Kind::Incident => {
                let shared = tool.to == To::Pair || field.path == "shared";
                let fits = |space: Space| match field.path {
                    "private" => space == Space::Private,
                    _ => !shared || space == Space::Shared,
                };
                !self.state.world().incidents.iter().any(|(_, incident)| fits(incident.space))
            }
            Kind::Activity => choices::activities(self.state).is_empty(),
            Kind::Points => !self.has_points(tool),
            _ => false,
        }
    }

    /// Whether there is any own answer to one of the sentences that the tool can share.
    fn has_points(&self, tool: &Tool) -> bool {
        let items = tool.fields.iter().find_map(|field| match field.kind {
            Kind::Choice(Options { values, .. }) if field.path == "item" => Some(values),
            _ => None,
        });
        let known =
            items.unwrap_or_default().iter().filter_map(|item| serde_json::from_value(json!(item)).ok());
        let patience = &self.state.world().patience;
        known.into_iter().any(|item| !patience.points(item, Day(i32::MIN), Day(i32::MAX)).is_empty())
    }
}
