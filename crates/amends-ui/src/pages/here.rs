//! Somebody with an open vault, looking at a page: who they are in it, what time it is, words for days.

use amends_client::Vault;
use amends_domain::consent::Connection;
use amends_domain::event::{Event, Space};
use amends_domain::id::{Day, EntryId, EventId, Millis, PersonId};
use amends_domain::incident::Incident;
use amends_domain::prove::patience::Decision;
use amends_domain::state::{State, World};
use amends_domain::view::Moment;
pub(crate) use amends_tools::Side;
use amends_tools::{choices, voice};

use crate::layout::Frame;
use crate::session::AnyStore;

/// Somebody with an open vault.
#[derive(Clone, Copy)]
pub(crate) struct Here<'h> {
    pub(crate) frame: &'h Frame<'h>,
    pub(crate) vault: &'h Vault<AnyStore>,
}

impl<'h> Here<'h> {
    /// Somebody, if the vault is open.
    pub(crate) fn of(frame: &'h Frame<'h>) -> Option<Self> {
        Some(Self { frame, vault: frame.vault()? })
    }

    pub(crate) fn text(&self, key: &str) -> String {
        self.frame.text(key)
    }

    pub(crate) fn fill(&self, key: &str, name: &str, value: impl Into<String>) -> String {
        self.frame.fill(key, name, value)
    }

    pub(crate) fn state(&self) -> &'h State {
        self.vault.state()
    }

    pub(crate) fn world(&self) -> &'h World {
        self.vault.state().world()
    }

    pub(crate) fn me(&self) -> PersonId {
        self.vault.me()
    }

    pub(crate) fn moment(&self) -> Moment {
        self.frame.visit.moment
    }

    pub(crate) fn now(&self) -> Millis {
        self.moment().now
    }

    pub(crate) fn today(&self) -> Day {
        self.now().day(self.moment().utc_offset)
    }

    /// The day of a moment here.
    pub(crate) fn day_of(&self, at: Millis) -> Day {
        self.frame.visit.day_of(at)
    }

    /// What is seen here of the connection to the other.
    pub(crate) fn connection(&self) -> Connection {
        match self.state().connection(self.me(), self.now()) {
            Connection::Alone => Connection::Alone,
            _ if self.vault.is_taken_away() => Connection::NotConnected,
            connection => connection,
        }
    }

    /// Whether something can go to the other now: neither door is closed.
    pub(crate) fn reaches_other(&self) -> bool {
        self.own_part_is_open() && self.connection() == Connection::Open
    }

    /// Whether the part for two is open on this side.
    pub(crate) fn own_part_is_open(&self) -> bool {
        let world = self.world();
        world.consent.is_open(world.me, self.now()) && world.safety.closed_since().is_none()
    }

    /// Own shared and private incidents, oldest first.
    pub(crate) fn incidents(&self) -> impl Iterator<Item = (EntryId, &'h Incident)> {
        choices::incidents(self.state()).into_iter()
    }

    /// The last decision of this person about an incident, if it closed it.
    pub(crate) fn closed(&self, id: EntryId) -> Option<Decision> {
        voice::decided(self.state(), id)
    }

    /// Who this person is in all that is not closed.
    pub(crate) fn side(&self) -> Side {
        Side::now(self.state())
    }

    /// The same, and who somebody was in what is closed, where nothing else goes on: the way to speak to them.
    pub(crate) fn side_ever(&self) -> Side {
        Side::ever(self.state())
    }

    /// An entry of the other that may be seen here now.
    pub(crate) fn sees(&self, id: EventId) -> bool {
        self.state().event(id).is_some_and(|event| self.state().may_see(self.me(), event, self.moment()))
    }

    /// Own events, newest last.
    pub(crate) fn own(&self) -> impl Iterator<Item = &'h Event> {
        let me = self.me();
        self.state().events().filter(move |event| event.author == me)
    }

    /// Own events for both that hold, newest last.
    pub(crate) fn own_shared(&self) -> impl Iterator<Item = &'h Event> {
        let state = self.state();
        self.own().filter(move |event| event.space == Space::Shared && state.holds(event))
    }

    /// How the other person is called here: the own name for them, or "the other person".
    pub(crate) fn other_name(&self) -> String {
        let kept = self.vault.draft(OTHER_NAME).map(|draft| draft.text.trim().to_owned());
        kept.filter(|name| !name.is_empty()).unwrap_or_else(|| self.text("other-person"))
    }

    /// "Sunday, 22 November".
    pub(crate) fn day(&self, day: Day) -> String {
        let (_, month, date) = day.ymd();
        let weekday = self.text(&format!("when-weekday-{}", (day.0 + 3).rem_euclid(7) + 1));
        let month = self.text(&format!("when-month-{month}"));
        let date = date.to_string();
        let parts = [("weekday", weekday.into()), ("day", date.into()), ("month", month.into())];
        self.frame.core.messages.with("when-day", &parts)
    }

    /// "20:40" here.
    pub(crate) fn clock(&self, at: Millis) -> String {
        clock(at.minute_of_day(self.frame.visit.offset_at(at)))
    }

    /// "20:40" today, "Sunday, 22 November, 20:40" on another day.
    pub(crate) fn when(&self, at: Millis) -> String {
        let day = self.day_of(at);
        if day == self.today() {
            return self.clock(at);
        }
        let parts = [("day", self.day(day).into()), ("time", self.clock(at).into())];
        self.frame.core.messages.with("when-moment", &parts)
    }
}

/// Under which key the own name for the other person is kept.
pub(crate) const OTHER_NAME: &str = "own/other-name";

/// A minute of the day as "20:40".
pub(crate) fn clock(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// The minute of the day of "20:40".
pub(crate) fn minute(text: &str) -> Option<u16> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}
