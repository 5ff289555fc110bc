//! 3.4 Activities: matches without a no, time without the subject.

use std::collections::BTreeSet;

use amends_domain::bank::ActivityId;
use amends_domain::consent;
use amends_domain::event::{Body, Space};
use amends_domain::id::{DAY, DeviceId, HOUR, WEEK};
use amends_domain::incident::StageMark;
use amends_domain::permit::Action;
use amends_domain::prove::activities::Rating::{self, Love, No, Try};
use amends_domain::prove::activities::blind::{self, Blinder, Token};
use amends_domain::prove::activities::rounds::{self, Due, Side};
use amends_domain::prove::activities::{self, BlindSecret, Event};
use amends_domain::prove::communication::{self};
use amends_domain::refusal::Refusal;

use crate::world::{ANA, BEN, Pair, pace};

/// Powers modulo a prime: enough to see that the protocol works; the real group is elsewhere.
struct Toy {
    secret: u64,
    random: u64,
    holds_back: bool,
}

const PRIME: u128 = 0xffff_ffff_ffff_ffc5;

fn power(base: u64, mut exponent: u64) -> u64 {
    let (mut result, mut base) = (1_u128, u128::from(base) % PRIME);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = result * base % PRIME;
        }
        base = base * base % PRIME;
        exponent >>= 1;
    }
    result as u64
}

fn token(value: u64) -> Token {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&value.to_le_bytes());
    Token(bytes)
}

impl Blinder for Toy {
    fn blind(&self, activity: ActivityId) -> Token {
        token(power(u64::from(activity.0) * 7919 + 3, self.secret))
    }

    fn blind_again(&self, other: &Token) -> Option<Token> {
        let value = u64::from_le_bytes(other.0[..8].try_into().ok()?);
        (value > 1).then(|| token(power(value, self.secret)))
    }

    fn filler(&mut self) -> Token {
        self.random = self.random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        token(self.random | 2)
    }

    fn hold_back(&mut self) -> bool {
        self.holds_back
    }

    fn secret(&self) -> Vec<u8> {
        self.secret.to_le_bytes().to_vec()
    }
}

impl Toy {
    /// The group with the secret of a round that began before.
    fn again(round: &BlindSecret) -> Self {
        let secret = u64::from_le_bytes(round.key.as_slice().try_into().unwrap());
        Toy { secret, random: secret ^ 99, holds_back: false }
    }
}

fn rated(pair: &mut Pair, ana: bool, ratings: &[(u16, Rating)]) {
    for (activity, rating) in ratings {
        let rate = Action::private(Event::Rate { activity: ActivityId(*activity), rating: *rating });
        if ana { pair.ana(rate) } else { pair.ben(rate) }.unwrap();
    }
}

fn side(ana: bool) -> Side {
    // As `Device::local` names the private chains.
    let mut device = [if ana { 1 } else { 2 }; 16];
    device[0] = Space::Private as u8;
    let (me, other) = if ana { (ANA, BEN) } else { (BEN, ANA) };
    Side { me, other, device: DeviceId(device) }
}

/// One thing that is due for Ana or Ben; whether there was one. New wishes are held back if `holds_back`.
fn does_what_is_due(pair: &mut Pair, ana: bool, holds_back: bool) -> bool {
    let side = side(ana);
    let (now, device) = (pair.now, if ana { &pair.ana } else { &pair.ben });
    let step = &device.state.world().activities;
    let harvest: BTreeSet<ActivityId> = step
        .ended(side)
        .flat_map(|ended| {
            blind::matches(ended.secret, ended.returned, ended.tokens, &Toy::again(ended.secret))
        })
        .filter(|id| !step.found().contains(id))
        .collect();
    let mut actions = Vec::new();
    if !harvest.is_empty() {
        actions.push(Action::private(Event::Matched { activities: harvest.into_iter().collect() }));
    } else {
        match device.state.world().due_in_matching(side, now) {
            None => return false,
            Some(Due::Begin) => {
                let offer = device.local(Space::Shared, now).id;
                let mut toy = Toy { secret: now.0 | 1, random: now.0 ^ 5, holds_back };
                let (round, tokens) = blind::begin(step, side.me, offer, &mut toy);
                actions.push(Action::private(Event::Secret { round }));
                actions.push(Action::shared(Event::OfferTokens { tokens }));
            }
            Some(Due::Answer { offer, tokens, with, secret }) => {
                let tokens = blind::answer(tokens, &mut Toy::again(secret));
                actions.push(Action::shared(Event::ReturnTokens { offer, tokens, with: Some(with) }));
            }
        }
    }
    for action in actions {
        if ana { pair.ana(action) } else { pair.ben(action) }.unwrap();
    }
    true
}

fn settles(pair: &mut Pair, holds_back: bool) {
    for _ in 0..40 {
        let ana = does_what_is_due(pair, true, holds_back);
        if !does_what_is_due(pair, false, holds_back) && !ana {
            return;
        }
    }
    panic!("the matching does not end");
}

fn found(pair: &Pair, ana: bool) -> Vec<u16> {
    let state = if ana { &pair.ana.state } else { &pair.ben.state };
    state.world().activities.matches().map(|activity| activity.id.0).collect()
}

#[test]
fn show_mutual_matches_and_never_a_no() {
    let (mut pair, _) = Pair::at(StageMark::Reconnect);
    rated(&mut pair, true, &[(1, Love), (2, Try), (3, No), (5, Love)]);
    settles(&mut pair, false);
    assert!(found(&pair, false).is_empty(), "who has rated nothing learns nothing, and answers nothing");
    rated(&mut pair, false, &[(1, Try), (2, No), (3, Love), (5, Love)]);
    settles(&mut pair, false);
    assert_eq!((found(&pair, true), found(&pair, false)), (vec![1, 5], vec![1, 5]));
    let avoid = activities::Avoid { places: vec![], with_children: false, max_cost: 0, max_energy: 3 };
    pair.ben(Action::private(Event::Avoid(avoid))).unwrap();
    assert_eq!(found(&pair, false).len(), 1, "the cooking costs something");
    assert!(!pair.bens_view().contains("tokens"), "what only serves the matching is on no screen");
}

#[test]
fn what_crosses_is_the_same_for_a_no_and_for_silence() {
    let tokens = |ratings: &[(u16, Rating)], holds_back| {
        let (mut pair, _) = Pair::at(StageMark::Reconnect);
        rated(&mut pair, true, ratings);
        let mut toy = Toy { secret: 0x1234_5677, random: 5, holds_back };
        let offer = pair.ana.local(Space::Shared, pair.now).id;
        blind::begin(&pair.ana.state.world().activities, ANA, offer, &mut toy).1
    };
    assert_eq!(tokens(&[(1, Love), (2, No)], false), tokens(&[(1, Love)], false));
    assert_eq!(tokens(&[(1, Try)], false), tokens(&[(1, Love)], false), "love and try look the same");
    assert_eq!(tokens(&[(1, Love)], true), tokens(&[(1, No)], true), "held back looks like no");
}

#[test]
fn what_was_held_back_comes_a_day_later_and_nothing_comes_after_that() {
    let (mut pair, _) = Pair::at(StageMark::Reconnect);
    rated(&mut pair, true, &[(1, Love), (2, Try)]);
    rated(&mut pair, false, &[(1, Try), (2, No)]);
    settles(&mut pair, true);
    assert!(found(&pair, true).is_empty(), "everything new was held back");
    pair.wait(DAY);
    settles(&mut pair, true);
    assert_eq!((found(&pair, true), found(&pair, false)), (vec![1], vec![1]));
    let n = pair.ana.state.events().count();
    pair.wait(WEEK);
    settles(&mut pair, true);
    assert_eq!(pair.ana.state.events().count(), n);
}

#[test]
fn the_second_round_follows_also_when_nothing_was_held_back_or_wished() {
    for ratings in [[(1, Love), (2, Love)], [(1, No), (2, No)]] {
        let (mut pair, _) = Pair::at(StageMark::Reconnect);
        rated(&mut pair, true, &ratings);
        rated(&mut pair, false, &ratings);
        settles(&mut pair, false);
        pair.wait(DAY);
        settles(&mut pair, false);
        let is_offer = |body: &Body| matches!(body, Body::Activities(Event::OfferTokens { .. }));
        let offers = pair.ana.state.events().filter(|event| event.author == ANA && is_offer(&event.body));
        assert_eq!(offers.count(), 2, "{ratings:?}");
    }
}

#[test]
fn a_changed_mind_is_gone_from_the_own_list_and_cannot_be_told_from_the_rounds() {
    let (mut pair, _) = Pair::at(StageMark::Reconnect);
    rated(&mut pair, true, &[(1, Love), (2, Love)]);
    rated(&mut pair, false, &[(1, Love)]);
    settles(&mut pair, false);
    rated(&mut pair, true, &[(1, No), (2, No)]);
    pair.wait(DAY);
    settles(&mut pair, false);
    assert_eq!((found(&pair, true), found(&pair, false)), (vec![], vec![1]));
    let state = &pair.ben.state.world().activities;
    let common = |ended: rounds::Ended<'_>| {
        blind::matches(ended.secret, ended.returned, ended.tokens, &Toy::again(ended.secret))
    };
    let rounds: Vec<Vec<ActivityId>> = state.ended(side(false)).map(common).collect();
    assert!(rounds.len() > 1, "there were later rounds");
    assert!(rounds.iter().all(|round| *round == [ActivityId(1)]), "and they look like the first: {rounds:?}");
    // What had never shown is not sent any more, so a later wish of the other finds nothing.
    rated(&mut pair, false, &[(2, Love)]);
    pair.wait(HOUR);
    settles(&mut pair, false);
    assert_eq!(found(&pair, false), [1]);
    // And what is wished again is there again.
    rated(&mut pair, true, &[(1, Try)]);
    assert_eq!(found(&pair, true), [1]);
}

#[test]
fn rounds_keep_a_distance_and_have_a_daily_limit() {
    let (mut pair, _) = Pair::at(StageMark::Reconnect);
    rated(&mut pair, true, &[(1, Love)]);
    settles(&mut pair, false);
    rated(&mut pair, true, &[(2, Love)]);
    assert_eq!(pair.ana.state.world().due_in_matching(side(true), pair.now), None, "not at once");
    pair.wait(HOUR);
    assert_eq!(pair.ana.state.world().due_in_matching(side(true), pair.now), Some(Due::Begin));
    let offer = || Action::shared(Event::OfferTokens { tokens: vec![Token([7; 32]); blind::TOKENS] });
    for _ in 1..rounds::MOST_A_DAY {
        pair.ana(offer()).unwrap();
    }
    assert_eq!(pair.ana(offer()), Err(Refusal::PaceReached));
    pair.ben(offer()).unwrap();
    pair.wait(DAY);
    pair.ana(offer()).unwrap();
}

#[test]
fn what_another_own_device_rated_is_left_to_it_for_a_while() {
    let (mut pair, _) = Pair::at(StageMark::Reconnect);
    rated(&mut pair, true, &[(1, Love)]);
    let step = pair.ana.state.world();
    let second = Side { device: DeviceId([77; 16]), ..side(true) };
    assert_eq!(
        (step.due_in_matching(side(true), pair.now), step.due_in_matching(second, pair.now)),
        (Some(Due::Begin), None)
    );
    assert_eq!(step.due_in_matching(second, pair.now.plus(HOUR)), Some(Due::Begin));
}

#[test]
fn who_begins_again_after_parting_begins_the_rounds_anew() {
    let (mut pair, _) = Pair::at(StageMark::Reconnect);
    rated(&mut pair, true, &[(1, Love), (2, Love)]);
    rated(&mut pair, false, &[(1, Love), (2, No)]);
    settles(&mut pair, false);
    pair.wait(DAY);
    settles(&mut pair, false);
    pair.ana(Action::shared(consent::Event::Leave)).unwrap();
    crate::begin_again::begin_again(&mut pair);
    pair.ana(Action::shared(consent::Event::OptIn)).unwrap();
    pair.ben(Action::shared(consent::Event::OptIn)).unwrap();
    for (device, ana) in [(&pair.ana, true), (&pair.ben, false)] {
        assert_eq!(device.state.world().due_in_matching(side(ana), pair.now), Some(Due::Begin));
    }
    pair.wait(DAY);
    settles(&mut pair, false);
    assert_eq!((found(&pair, true), found(&pair, false)), (vec![1], vec![1]));
}

#[test]
fn matching_waits_until_light_things_are_open_for_both() {
    let (pair, _) = Pair::at(StageMark::Change);
    assert!(!pair.ana.state.world().is_light_open() && !pair.ben.state.world().is_light_open());
    let (pair, _) = Pair::at(StageMark::Reconnect);
    assert!(pair.ana.state.world().is_light_open() && pair.ben.state.world().is_light_open());
}

#[test]
fn time_without_the_subject_needs_an_agreed_talk() {
    let (mut pair, _) = Pair::at(StageMark::Reconnect);
    pair.ana(Action::shared(consent::Event::Pace(pace(3)))).unwrap();
    pair.ben(Action::shared(consent::Event::Pace(pace(3)))).unwrap();
    let proposed = super::communication::talk(&pair);
    let day = proposed.first;
    let id = pair.ben(Action::shared(communication::Event::ProposeTalk(proposed))).unwrap();
    let start = pair.now.plus(HOUR);
    let propose = |activity| {
        let topic_free = Some(activities::TopicFree { talk: id, day });
        let proposal =
            activities::Proposal { activity, text: "a walk".into(), start, minutes: 60, topic_free };
        Action::shared(activities::Event::Propose(proposal))
    };
    assert_eq!(pair.ben(propose(None)), Err(Refusal::TalkDayMissing));
    pair.ana(Action::shared(communication::Event::AgreeTalk { talk: id })).unwrap();
    assert_eq!(pair.ben(propose(Some(ActivityId(9)))), Err(Refusal::NoMatch));
    let proposal = pair.ben(propose(None)).unwrap();
    assert!(pair.ana.state.world().activities.topic_free(start).is_none());
    pair.ana(Action::shared(activities::Event::Accept { proposal })).unwrap();
    assert!(pair.ana.state.world().activities.topic_free(start).is_some());
    assert!(pair.ana.state.world().activities.topic_free(start.plus(HOUR)).is_none());
}

#[test]
fn who_invites_can_say_yes_to_the_other_time() {
    let (mut pair, _) = Pair::at(StageMark::Reconnect);
    pair.ana(Action::shared(consent::Event::Pace(pace(3)))).unwrap();
    let start = pair.now.plus(DAY);
    let text = "a walk".to_owned();
    let walk = activities::Proposal { activity: None, text, start, minutes: 60, topic_free: None };
    let proposal = pair.ben(Action::shared(Event::Propose(walk))).unwrap();
    let yes = || Action::shared(Event::Accept { proposal });
    assert_eq!(pair.ben(yes()), Err(Refusal::NotForWriter), "nobody says yes to oneself");
    let later = start.plus(HOUR);
    pair.ana(Action::shared(Event::OtherTime { proposal, start: later })).unwrap();
    pair.ben(yes()).unwrap();
    for state in [&pair.ana.state, &pair.ben.state] {
        let agreed = state.world().activities.invitation(proposal).unwrap();
        assert_eq!((agreed.accepted, agreed.proposal.start, agreed.other_time), (true, later, None));
    }
}
