//! Two people with devices, a clock that is set by hand, and delivery in any order.

use amends_domain::consent::{self, Pace};
use amends_domain::event::{Event, Space};
use amends_domain::id::{DAY, DeviceId, EventId, HOUR, Millis, PersonId};
use amends_domain::incident::{self, Ending, Kind, Risk, Role, StageMark};
use amends_domain::permit::{Action, Local};
use amends_domain::prove::contact::ContactKind;
use amends_domain::refusal::Refusal;
use amends_domain::safety::{Answer, Answers, Couple, GatePass};
use amends_domain::state::State;
use amends_domain::view::Moment;

pub(crate) const ANA: PersonId = PersonId([0xa; 16]);
pub(crate) const BEN: PersonId = PersonId([0xb; 16]);
/// Monday 2026-11-16, 12:00 UTC.
pub(crate) const START: Millis = Millis(20_773 * DAY + 12 * HOUR);

/// One device with what it has received.
#[derive(Clone)]
pub(crate) struct Device {
    pub(crate) person: PersonId,
    pub(crate) state: State,
    number: u8,
    next: [u64; 2],
}

impl Device {
    pub(crate) fn new(person: PersonId, partner: Option<PersonId>, number: u8) -> Self {
        Device { person, state: State::new(person, partner), number, next: [0, 0] }
    }

    pub(crate) fn local(&self, space: Space, now: Millis) -> Local<'static> {
        let mut device = [self.number; 16];
        device[0] = space as u8;
        let id = EventId { device: DeviceId(device), seq: self.next[space as usize] };
        Local::new(id, self.state.last_clock().tick(now))
    }

    /// Does it and keeps it; nothing is sent yet.
    pub(crate) fn act(
        &mut self,
        action: Action,
        change: impl FnOnce(&mut Local<'_>),
        now: Millis,
    ) -> Result<EventId, Refusal> {
        let pass = gate_pass();
        let mut local = self.local(action.space, now);
        local.gate = Some(&pass);
        change(&mut local);
        let space = action.space;
        let event = self.state.permit(action, local)?;
        let id = event.id;
        self.next[space as usize] += 1;
        self.state.apply(event);
        Ok(id)
    }
}

/// All questions answered with no.
pub(crate) fn gate_pass() -> GatePass {
    let mut answers = Answers::default();
    (1..=8).for_each(|number| answers.answer(number, Answer::No));
    match answers.verdict().couple {
        Couple::Open(pass) => pass,
        other => panic!("eight times no opens, not {other:?}"),
    }
}

pub(crate) fn moment(now: Millis) -> Moment {
    Moment { now, utc_offset: 0 }
}

/// Ana was hurt, Ben did it. One device each; everything is delivered at once.
pub(crate) struct Pair {
    pub(crate) ana: Device,
    pub(crate) ben: Device,
    pub(crate) now: Millis,
}

impl Pair {
    pub(crate) fn new() -> Self {
        Pair { ana: Device::new(ANA, Some(BEN), 1), ben: Device::new(BEN, Some(ANA), 2), now: START }
    }

    /// Both have opted in and Ana has set a pace.
    pub(crate) fn open() -> Self {
        let mut pair = Pair::new();
        pair.ana(Action::shared(consent::Event::OptIn)).unwrap();
        pair.ben(Action::shared(consent::Event::OptIn)).unwrap();
        pair.ana(Action::shared(consent::Event::Pace(pace(2)))).unwrap();
        pair
    }

    /// An incident at a stage.
    pub(crate) fn at(stage: StageMark) -> (Self, EventId) {
        let mut pair = Pair::open();
        let open = incident::Event::Open {
            kind: Kind::Money,
            title: "The second account".into(),
            my_role: Role::InvolvedPartner,
        };
        let incident = pair.ben(Action::shared(open)).unwrap();
        let ending = incident::Event::Ending {
            incident,
            ending: Ending::Ended,
            health: Risk::NoneKnown,
            money: Risk::Known { what: "4,000 on a card".into() },
        };
        pair.ben(Action::shared(ending)).unwrap();
        pair.ana(Action::shared(incident::Event::MoveStage { incident, stage })).unwrap();
        (pair, incident)
    }

    pub(crate) fn ana(&mut self, action: Action) -> Result<EventId, Refusal> {
        self.ana_with(action, |_| {})
    }

    pub(crate) fn ben(&mut self, action: Action) -> Result<EventId, Refusal> {
        self.ben_with(action, |_| {})
    }

    pub(crate) fn ana_with(
        &mut self,
        action: Action,
        change: impl FnOnce(&mut Local<'_>),
    ) -> Result<EventId, Refusal> {
        self.now = self.now.plus(1000);
        let id = self.ana.act(action, change, self.now)?;
        deliver(&self.ana, &mut self.ben);
        Ok(id)
    }

    pub(crate) fn ben_with(
        &mut self,
        action: Action,
        change: impl FnOnce(&mut Local<'_>),
    ) -> Result<EventId, Refusal> {
        self.now = self.now.plus(1000);
        let id = self.ben.act(action, change, self.now)?;
        deliver(&self.ben, &mut self.ana);
        Ok(id)
    }

    pub(crate) fn wait(&mut self, span: u64) {
        self.now = self.now.plus(span);
    }

    /// All of what the other side can ever know of Ana, as bytes.
    pub(crate) fn bens_view(&self) -> String {
        serde_json::to_string(&self.ben.state.view_for(BEN, moment(self.now))).unwrap()
    }

    /// What Ana sees, as text.
    pub(crate) fn anas_view(&self) -> String {
        serde_json::to_string(&self.ana.state.view_for(ANA, moment(self.now))).unwrap()
    }
}

/// Shared events go to everybody, private ones to the same person's devices.
pub(crate) fn deliver(from: &Device, to: &mut Device) {
    let fits = |event: &&Event| event.space == Space::Shared || from.person == to.person;
    let events: Vec<Event> = from.state.events().filter(fits).cloned().collect();
    to.state.extend(events);
}

pub(crate) fn pace(per_day: u8) -> Pace {
    use ContactKind::*;
    Pace {
        per_day,
        from_minute: 0,
        to_minute: 1440,
        utc_offset: 0,
        kinds: vec![Line, Thanks, Question, Photo, Note, Gift, Letter, Proposal],
        changes: None,
    }
}
