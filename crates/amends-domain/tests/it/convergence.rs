//! Two people, four devices, random acts and random delivery: whatever order things arrive in, everybody ends
//! with the same state, and no rule gives way on the way there.

use std::collections::BTreeMap;

use amends_domain::admit::{acceptance, listening, perspective, responsibility};
use amends_domain::apologize::{change, honesty};
use amends_domain::event::{Body, Event, Space};
use amends_domain::id::{DAY, Day, EntryId, HOUR, PersonId};
use amends_domain::incident::{self, Role, StageMark};
use amends_domain::permit::Action;
use amends_domain::prove::contact::ContactKind;
use amends_domain::prove::{activities, communication, contact, gratitude, needs, patience};
use amends_domain::state::State;
use amends_domain::versions::Save;
use amends_domain::{consent, entry, safety};
use proptest::prelude::*;

use crate::samples;
use crate::world::{ANA, BEN, Device, START, deliver, moment, pace};

/// Marks every private text, so that it is found wherever it should not be.
const SECRET: &str = "PRIVATE-WORDS";

#[derive(Debug, Clone)]
enum Step {
    Act { device: usize, what: u8, pick: usize, number: u8 },
    Deliver { from: usize, to: usize },
    Wait(u64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (0..4usize, any::<u8>(), any::<usize>(), any::<u8>())
            .prop_map(|(device, what, pick, number)| Step::Act { device, what, pick, number }),
        2 => (0..4usize, 0..4usize).prop_map(|(from, to)| Step::Deliver { from, to }),
        1 => prop_oneof![Just(HOUR), Just(DAY), 1..5 * DAY].prop_map(Step::Wait),
    ]
}

/// Something that refers to what is there, if possible.
fn action(device: &Device, what: u8, pick: usize, number: u8) -> Action {
    let ids: Vec<EntryId> = device.state.events().map(|event| event.id).collect();
    let any = |fallback: EntryId| if ids.is_empty() { fallback } else { ids[pick % ids.len()] };
    let target = any(samples::events()[0].id);
    let incidents: Vec<EntryId> = device.state.world().incidents.iter().map(|(id, _)| id).collect();
    let incident = if incidents.is_empty() { target } else { incidents[pick % incidents.len()] };
    let words = || format!("shared words {number}");
    let stage = StageMark::from_number(number % 7).unwrap();
    let day = Day(20_773 + i32::from(number % 30));
    match what % 40 {
        0 | 1 => Action::shared(consent::Event::OptIn),
        2 => Action::shared(consent::Event::Close),
        3 => Action::shared(consent::Event::Pace(pace(number % 4))),
        4 if number < 8 => Action::shared(consent::Event::Leave),
        4 | 5 => Action::shared(incident::Event::Open {
            kind: incident::Kind::SerialLying,
            title: words(),
            my_role: [Role::InvolvedPartner, Role::InjuredPartner, Role::Both, Role::NotSure]
                [usize::from(number % 4)],
        }),
        6 => Action::shared(incident::Event::MyRole { incident, role: Role::InjuredPartner }),
        7..=9 => Action::shared(incident::Event::MoveStage { incident, stage }),
        10 => Action::private(incident::Event::Open {
            kind: incident::Kind::Money,
            title: SECRET.into(),
            my_role: Role::InvolvedPartner,
        }),
        11 | 12 => Action::private(communication::Event::SaveLetter(Save {
            doc: number.is_multiple_of(2).then_some(target),
            base: Some(target),
            incident: None,
            content: communication::Letter { purpose: communication::Purpose::ToSend, text: SECRET.into() },
        })),
        13..=15 => {
            Action::shared(contact::Event::Send { kind: ContactKind::Line, text: words(), photo: None })
        }
        16 | 17 => Action::shared(communication::Event::Send {
            incident: None,
            purpose: communication::Purpose::ToSend,
            text: words(),
        }),
        18 => Action::shared(communication::Event::Recall { letter: target }),
        19 => Action::private(communication::Event::OpenLetter { letter: target }),
        20 => Action::shared(communication::Event::Return { letter: target }),
        21 => Action::shared(entry::Event::Delete { target }),
        22 => Action::private(entry::Event::Delete { target }),
        23 => Action::shared(entry::Event::Restore { target }),
        24 => Action::private(safety::Event::Door { open: number.is_multiple_of(2) }),
        25 => Action::private(patience::Event::CheckIn {
            day,
            answers: vec![patience::ItemAnswer { item: patience::Item::FeltSafe, value: Some(number % 11) }],
            note: SECRET.into(),
        }),
        26 | 27 => Action::shared(honesty::Event::Promise {
            incident,
            content: honesty::Promise { text: words(), review_on: day },
        }),
        28 => Action::shared(honesty::Event::Report { promise: target, outcome: honesty::Outcome::Kept }),
        29 => {
            Action::shared(honesty::Event::Respond { promise: target, response: honesty::Response::Dispute })
        }
        30 => Action::shared(needs::Event::Ask),
        31 => Action::shared(needs::Event::Share { need: needs::Need::Own(words()), mark: needs::Mark::Now }),
        32 => Action::shared(needs::Event::Request { shared: target, text: words() }),
        33 => Action::shared(listening::Event::OpenRound { incident }),
        34 => Action::shared(listening::Event::Say { round: target, text: words() }),
        35 => Action::shared(listening::Event::Reflect { said: target, text: words() }),
        36 => Action::shared(listening::Event::Tap { reflection: target, tap: listening::Tap::Yes }),
        37 => Action::private(acceptance::Event::SaveLetter(Save::new(
            Some(incident),
            acceptance::ImpactLetter { text: SECRET.into(), feelings: vec![] },
        ))),
        38 => Action::private(activities::Event::Rate {
            activity: amends_domain::bank::ActivityId(u16::from(number)),
            rating: activities::Rating::No,
        }),
        _ => Action::shared(gratitude::Event::AddChore { text: words(), whose: gratitude::Whose::Mine }),
    }
}

fn run(steps: &[Step]) -> [Device; 4] {
    let mut devices = [
        Device::new(ANA, Some(BEN), 1),
        Device::new(ANA, Some(BEN), 2),
        Device::new(BEN, Some(ANA), 3),
        Device::new(BEN, Some(ANA), 4),
    ];
    let mut now = START;
    for step in steps {
        now = now.plus(1);
        match step {
            Step::Act { device, what, pick, number } => {
                let action = action(&devices[*device], *what, *pick, *number);
                let relaxed = |local: &mut amends_domain::permit::Local<'_>| {
                    local.without_rest = true;
                    local.before_stage = true;
                    local.telling_is_safe = true;
                };
                let _ = devices[*device].act(action, relaxed, now);
            }
            Step::Deliver { from, to } if from != to => {
                let from = devices[*from].clone();
                deliver(&from, &mut devices[*to]);
            }
            Step::Deliver { .. } => {}
            Step::Wait(span) => now = now.plus(*span),
        }
    }
    for _ in 0..2 {
        for from in 0..4 {
            for to in (0..4).filter(|to| *to != from) {
                let from = devices[from].clone();
                deliver(&from, &mut devices[to]);
            }
        }
    }
    devices
}

fn shared_refusals(state: &State) -> Vec<String> {
    let shared = |id| state.event(id).is_some_and(|event| event.space == Space::Shared);
    state.rejected().filter(|(id, _)| shared(*id)).map(|(id, why)| format!("{id:?} {why}")).collect()
}

fn delivered_contacts(state: &State, receiver: PersonId) -> BTreeMap<Day, u8> {
    let mut days = BTreeMap::new();
    for event in state.events().filter(|event| event.author != receiver && state.holds(event)) {
        if event.body.contact_kind().is_some() {
            *days.entry(event.at.time().day(0)).or_default() += 1;
        }
    }
    days
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn everybody_ends_with_the_same_state(steps in proptest::collection::vec(step(), 1..160)) {
        let devices = run(&steps);
        for (one, other) in [(0, 1), (2, 3)] {
            prop_assert_eq!(devices[one].state.world(), devices[other].state.world());
        }
        prop_assert_eq!(shared_refusals(&devices[0].state), shared_refusals(&devices[2].state));
        let later = moment(START.plus(60 * DAY));
        // What one side can show of the other's view is what the other side would see of it, reading apart.
        let seen = devices[0].state.view_for(BEN, later);
        prop_assert!(seen.entries.iter().all(|entry| entry.space == Space::Shared));
        let theirs = devices[2].state.view_for(BEN, later);
        let incidents: Vec<_> =
            theirs.incidents.into_iter().filter(|incident| incident.space == Space::Shared).collect();
        prop_assert_eq!(seen.incidents, incidents);
    }

    #[test]
    fn order_and_repetition_do_not_matter(
        steps in proptest::collection::vec(step(), 1..120),
        order in any::<prop::sample::Index>(),
        again in any::<prop::sample::Index>(),
    ) {
        let device = &run(&steps)[0];
        let mut events: Vec<Event> = device.state.events().cloned().collect();
        if !events.is_empty() {
            let middle = order.index(events.len());
            events.rotate_left(middle);
            let twice = events[again.index(events.len())].clone();
            events.push(twice);
        }
        let mut one_by_one = State::new(ANA, Some(BEN));
        for event in events.iter().rev().cloned() {
            one_by_one.apply(event);
        }
        prop_assert_eq!(&one_by_one, &device.state);
        prop_assert_eq!(&State::from_events(ANA, Some(BEN), events), &device.state);
    }

    #[test]
    fn nothing_private_reaches_the_other(steps in proptest::collection::vec(step(), 1..160)) {
        let devices = run(&steps);
        for device in &devices {
            let other = if device.person == ANA { BEN } else { ANA };
            let foreign = device.state.events().filter(|event| event.author == other);
            prop_assert!(foreign.into_iter().all(|event| event.space == Space::Shared));
            let view = serde_json::to_string(&device.state.view_for(other, moment(START.plus(60 * DAY)))).unwrap();
            prop_assert!(!view.contains(SECRET));
        }
    }

    #[test]
    fn nothing_is_delivered_past_pace_or_consent(steps in proptest::collection::vec(step(), 1..200)) {
        for device in run(&steps) {
            for receiver in [ANA, BEN] {
                for (day, count) in delivered_contacts(&device.state, receiver) {
                    prop_assert!(count <= 3, "{count} on {day}");
                }
            }
            // At the time of each delivered entry with words, both channels were open.
            let mut open: BTreeMap<PersonId, Option<amends_domain::id::Millis>> = BTreeMap::new();
            for event in device.state.events() {
                match &event.body {
                    Body::Consent(consent::Event::OptIn) if device.state.holds(event) => {
                        open.insert(event.author, Some(event.at.time()));
                    }
                    Body::Consent(consent::Event::Close | consent::Event::Leave) => {
                        open.insert(event.author, None);
                    }
                    body if event.space == Space::Shared
                        && device.state.holds(event)
                        && !body.takes_back() =>
                    {
                        for person in [ANA, BEN] {
                            let since = open.get(&person).copied().flatten();
                            let holds = since.is_some_and(|since| event.at.time().since(since) < consent::OPT_IN_HOLDS);
                            prop_assert!(holds || matches!(body, Body::Consent(_)), "{body:?}");
                        }
                    }
                    _ => {}
                }
            }
        }
    }

    #[test]
    fn opening_is_not_observable(steps in proptest::collection::vec(step(), 1..160)) {
        let with = run(&steps);
        // The same events without any reading, as Ben's devices have them.
        for device in &with[2..] {
            let unread = device.state.events().filter(|event| {
                !matches!(
                    event.body,
                    Body::Communication(communication::Event::OpenLetter { .. } | communication::Event::Hold { .. })
                        | Body::Responsibility(responsibility::Event::OpenSection { .. })
                )
            });
            let unread = State::from_events(BEN, Some(ANA), unread.cloned());
            let later = moment(START.plus(60 * DAY));
            let view = |state: &State| serde_json::to_string(&state.view_for(ANA, later)).unwrap();
            prop_assert_eq!(view(&unread), view(&device.state));
            let sent = |state: &State| -> Vec<_> {
                let own = state.world().communication.all_delivered().filter(|(_, letter)| letter.author == BEN);
                own.map(|(id, letter)| (id, letter.sender_sees())).collect()
            };
            prop_assert_eq!(sent(&unread), sent(&device.state));
        }
    }

    #[test]
    fn stages_only_go_where_a_mover_put_them(steps in proptest::collection::vec(step(), 1..200)) {
        let device = &run(&steps)[0];
        let world = device.state.world();
        for (id, incident) in world.incidents.iter() {
            let stage = incident.stage(ANA, Some(BEN));
            let said = device.state.events().filter(|event| device.state.holds(event)).any(|event| {
                matches!(&event.body, Body::Incident(incident::Event::MoveStage { incident, stage: to }) if *incident == id && *to == stage)
            });
            prop_assert!(said || stage <= StageMark::StopAndTell);
        }
    }

    #[test]
    fn leaving_is_possible_after_anything(steps in proptest::collection::vec(step(), 1..120)) {
        for mut device in run(&steps) {
            let now = START.plus(90 * DAY);
            let openly = device.act(Action::shared(consent::Event::Leave), |local| local.gate = None, now);
            prop_assert!(openly.is_ok());
            let quietly = device.act(Action::private(consent::Event::LeaveQuietly), |_| {}, now);
            prop_assert!(quietly.is_ok());
        }
    }

    #[test]
    fn any_bytes_decode_or_are_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = Event::decode(&bytes);
        if let Ok(body) = Body::decode(&bytes) {
            let again = Body::decode(&body.encode()).unwrap();
            prop_assert_eq!(again, body);
        }
    }

    #[test]
    fn any_set_of_forged_events_folds_without_a_panic(
        picks in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), any::<u64>(), any::<bool>()), 1..80)
    ) {
        let samples = samples::events();
        let forged = picks.iter().enumerate().map(|(seq, (pick, who, at, space))| {
            let mut event = pick.get(&samples).clone();
            event.id.seq = seq as u64;
            event.author = [ANA, BEN, PersonId([*who; 16])][usize::from(who % 3)];
            event.at = amends_domain::id::Hlc(*at);
            event.space = if *space { Space::Shared } else { Space::Private };
            event
        });
        let state = State::from_events(ANA, Some(BEN), forged);
        let _ = state.view_for(ANA, moment(amends_domain::id::Millis(u64::MAX)));
        let _ = state.view_for(BEN, moment(START));
        let _ = amends_domain::export::to_markdown(&state, 0, |_| None);
        let _ = state.search("card");
    }
}

#[test]
fn the_same_day_on_two_devices_keeps_both_versions() {
    let mut phone = Device::new(BEN, None, 3);
    let mut laptop = Device::new(BEN, None, 4);
    let page = |text: &str| perspective::Perspective {
        before: text.into(),
        found: String::new(),
        thought: String::new(),
        felt: String::new(),
        after: String::new(),
    };
    let first = Save::new(None, page("first"));
    let doc = phone.act(Action::private(perspective::Event::Save(first)), |_| {}, START).unwrap();
    deliver(&phone, &mut laptop);
    let next = |text: &str| {
        Action::private(perspective::Event::Save(Save {
            doc: Some(doc),
            base: Some(doc),
            incident: None,
            content: page(text),
        }))
    };
    phone.act(next("on the phone"), |_| {}, START.plus(1)).unwrap();
    laptop.act(next("on the laptop"), |_| {}, START.plus(2)).unwrap();
    deliver(&phone, &mut laptop);
    deliver(&laptop, &mut phone);
    for device in [&phone, &laptop] {
        let draft = device.state.world().perspective.drafts.get(doc).unwrap();
        assert_eq!(draft.text.current.before, "on the laptop");
        assert_eq!(draft.text.also[0].1.before, "on the phone");
    }
}

#[test]
fn five_years_fold_in_a_moment() {
    let mut device = Device::new(BEN, None, 3);
    let mut events = Vec::new();
    for number in 0..20_000_u64 {
        let body: Body = match number % 3 {
            0 => patience::Event::CheckIn {
                day: Day(20_000 + number as i32 / 10),
                answers: vec![patience::ItemAnswer { item: patience::Item::Predictable, value: Some(5) }],
                note: "a line about the day that is as long as most lines are".into(),
            }
            .into(),
            1 => communication::Event::SaveLetter(Save::new(
                None,
                communication::Letter {
                    purpose: communication::Purpose::ForMe,
                    text: "a letter ".repeat(40),
                },
            ))
            .into(),
            _ => change::Event::SaveTrigger(Save::new(
                None,
                change::Trigger {
                    sort: change::TriggerSort::Time,
                    text: "pay day".into(),
                    words: vec!["salary".into()],
                },
            ))
            .into(),
        };
        let local = device.local(Space::Private, START.plus(number * 1000));
        let id = amends_domain::id::EventId { seq: number, ..local.id };
        let at = amends_domain::id::Hlc::new(START.plus(number * 1000), 0);
        events.push(Event { id, author: BEN, at, space: Space::Private, body });
    }
    let begin = std::time::Instant::now();
    device.state.extend(events);
    // Generous: a debug build on a busy machine. A release build takes a few milliseconds.
    assert!(begin.elapsed().as_millis() < 5_000, "{:?}", begin.elapsed());
    assert_eq!(device.state.rejected().count(), 0);
}
