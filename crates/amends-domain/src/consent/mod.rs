//! The receiver owns the channel: opt-in, pace, closed topics, pause, leave.
//!
//! The sender's app asks these rules before sending, the receiver's app asks them again on arrival.

mod event;

use std::collections::BTreeMap;

pub use event::{Event, Former, Pace, Topic};

use crate::clock::Clock;
use crate::event::Reach;
use crate::id::{Day, DeviceId, EventId, Millis, PersonId, WEEK};
use crate::prove::contact::ContactKind;
use crate::refusal::Refusal;
use crate::state::Stamp;

/// How long an opt-in holds, in milliseconds: then the safety questions come again.
pub const OPT_IN_HOLDS: u64 = 4 * WEEK;
/// Most messages a day a receiver can allow.
pub const MOST_PER_DAY: u8 = 3;
/// Most entries with text that one person can send on one day outside live rounds.
pub const MOST_TEXTS_PER_DAY: u16 = 20;

impl Event {
    /// In which space an event of this kind may live.
    pub fn reach(&self) -> Reach {
        match self {
            Event::Mute { .. } | Event::LeaveQuietly | Event::BeginAgain { .. } => Reach::Own,
            _ => Reach::Pair,
        }
    }
}

impl Pace {
    /// The clock of the one who set it.
    fn clock(&self) -> Clock<'_> {
        Clock::new(self.utc_offset, self.changes.as_ref())
    }

    /// Whether no hour of the day is left out.
    pub fn is_all_day(&self) -> bool {
        self.from_minute % 1440 == self.to_minute % 1440
    }
}

/// What one side sees of the other. There is no "refused", no "failed", no "paused".
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Connection {
    /// Nobody was invited.
    Alone,
    /// Not asked, not answered, skipped, failed, paused and lapsed all look like this.
    NoAnswerYet,
    /// The other can be reached.
    Open,
    /// One of the two has left openly.
    NotConnected,
}

/// The channel to one person, as this person set it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Channel {
    opted_in: Option<Millis>,
    left: bool,
    pace: Option<Pace>,
    topics: BTreeMap<Topic, Millis>,
}

impl Channel {
    /// Whether this person can be reached at this time.
    pub fn is_open(&self, at: Millis) -> bool {
        !self.left && self.opted_in.is_some_and(|since| at.since(since) < OPT_IN_HOLDS)
    }

    /// Whether this person left openly.
    pub fn has_left(&self) -> bool {
        self.left
    }

    /// What this person set, if they did.
    pub fn pace(&self) -> Option<&Pace> {
        self.pace.as_ref()
    }

    /// Topics closed at this time.
    pub fn closed_topics(&self, at: Millis) -> impl Iterator<Item = Topic> {
        self.topics.iter().filter(move |(_, until)| **until > at).map(|(topic, _)| *topic)
    }
}

/// Which of their times with each other something belongs to: after each leaving and beginning again, the next one.
type Time = usize;

/// Both channels and what went through them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    channels: BTreeMap<(Time, PersonId), Channel>,
    /// Where each former time of the two ends, in order.
    former: Vec<BTreeMap<DeviceId, u64>>,
    contacts: BTreeMap<(PersonId, Day), u8>,
    texts: BTreeMap<(PersonId, Day), u16>,
    muted: BTreeMap<ContactKind, Millis>,
    left_quietly: bool,
}

impl State {
    /// A state that knows where each former time ends.
    pub(crate) fn with_former<'e>(all: impl Iterator<Item = &'e [Former]>) -> Self {
        let of = |former: &[Former]| former.iter().map(|one| (one.device, one.until)).collect();
        Self { former: all.map(of).collect(), ..Self::default() }
    }

    /// Whether an event was written before both began again.
    pub fn is_former(&self, event: EventId) -> bool {
        self.time_of(event) < self.former.len()
    }

    fn time_of(&self, event: EventId) -> Time {
        let is_before =
            |ends: &BTreeMap<DeviceId, u64>| ends.get(&event.device).is_some_and(|until| event.seq < *until);
        self.former.iter().position(is_before).unwrap_or(self.former.len())
    }

    /// The doors as they were in the time that an event belongs to.
    pub(crate) fn doors_of(&self, event: EventId) -> Doors<'_> {
        Doors { state: self, time: self.time_of(event) }
    }

    fn doors(&self) -> Doors<'_> {
        Doors { state: self, time: self.former.len() }
    }

    /// The channel to a person.
    pub fn channel(&self, person: PersonId) -> Option<&Channel> {
        self.doors().channel(person)
    }

    /// Whether a person can be reached.
    pub fn is_open(&self, person: PersonId, at: Millis) -> bool {
        self.doors().is_open(person, at)
    }

    /// Whether a person left openly.
    pub fn has_left(&self, person: PersonId) -> bool {
        self.doors().has_left(person)
    }

    /// Whether the owner of this state left without a word.
    pub fn left_quietly(&self) -> bool {
        self.left_quietly
    }

    /// Whether the owner muted a kind.
    pub fn is_muted(&self, kind: ContactKind, at: Millis) -> bool {
        self.muted_until(kind, at).is_some()
    }

    /// Until when the owner muted a kind, where that is still to come.
    pub fn muted_until(&self, kind: ContactKind, at: Millis) -> Option<Millis> {
        self.muted.get(&kind).copied().filter(|until| *until > at)
    }

    /// Whether a person closed one of these topics.
    pub fn is_closed(&self, person: PersonId, topics: &[Topic], at: Millis) -> bool {
        self.doors().is_closed(person, topics, at)
    }

    /// Whether one more message of this kind may go from one person to the other now.
    ///
    /// # Errors
    /// [`Refusal::NoPaceYet`] where the receiver has set none (one first letter a day may go all the same),
    /// [`Refusal::KindNotWanted`], [`Refusal::PaceReached`] for today, or [`Refusal::OutsideHours`].
    pub fn judge_contact(
        &self,
        from: PersonId,
        to: PersonId,
        kind: ContactKind,
        at: Millis,
    ) -> Result<(), Refusal> {
        self.doors().judge_contact(from, to, kind, at)
    }

    /// How many more messages a person may send to the other today, as the receiver set it and counts the day.
    pub fn left_today(&self, from: PersonId, to: PersonId, at: Millis) -> u8 {
        let Some(pace) = self.channel(to).and_then(Channel::pace) else { return 0 };
        pace.per_day.min(MOST_PER_DAY).saturating_sub(self.sent_on(from, pace.clock().day(at)))
    }

    /// Whether one more entry with text may go today (a day in UTC).
    ///
    /// # Errors
    /// [`Refusal::EnoughToday`] after [`MOST_TEXTS_PER_DAY`].
    pub fn judge_text(&self, from: PersonId, at: Millis) -> Result<(), Refusal> {
        match self.texts.get(&(from, at.day(0))) {
            Some(count) if *count >= MOST_TEXTS_PER_DAY => Err(Refusal::EnoughToday),
            _ => Ok(()),
        }
    }

    fn sent_on(&self, from: PersonId, day: Day) -> u8 {
        self.contacts.get(&(from, day)).copied().unwrap_or(0)
    }

    pub(crate) fn count_contact(&mut self, from: PersonId, to: PersonId, at: Millis) {
        let day = self.channel(to).and_then(Channel::pace).map_or(at.day(0), |pace| pace.clock().day(at));
        let count = self.contacts.entry((from, day)).or_default();
        *count = count.saturating_add(1);
    }

    pub(crate) fn count_text(&mut self, from: PersonId, at: Millis) {
        let count = self.texts.entry((from, at.day(0))).or_default();
        *count = count.saturating_add(1);
    }

    pub(crate) fn judge(&self, stamp: Stamp, event: &Event) -> Result<(), Refusal> {
        match event {
            Event::OptIn if self.doors_of(stamp.id).has_left(stamp.author) => Err(Refusal::NotConnected),
            Event::Pace(pace) if !in_range(pace) => Err(Refusal::OutOfRange),
            _ => Ok(()),
        }
    }

    pub(crate) fn commit(&mut self, stamp: Stamp, event: &Event) {
        let time = self.time_of(stamp.id);
        let channel = self.channels.entry((time, stamp.author)).or_default();
        match event {
            Event::OptIn => channel.opted_in = Some(stamp.at.time()),
            Event::Close => channel.opted_in = None,
            Event::Pace(pace) => channel.pace = Some(pace.clone()),
            Event::CloseTopics { topics, until } => {
                channel.topics.extend(topics.iter().map(|topic| (*topic, *until)));
            }
            Event::Leave => channel.left = true,
            Event::Mute { kinds, until } => self.muted.extend(kinds.iter().map(|kind| (*kind, *until))),
            Event::LeaveQuietly => self.left_quietly = true,
            Event::BeginAgain { .. } => self.left_quietly = false,
        }
    }
}

/// Both channels, as they are in one of the times that two people had with each other.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Doors<'a> {
    state: &'a State,
    time: Time,
}

impl<'a> Doors<'a> {
    fn channel(&self, person: PersonId) -> Option<&'a Channel> {
        self.state.channels.get(&(self.time, person))
    }

    pub(crate) fn is_open(&self, person: PersonId, at: Millis) -> bool {
        self.channel(person).is_some_and(|channel| channel.is_open(at))
    }

    pub(crate) fn has_left(&self, person: PersonId) -> bool {
        self.channel(person).is_some_and(Channel::has_left)
    }

    pub(crate) fn is_closed(&self, person: PersonId, topics: &[Topic], at: Millis) -> bool {
        self.channel(person)
            .is_some_and(|channel| channel.closed_topics(at).any(|topic| topics.contains(&topic)))
    }

    pub(crate) fn judge_contact(
        &self,
        from: PersonId,
        to: PersonId,
        kind: ContactKind,
        at: Millis,
    ) -> Result<(), Refusal> {
        let Some(pace) = self.channel(to).and_then(Channel::pace) else {
            let first_letter = kind == ContactKind::Letter && self.state.sent_on(from, at.day(0)) == 0;
            return if first_letter { Ok(()) } else { Err(Refusal::NoPaceYet) };
        };
        if !pace.kinds.contains(&kind) {
            return Err(Refusal::KindNotWanted);
        }
        if self.state.sent_on(from, pace.clock().day(at)) >= pace.per_day.min(MOST_PER_DAY) {
            return Err(Refusal::PaceReached);
        }
        if !within_hours(pace, at) {
            return Err(Refusal::OutsideHours);
        }
        Ok(())
    }
}

fn in_range(pace: &Pace) -> bool {
    pace.per_day <= MOST_PER_DAY
        && pace.from_minute < 1440
        && (1..=1440).contains(&pace.to_minute)
        && pace.clock().is_in_range()
}

fn within_hours(pace: &Pace, at: Millis) -> bool {
    let minute = pace.clock().minute_of_day(at);
    if pace.from_minute < pace.to_minute {
        (pace.from_minute..pace.to_minute).contains(&minute)
    } else {
        minute >= pace.from_minute || minute < pace.to_minute
    }
}
