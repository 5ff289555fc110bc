//! A relay that says anything at all: the device goes on, in bounded time and memory, and comes to itself when the relay does.

use amends_sync::{Access, Happened, Link, Place};
use amends_wire::{About, ClientFrame, Code, Era, MailboxId, Rid, Sealed, Seq, ServerFrame, Token};
use proptest::prelude::*;

const NOW: u64 = 1_790_000_000_000;
const MAILBOX: MailboxId = MailboxId([1; 32]);

fn connected() -> Link {
    let access = Access { mailbox: MAILBOX, read: Token([2; 32]), append: Token([3; 32]) };
    let mut link = Link::new(access, Place::new(None));
    link.connected(&mut Vec::new());
    link
}

fn record(seq: u64, number: u8) -> ServerFrame {
    ServerFrame::Rec { mailbox: MAILBOX, seq: Seq(seq), rid: Rid([number; 16]), bytes: Sealed(vec![number]) }
}

fn up_to_date(seq: u64, era: u64) -> ServerFrame {
    ServerFrame::UpToDate { mailbox: MAILBOX, seq: Seq(seq), era: Era(era) }
}

fn refused(about: About, code: Code, wait: Option<u32>) -> ServerFrame {
    ServerFrame::Refused { about, code, wait }
}

/// One frame at this time; what came in counts as stored.
fn give(link: &mut Link, now: u64, frame: ServerFrame) -> (Vec<Happened>, Vec<ClientFrame>) {
    let mut out = Vec::new();
    let happened = link.frame(now, frame, &mut out);
    for one in &happened {
        if let Happened::Record { seq, .. } = one {
            link.stored(*seq);
        }
    }
    (happened, out)
}

fn asks(out: &[ClientFrame]) -> bool {
    out.iter().any(|frame| matches!(frame, ClientFrame::Sub { .. }))
}

#[test]
fn a_relay_that_claims_endless_places_costs_nothing_and_is_given_up_on() {
    let mut link = connected();
    give(&mut link, NOW, record(u64::MAX, 1));
    give(&mut link, NOW, record(1, 2));
    let mut gave_up = false;
    for _ in 0..5 {
        let (happened, _) = give(&mut link, NOW, up_to_date(u64::MAX, 7));
        gave_up |= happened.iter().any(|one| matches!(one, Happened::GaveUp(_)));
    }
    assert!(gave_up && link.is_live(), "it says so and goes on");
    // The relay comes to itself: everything is read from the beginning.
    link.connected(&mut Vec::new());
    let (happened, out) = give(&mut link, NOW, up_to_date(3, 7));
    assert_eq!((happened, asks(&out)), (vec![Happened::Lost], true));
    for seq in 1..=3 {
        let (happened, _) = give(&mut link, NOW, record(seq, 9));
        assert!(matches!(happened[..], [Happened::Record { .. }]), "{seq}");
    }
    give(&mut link, NOW, up_to_date(3, 7));
    assert_eq!(link.place().cursor().0, 3);
}

#[test]
fn a_relay_that_begins_anew_again_and_again_is_left_alone_for_a_while() {
    let mut link = connected();
    give(&mut link, NOW, up_to_date(0, 0));
    link.connected(&mut Vec::new());
    let mut n_asked = 0;
    for era in 1..1_000 {
        let (_, out) = give(&mut link, NOW, up_to_date(0, era));
        n_asked += usize::from(asks(&out));
        assert!(era < 6 || !link.is_to_ask(NOW));
    }
    assert!(n_asked < 10, "{n_asked}");
    assert!(link.is_to_ask(link.not_before()), "later it is asked again");
}

#[test]
fn a_relay_without_room_is_tried_again_and_what_others_send_is_still_read() {
    let mut link = connected();
    give(&mut link, NOW, up_to_date(0, 7));
    let rid = Rid([5; 16]);
    for wait in [Some(30), None, Some(u32::MAX)] {
        link.publish(rid, vec![5], &mut Vec::new());
        let (happened, _) = give(&mut link, NOW, refused(About::Record(rid), Code::Full, wait));
        assert_eq!(happened, [Happened::Refused(Code::Full)], "the person can be told");
        assert!(!link.may_publish(NOW), "not at once");
        assert!(link.not_before() <= NOW + 10 * 60 * 1000, "nobody is sent away for a year");
        assert!(link.may_publish(link.not_before()), "by itself, after a while");
    }
    let (happened, _) = give(&mut link, NOW, record(1, 1));
    assert!(matches!(happened[..], [Happened::Record { .. }]), "reading goes on");
}

#[test]
fn a_relay_that_has_no_time_to_read_or_to_make_a_mailbox_is_asked_again() {
    let mut link = connected();
    let about = About::Mailbox(MAILBOX);
    give(&mut link, NOW, refused(about, Code::Unavailable, Some(30)));
    assert!(!link.is_to_ask(NOW) && link.is_to_ask(NOW + 30_000));
    let mut out = Vec::new();
    link.ask(&mut out);
    assert!(asks(&out));
    let (_, out) = give(&mut link, NOW, refused(about, Code::UnknownMailbox, None));
    assert!(matches!(out[..], [ClientFrame::Create { .. }]));
    let (happened, _) = give(&mut link, NOW, refused(about, Code::TooMany, Some(60)));
    assert_eq!(happened, [], "too fast: nobody need hear of it");
    assert!(!link.is_to_ask(NOW) && link.is_to_ask(NOW + 60_000));
}

#[test]
fn what_waited_for_a_key_is_read_again_after_a_lost_connection() {
    let mut link = connected();
    let mut out = Vec::new();
    let frame = record(1, 1);
    assert!(matches!(link.frame(NOW, frame.clone(), &mut out)[..], [Happened::Record { .. }]));
    link.held(1);
    give(&mut link, NOW, up_to_date(1, 7));
    assert_eq!(link.place().cursor().0, 0);
    link.connected(&mut out);
    assert!(matches!(link.frame(NOW, frame, &mut out)[..], [Happened::Record { .. }]));
}

fn any_about() -> impl Strategy<Value = About> {
    prop_oneof![Just(About::Mailbox(MAILBOX)), (0_u8..4).prop_map(|number| About::Record(Rid([number; 16])))]
}

fn any_place() -> impl Strategy<Value = u64> {
    prop_oneof![0_u64..8, any::<u64>(), Just(u64::MAX), Just(u64::MAX - 1), Just(1 << 53)]
}

fn any_frame() -> impl Strategy<Value = ServerFrame> {
    prop_oneof![
        (any_place(), 0_u8..4).prop_map(|(seq, number)| record(seq, number)),
        (any_place(), 0_u64..3).prop_map(|(seq, era)| up_to_date(seq, era)),
        (any_place(), 0_u8..4)
            .prop_map(|(seq, number)| ServerFrame::Ack { rid: Rid([number; 16]), seq: Seq(seq) }),
        any_about().prop_map(|about| ServerFrame::Done { about }),
        (any_about(), prop::sample::select(&Code::ALL[..]), any::<Option<u32>>())
            .prop_map(|(about, code, wait)| refused(about, code, wait)),
    ]
}

/// After the lies an honest relay with this many records: everything is read, once.
fn comes_to_itself(link: &mut Link) -> bool {
    let now = NOW + (1 << 40);
    let mut out = Vec::new();
    link.connected(&mut out);
    for _ in 0..8 {
        let asked = out.iter().rev().find_map(|frame| match frame {
            ClientFrame::Sub { after, .. } => Some(after.0),
            _ => None,
        });
        let Some(after) = asked else { break };
        out.clear();
        for seq in after.saturating_add(1)..=5 {
            out.extend(give(link, now, record(seq, 200)).1);
        }
        out.extend(give(link, now, up_to_date(5, 99)).1);
    }
    link.is_live() && link.place().cursor().0 == 5
}

proptest! {
    #[test]
    fn whatever_a_relay_said_an_honest_one_is_understood_afterwards(
        frames in prop::collection::vec((any_frame(), any::<bool>(), any::<bool>()), 0..60)
    ) {
        let mut link = connected();
        for (number, (frame, publish, hold)) in (0_u8..4).cycle().zip(frames) {
            if publish && link.may_publish(NOW) {
                link.publish(Rid([number; 16]), vec![number], &mut Vec::new());
            }
            let mut out = Vec::new();
            for happened in link.frame(NOW, frame, &mut out) {
                if let Happened::Record { seq, .. } = happened {
                    if hold { link.held(seq) } else { link.stored(seq) }
                }
            }
            prop_assert!(out.len() <= 2, "one answer does not make many questions");
        }
        prop_assert!(comes_to_itself(&mut link));
    }
}
