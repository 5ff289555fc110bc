//! Everything that holds: one part for each step, and how an event is judged and committed there.

use super::{Ctx, Stamp};
use crate::admit::{acceptance, listening, perspective, responsibility};
use crate::apologize::{change, explanation, honesty};
use crate::event::{Body, Event, Space};
use crate::id::{Millis, PersonId};
use crate::prove::{activities, communication, contact, gratitude, needs, patience};
use crate::refusal::Refusal;
use crate::{consent, entry, incident, safety};

/// Everything that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct World {
    /// The owner of this state.
    pub me: PersonId,
    /// The other one, once paired.
    pub partner: Option<PersonId>,
    /// Channels.
    pub consent: consent::State,
    /// Incidents, roles, stages.
    pub incidents: incident::State,
    /// What the safety rule left behind.
    pub safety: safety::State,
    /// Copies allowed, removals asked for.
    pub entries: entry::State,
    /// 1.1
    pub responsibility: responsibility::State,
    /// 1.2
    pub perspective: perspective::State,
    /// 1.3
    pub listening: listening::State,
    /// 1.4
    pub acceptance: acceptance::State,
    /// 2.1
    pub explanation: explanation::State,
    /// 2.2
    pub change: change::State,
    /// 2.3
    pub honesty: honesty::State,
    /// 3.1
    pub communication: communication::State,
    /// 3.2
    pub needs: needs::State,
    /// 3.3
    pub contact: contact::State,
    /// 3.4
    pub activities: activities::State,
    /// 3.5
    pub gratitude: gratitude::State,
    /// 3.6
    pub patience: patience::State,
}

macro_rules! each_step {
    ($body:expr, $event:ident => $($variant:ident => $call:expr),* $(,)?) => {
        match $body {
            $(Body::$variant($event) => $call,)*
        }
    };
}

impl World {
    pub(super) fn new(me: PersonId, partner: Option<PersonId>) -> Self {
        World {
            me,
            partner,
            consent: Default::default(),
            incidents: Default::default(),
            safety: Default::default(),
            entries: Default::default(),
            responsibility: Default::default(),
            perspective: Default::default(),
            listening: Default::default(),
            acceptance: Default::default(),
            explanation: Default::default(),
            change: Default::default(),
            honesty: Default::default(),
            communication: Default::default(),
            needs: Default::default(),
            contact: Default::default(),
            activities: Default::default(),
            gratitude: Default::default(),
            patience: Default::default(),
        }
    }

    /// The other person, as seen from one of the two.
    pub fn other(&self, person: PersonId) -> Option<PersonId> {
        if person == self.me { self.partner } else { Some(self.me) }
    }

    /// Whether the other person takes a break now: what one writes to them is kept until they are back.
    pub fn takes_break(&self, now: Millis) -> bool {
        self.partner.is_some_and(|other| self.perspective.is_on_break(other, now))
    }

    /// Whether an event keeps all rules, given all that holds before it.
    ///
    /// # Errors
    /// The first rule that it breaks; [`Refusal::LaterVersion`] where this version does not know it.
    pub fn judge(&self, event: &Event) -> Result<(), Refusal> {
        let ctx = Ctx { stamp: Stamp::of(event), world: self };
        crate::rules::common(&ctx, &event.body)?;
        each_step!(&event.body, body =>
            Entry => self.entries.judge(&ctx, body),
            Consent => self.consent.judge(ctx.stamp, body),
            Safety => self.safety.judge(body),
            Incident => self.incidents.judge(&ctx, body),
            Responsibility => self.responsibility.judge(&ctx, body),
            Perspective => self.perspective.judge(&ctx, body),
            Listening => self.listening.judge(&ctx, body),
            Acceptance => self.acceptance.judge(&ctx, body),
            Explanation => self.explanation.judge(&ctx, body),
            Change => self.change.judge(&ctx, body),
            Honesty => self.honesty.judge(&ctx, body),
            Communication => self.communication.judge(&ctx, body),
            Needs => self.needs.judge(&ctx, body),
            Contact => self.contact.judge(&ctx, body),
            Activities => self.activities.judge(&ctx, body),
            Gratitude => self.gratitude.judge(&ctx, body),
            Patience => self.patience.judge(&ctx, body),
            Unknown => { let _ = body; Err(Refusal::LaterVersion) },
        )
    }

    pub(super) fn commit(&mut self, event: &Event) {
        let stamp = Stamp::of(event);
        self.count(stamp, &event.body);
        each_step!(&event.body, body =>
            Entry => self.entries.commit(stamp, body),
            Consent => self.consent.commit(stamp, body),
            Safety => self.safety.commit(stamp, body),
            Incident => self.incidents.commit(stamp, body),
            Responsibility => self.responsibility.commit(stamp, body),
            Perspective => self.perspective.commit(stamp, body),
            Listening => self.listening.commit(stamp, body),
            Acceptance => self.acceptance.commit(stamp, body),
            Explanation => self.explanation.commit(stamp, body),
            Change => self.change.commit(stamp, body),
            Honesty => self.honesty.commit(stamp, body),
            Communication => self.communication.commit(stamp, body),
            Needs => self.needs.commit(stamp, body),
            Contact => self.contact.commit(stamp, body),
            Activities => self.activities.commit(stamp, body),
            Gratitude => self.gratitude.commit(stamp, body),
            Patience => self.patience.commit(stamp, body),
            Unknown => { let _ = body; },
        );
    }

    // A message that was deleted after sending still counts: deleting does not refill the day.
    pub(super) fn count(&mut self, stamp: Stamp, body: &Body) {
        if stamp.space != Space::Shared {
            return;
        }
        if body.contact_kind().is_some()
            && let Some(to) = self.other(stamp.author)
        {
            self.consent.count_contact(stamp.author, to, stamp.at.time());
        }
        if body.counts_as_text() {
            self.consent.count_text(stamp.author, stamp.at.time());
        }
    }
}
