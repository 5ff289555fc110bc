//! 3.4 Activities: matches without a no, time without the subject.

use amends_domain::bank::ActivityId;
use amends_domain::consent;
use amends_domain::id::HOUR;
use amends_domain::incident::StageMark;
use amends_domain::permit::Action;
use amends_domain::prove::activities;
use amends_domain::prove::activities::blind::{self, Blinder, Token};
use amends_domain::prove::communication::{self};
use amends_domain::refusal::Refusal;
use amends_domain::state::State;

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

fn rated(pair: &mut Pair, ana: bool, ratings: &[(u16, activities::Rating)]) {
    for (activity, rating) in ratings {
        let rate =
            Action::private(activities::Event::Rate { activity: ActivityId(*activity), rating: *rating });
        if ana { pair.ana(rate) } else { pair.ben(rate) }.unwrap();
    }
}

#[test]
fn show_mutual_matches_and_never_a_no() {
    use activities::Rating::{Love, No, Try};
    let (mut pair, _) = Pair::at(StageMark::Reconnect);
    rated(&mut pair, true, &[(1, Love), (2, Try), (3, No), (5, Love)]);
    rated(&mut pair, false, &[(1, Try), (2, No), (3, Love), (5, Love)]);
    let mut ana = Toy { secret: 0x1234_5677, random: 5, holds_back: false };
    let mut ben = Toy { secret: 0x0bad_cafd, random: 9, holds_back: false };
    let (ana_secret, ana_tokens) = blind::begin(&pair.ana.state.world().activities, &mut ana);
    let (ben_secret, ben_tokens) = blind::begin(&pair.ben.state.world().activities, &mut ben);
    assert_eq!(
        (ana_tokens.len(), ben_tokens.len()),
        (blind::TOKENS, blind::TOKENS),
        "the number tells nothing"
    );
    pair.ana(Action::private(activities::Event::Secret { round: ana_secret })).unwrap();
    pair.ben(Action::private(activities::Event::Secret { round: ben_secret })).unwrap();
    let ana_offer = pair.ana(Action::shared(activities::Event::OfferTokens { tokens: ana_tokens })).unwrap();
    let ben_offer = pair.ben(Action::shared(activities::Event::OfferTokens { tokens: ben_tokens })).unwrap();
    let waiting: Vec<_> = pair.ben.state.world().activities.unanswered(BEN).map(|(id, _)| id).collect();
    assert_eq!(waiting, [ana_offer]);
    let reply = |state: &State, me, toy: &mut Toy| {
        let (offer, tokens) = state.world().activities.unanswered(me).next().unwrap();
        Action::shared(activities::Event::ReturnTokens { offer, tokens: blind::answer(tokens, toy) })
    };
    let from_ben = reply(&pair.ben.state, BEN, &mut ben);
    pair.ben(from_ben).unwrap();
    let from_ana = reply(&pair.ana.state, ANA, &mut ana);
    pair.ana(from_ana).unwrap();
    assert_ne!(ana_offer, ben_offer);
    let matches = |state: &State, me, toy: &Toy| {
        let activities = &state.world().activities;
        let (mine, theirs) = activities.latest_round(me).unwrap();
        blind::matches(activities.latest_secret().unwrap(), mine, theirs, toy)
    };
    let both = [ActivityId(1), ActivityId(5)];
    let mut found = matches(&pair.ana.state, ANA, &ana);
    found.sort();
    assert_eq!(found, both);
    let mut found = matches(&pair.ben.state, BEN, &ben);
    found.sort();
    assert_eq!(found, both);
    pair.ben(Action::private(activities::Event::Matched { activities: found })).unwrap();
    assert_eq!(pair.ben.state.world().activities.matches().count(), 2);
    let avoid = activities::Avoid { places: vec![], with_children: false, max_cost: 0, max_energy: 3 };
    pair.ben(Action::private(activities::Event::Avoid(avoid))).unwrap();
    assert_eq!(pair.ben.state.world().activities.matches().count(), 1, "the cooking costs something");
}

#[test]
fn what_crosses_is_the_same_for_a_no_and_for_silence() {
    use activities::Rating::{Love, No, Try};
    let tokens = |ratings: &[(u16, activities::Rating)], holds_back| {
        let (mut pair, _) = Pair::at(StageMark::Reconnect);
        rated(&mut pair, true, ratings);
        let mut toy = Toy { secret: 0x1234_5677, random: 5, holds_back };
        blind::begin(&pair.ana.state.world().activities, &mut toy).1
    };
    assert_eq!(tokens(&[(1, Love), (2, No)], false), tokens(&[(1, Love)], false));
    assert_eq!(tokens(&[(1, Try)], false), tokens(&[(1, Love)], false), "love and try look the same");
    assert_eq!(tokens(&[(1, Love)], true), tokens(&[(1, No)], true), "held back looks like no");
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
