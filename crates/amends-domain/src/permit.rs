//! Making events: the only way to write. Common rules first, then what only the writer's own device can know -
//! the gate, a night's rest, own drafts, what the checks found in the text.

use crate::admit::responsibility;
use crate::apologize::{change, honesty};
use crate::consent;
use crate::event::{Body, Event, Space};
use crate::id::{EntryId, EventId, Hlc};
use crate::incident::StageMark;
use crate::prove::communication::{Purpose, rested};
use crate::prove::{activities, communication, needs, patience};
use crate::refusal::Refusal;
use crate::safety::GatePass;
use crate::state::{State, World};

/// Largest body, in bytes of CBOR: it fits into one record with room for padding.
pub const LARGEST_BODY: usize = 48 * 1024;

/// What somebody wants to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// For own devices, or for both.
    pub space: Space,
    /// What.
    pub body: Body,
}

impl Action {
    /// Something for own devices.
    pub fn private(body: impl Into<Body>) -> Self {
        Action { space: Space::Private, body: body.into() }
    }

    /// Something for both.
    pub fn shared(body: impl Into<Body>) -> Self {
        Action { space: Space::Shared, body: body.into() }
    }
}

/// What the checks found in a text, as far as it decides whether it may be sent. Never stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// Asks for passwords or devices.
    Passwords,
    /// Asks for places or movements.
    Tracking,
    /// Asks to stay away from people.
    Isolation,
    /// Asks for control over money.
    MoneyControl,
    /// Asks for sex.
    Sex,
    /// The condition of a plan is what the partner does.
    ConditionOnPartner,
    /// Says that the writer used force.
    UsedForce,
}

/// What the device knows and never sends.
#[derive(Debug, Clone, Copy)]
pub struct Local<'a> {
    /// Name of the new event.
    pub id: EventId,
    /// Its stamp.
    pub at: Hlc,
    /// Local offset from UTC in minutes.
    pub utc_offset: i16,
    /// A gate passed just now.
    pub gate: Option<&'a GatePass>,
    /// The draft it comes from.
    pub draft: Option<EntryId>,
    /// What the checks found in the text.
    pub findings: &'a [Finding],
    /// "I go on without the night's rest."
    pub without_rest: bool,
    /// "I go on although this is meant for a later stage."
    pub before_stage: bool,
    /// "Telling is safe": asked before a disclosure is delivered.
    pub telling_is_safe: bool,
}

impl Local<'_> {
    /// The usual case: nothing special.
    pub fn new(id: EventId, at: Hlc) -> Self {
        Local {
            id,
            at,
            utc_offset: 0,
            gate: None,
            draft: None,
            findings: &[],
            without_rest: false,
            before_stage: false,
            telling_is_safe: false,
        }
    }
}

impl State {
    /// The event for an action, or why it cannot happen now.
    ///
    /// # Errors
    /// The first rule that stands against it; [`Refusal::code`] is the key of its words for the person.
    pub fn permit(&self, action: Action, local: Local<'_>) -> Result<Event, Refusal> {
        let Action { space, body } = action;
        let event = Event { id: local.id, author: self.world().me, at: local.at, space, body };
        if self.event(event.id).is_some() {
            return Err(Refusal::AlreadyDone);
        }
        if let Body::Entry(crate::entry::Event::Delete { target } | crate::entry::Event::Restore { target }) =
            event.body
        {
            self.may_delete(target, space)?;
        }
        own(self, &event, &local)?;
        self.world().judge(&event)?;
        if event.body.encode().len() > LARGEST_BODY {
            return Err(Refusal::TooLong);
        }
        Ok(event)
    }

    fn may_delete(&self, target: EventId, space: Space) -> Result<(), Refusal> {
        let found = self.event(target).ok_or(Refusal::NotFound)?;
        if found.author != self.world().me {
            return Err(Refusal::NotYours);
        }
        if found.space == space { Ok(()) } else { Err(Refusal::NotFound) }
    }
}

fn own(state: &State, event: &Event, local: &Local<'_>) -> Result<(), Refusal> {
    let world = state.world();
    if event.space == Space::Shared {
        channel(world, event, local)?;
        if event.body.contact_kind().is_some() && world.takes_break(local.at.time()) {
            return Err(Refusal::BreakRuns);
        }
    }
    if is_letter_or_apology(&event.body)
        && (world.safety.tools_closed() || local.findings.contains(&Finding::UsedForce))
    {
        return Err(Refusal::ToolsClosed);
    }
    match &event.body {
        Body::Responsibility(responsibility::Event::Seal { .. }) if !local.telling_is_safe => {
            Err(Refusal::AskSafetyFirst)
        }
        Body::Change(body) => plan(body, local),
        Body::Honesty(honesty::Event::Give { incident, .. }) => apology(world, *incident, local),
        Body::Communication(body) => letter(state, body, local),
        Body::Needs(needs::Event::Request { .. }) if local.findings.iter().any(is_coercion) => {
            Err(Refusal::OpensHelp)
        }
        Body::Activities(activities::Event::Propose(proposal)) => match proposal.activity {
            Some(activity) if !world.activities.is_match(activity) => Err(Refusal::NoMatch),
            _ => Ok(()),
        },
        Body::Patience(patience::Event::ShareChart { item, from, to, points }) => {
            if *points == world.patience.points(*item, *from, *to) {
                Ok(())
            } else {
                Err(Refusal::OutOfRange)
            }
        }
        _ => Ok(()),
    }
}

// Leaving and taking back pass always; opening needs a gate passed just now.
fn channel(world: &World, event: &Event, local: &Local<'_>) -> Result<(), Refusal> {
    match &event.body {
        Body::Consent(consent::Event::OptIn) if local.gate.is_none() => return Err(Refusal::GateDue),
        body if body.takes_back() => return Ok(()),
        _ => {}
    }
    if world.consent.left_quietly() {
        return Err(Refusal::NotConnected);
    }
    let opening = matches!(event.body, Body::Consent(consent::Event::OptIn));
    // The own channel lapses when the questions are due again; here, and only here, this is said.
    let lapsed = world.partner.is_some() && !world.consent.is_open(world.me, local.at.time());
    let closed = world.safety.closed_since().is_some() || lapsed;
    if closed && !opening && !matches!(event.body, Body::Consent(_)) { Err(Refusal::GateDue) } else { Ok(()) }
}

fn is_letter_or_apology(body: &Body) -> bool {
    match body {
        Body::Honesty(event) => matches!(event, honesty::Event::Save(_) | honesty::Event::Give { .. }),
        Body::Communication(event) => {
            matches!(
                event,
                communication::Event::SaveLetter(_)
                    | communication::Event::Send { .. }
                    | communication::Event::SendSealed { .. }
            )
        }
        _ => false,
    }
}

fn is_coercion(finding: &Finding) -> bool {
    use Finding::{Isolation, MoneyControl, Passwords, Sex, Tracking};
    matches!(finding, Passwords | Tracking | Isolation | MoneyControl | Sex)
}

fn plan(body: &change::Event, local: &Local<'_>) -> Result<(), Refusal> {
    let plan = matches!(
        body,
        change::Event::SavePlan(_) | change::Event::SharePlan { .. } | change::Event::EditShared { .. }
    );
    if plan && local.findings.contains(&Finding::ConditionOnPartner) {
        return Err(Refusal::ConditionOnPartner);
    }
    Ok(())
}

// A soft lock: before stage 3 an apology is possible, but not by default.
fn apology(world: &World, incident: EntryId, local: &Local<'_>) -> Result<(), Refusal> {
    let Some(found) = world.incidents.get(incident) else { return Err(Refusal::NotFound) };
    let early = found.stage(world.me, world.partner) < StageMark::OwnAndExplain;
    if early && !local.before_stage && !found.leads(world.me, world.partner) {
        return Err(Refusal::BetterLater);
    }
    Ok(())
}

fn letter(state: &State, body: &communication::Event, local: &Local<'_>) -> Result<(), Refusal> {
    let world = state.world();
    match body {
        communication::Event::Send { .. } | communication::Event::SendSealed { .. } => {
            let draft = local.draft.and_then(|draft| world.communication.drafts.get(draft));
            if draft.is_some_and(|draft| draft.text.current.purpose == Purpose::ForMe) {
                return Err(Refusal::ForMeOnly);
            }
            let changed = draft.map_or(local.at.time(), |draft| draft.text.at.time());
            let may_go = local.without_rest || rested(changed, local.at.time(), local.utc_offset);
            if may_go { Ok(()) } else { Err(Refusal::RestFirst) }
        }
        communication::Event::OpenLetter { letter } | communication::Event::Hold { letter, .. } => {
            let here = world.communication.delivered(*letter).is_some_and(|letter| letter.reader_has_it());
            if !here {
                return Err(Refusal::NotFound);
            }
            let letter = world.communication.delivered(*letter);
            match (body, letter) {
                (communication::Event::OpenLetter { .. }, Some(letter)) => may_open(letter, local),
                _ => Ok(()),
            }
        }
        communication::Event::Packet { items, .. } => items.iter().try_for_each(|item| state.may_copy(*item)),
        communication::Event::OfferGuest(offer) if offer.sheet.parts.len() > offer.items.len() => {
            Err(Refusal::OutOfRange)
        }
        communication::Event::OfferGuest(offer) => state.may_go_to_guest(&offer.items),
        // What was taken back since it was proposed goes to nobody.
        communication::Event::AgreeGuest { offer, .. } => {
            let guest = world.communication.guest(*offer).ok_or(Refusal::NotFound)?;
            state.may_go_to_guest(&guest.offer.items)
        }
        _ => Ok(()),
    }
}

// A letter with a day opens on that day, with both halves of its key.
fn may_open(letter: &communication::Delivered, local: &Local<'_>) -> Result<(), Refusal> {
    if letter.waits(local.at.time()) {
        Err(Refusal::TooEarly)
    } else if letter.has_words() {
        Ok(())
    } else {
        Err(Refusal::HalfMissing)
    }
}

impl State {
    /// Whether all of these may be shown to a guest: shared, here, and not closed.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] where one is not here or not open yet, [`Refusal::StaysPrivate`].
    pub fn may_go_to_guest(&self, items: &[EntryId]) -> Result<(), Refusal> {
        items.iter().try_for_each(|item| {
            let event = self.event(*item).filter(|event| self.holds(event)).ok_or(Refusal::NotFound)?;
            if event.space != Space::Shared {
                return Err(Refusal::StaysPrivate);
            }
            let letter = self.world().communication.delivered(*item);
            let closed = letter.is_some_and(|letter| {
                letter.sender_sees() != communication::SenderSees::Sent || letter.opens_at().is_some()
            });
            if closed { Err(Refusal::NotFound) } else { Ok(()) }
        })
    }

    /// Whether an entry may leave Amends in an export or a packet: own words, and the other's where they allowed it.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] or [`Refusal::CopyNotAllowed`].
    pub fn may_copy(&self, entry: EntryId) -> Result<(), Refusal> {
        let event = self.event(entry).filter(|event| self.holds(event)).ok_or(Refusal::NotFound)?;
        let own = event.author == self.world().me;
        if own || self.world().entries.copy_allowed(event.author, entry) {
            Ok(())
        } else {
            Err(Refusal::CopyNotAllowed)
        }
    }
}
