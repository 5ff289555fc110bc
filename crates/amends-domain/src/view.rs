//! Who sees what. A view holds what one person may see and nothing else: days instead of times, no trace of
//! reading, no counts, no reasons.

use serde::Serialize;

use crate::consent::{self, Connection};
use crate::entry;
use crate::event::{Body, Event, Space};
use crate::id::{Day, EntryId, Millis, PersonId};
use crate::incident::conditions::{Condition, conditions};
use crate::incident::{Incident, Kind, Role, StageMark};
use crate::prove::communication;
use crate::prove::communication::SenderSees;
use crate::prove::contact::ContactKind;
use crate::state::State;
use amends_guide::STEPS;

/// When and where somebody looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Now.
    pub now: Millis,
    /// Local offset from UTC in minutes.
    pub utc_offset: i16,
}

/// What one person may see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct View<'a> {
    /// Who looks.
    pub person: PersonId,
    /// What they see of the connection.
    pub connection: Connection,
    /// Incidents and what is open in each.
    pub incidents: Vec<IncidentView<'a>>,
    /// Entries, in order.
    pub entries: Vec<EntryView<'a>>,
    /// "Back at" of a pause, if one runs.
    pub back_at: Option<Millis>,
}

/// An incident as one person sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IncidentView<'a> {
    /// The incident.
    pub id: EntryId,
    /// Private or shared.
    pub space: Space,
    /// Its kind.
    pub kind: Kind,
    /// Its name.
    pub title: &'a str,
    /// Own role.
    pub role: Role,
    /// The stage that holds.
    pub stage: StageMark,
    /// Slugs of the steps that are open.
    pub open: Vec<&'static str>,
    /// For who moves the stage: what usually comes before the next one.
    pub next: Vec<Condition>,
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EntryView<'a> {
    /// The entry.
    pub id: EntryId,
    /// Its writer.
    pub author: PersonId,
    /// Slug of its step.
    pub step: &'static str,
    /// Private or shared.
    pub space: Space,
    /// Day it was written.
    pub day: Day,
    /// For an own letter: sent, taken back, given back.
    pub letter: Option<SenderSees>,
    /// What it says.
    pub body: &'a Body,
}

impl State {
    /// What a person may see. For the other person this is exactly what can be known from shared events.
    pub fn view_for(&self, person: PersonId, moment: Moment) -> View<'_> {
        let entries = self.events().filter(|event| self.may_see(person, event, moment));
        View {
            person,
            connection: self.connection(person, moment.now),
            incidents: self.incident_views(person),
            entries: entries.map(|event| self.entry_view(person, event, moment)).collect(),
            back_at: self.world().perspective.pause(moment.now).map(|(_, pause)| pause.back_at),
        }
    }

    /// What one person sees of the connection to the other.
    pub fn connection(&self, person: PersonId, now: Millis) -> Connection {
        let world = self.world();
        let Some(other) = world.other(person).filter(|_| world.partner.is_some()) else {
            return Connection::Alone;
        };
        let left_quietly = person == world.me && world.consent.left_quietly();
        if left_quietly || world.consent.has_left(person) || world.consent.has_left(other) {
            Connection::NotConnected
        } else if world.consent.is_open(other, now) {
            Connection::Open
        } else {
            Connection::NoAnswerYet
        }
    }

    /// Whether a person may see an event.
    pub fn may_see(&self, person: PersonId, event: &Event, moment: Moment) -> bool {
        if !self.holds(event) || is_mechanics(&event.body) {
            return false;
        }
        match event.space {
            Space::Private => event.author == person && person == self.world().me,
            Space::Shared if event.author == person => true,
            Space::Shared => self.receives(person, event, moment),
        }
    }

    fn receives(&self, person: PersonId, event: &Event, moment: Moment) -> bool {
        let world = self.world();
        if person == world.me {
            let closed = world.safety.closed_since().is_some_and(|since| event.at > since);
            let muted =
                event.body.contact_kind().is_some_and(|kind| world.consent.is_muted(kind, moment.now));
            if closed || muted || self.unwelcome_by_now(event, moment.now) {
                return false;
            }
        }
        match &event.body {
            Body::Communication(
                communication::Event::Send { .. } | communication::Event::SendSealed { .. },
            ) => world.communication.delivered(event.id).is_some_and(|letter| letter.reader_has_it()),
            Body::Gratitude(_) => {
                let today = moment.now.day(moment.utc_offset);
                world.gratitude.one_sent(event.id).is_none_or(|sent| sent.appears(today))
            }
            _ => true,
        }
    }

    // What a letter with a day brings comes on its day: what its reader wants by then decides, until they have opened it.
    fn unwelcome_by_now(&self, event: &Event, now: Millis) -> bool {
        let world = self.world();
        let dated = world.communication.delivered(event.id).filter(|letter| letter.opens_at().is_some());
        let Some(letter) = dated.filter(|letter| !letter.is_opened()) else { return false };
        let came = letter.opens_at().filter(|opens_at| *opens_at <= now);
        let closed = world.safety.closed_since().is_some_and(|since| came > Some(since.time()));
        let pace = world.consent.channel(world.me).and_then(consent::Channel::pace);
        closed || pace.is_some_and(|pace| pace.per_day == 0 || !pace.kinds.contains(&ContactKind::Letter))
    }

    fn entry_view<'a>(&'a self, person: PersonId, event: &'a Event, moment: Moment) -> EntryView<'a> {
        let own = event.author == person;
        let letter = own.then(|| self.world().communication.delivered(event.id)).flatten();
        EntryView {
            id: event.id,
            author: event.author,
            step: event.body.step(),
            space: event.space,
            day: event.at.time().day(moment.utc_offset),
            letter: letter.map(|letter| letter.sender_sees()),
            body: &event.body,
        }
    }

    fn incident_views(&self, person: PersonId) -> Vec<IncidentView<'_>> {
        let world = self.world();
        let other = world.other(person);
        let seen = |incident: &Incident| incident.space == Space::Shared || person == world.me;
        world
            .incidents
            .iter()
            .filter(|(_, incident)| seen(incident))
            .map(|(id, incident)| {
                let stage = incident.stage(person, other);
                IncidentView {
                    id,
                    space: incident.space,
                    kind: incident.kind,
                    title: &incident.title,
                    role: incident.role(person),
                    stage,
                    open: open_steps(incident, stage),
                    next: if incident.moves(person, other) {
                        conditions(world, id, stage)
                    } else {
                        Vec::new()
                    },
                }
            })
            .collect()
    }
}

/// Steps that are open in a stage; in solo mode all of them, as preparation and practice.
fn open_steps(incident: &Incident, stage: StageMark) -> Vec<&'static str> {
    let open = |number: u8| incident.space == Space::Private || number <= stage.number();
    STEPS.iter().filter(|step| open(step.stage as u8)).map(|step| step.slug).collect()
}

/// Events that only make something work; they stand on no screen.
fn is_mechanics(body: &Body) -> bool {
    match body {
        Body::Entry(event) => !matches!(event, entry::Event::AskRemoval { .. }),
        Body::Consent(event) => {
            !matches!(event, consent::Event::Pace(_) | consent::Event::CloseTopics { .. })
        }
        Body::Safety(_) => true,
        Body::Communication(event) => matches!(
            event,
            communication::Event::Recall { .. }
                | communication::Event::Return { .. }
                | communication::Event::OpenLetter { .. }
                | communication::Event::Hold { .. }
                | communication::Event::Half { .. }
                | communication::Event::AskHalf { .. }
                | communication::Event::AgreeGuest { .. }
                | communication::Event::EndGuest { .. }
        ),
        Body::Responsibility(crate::admit::responsibility::Event::OpenSection { .. }) => true,
        Body::Activities(event) => event.is_matching(),
        _ => false,
    }
}
