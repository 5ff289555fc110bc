//! A guest of both: it takes two, the guest reads the sheet and nothing else, and either of the two ends it at once.

use amends_client::{AppendError, GuestProblem, GuestRead, GuestVisit, LocalRelay, NewEvent, open_guest};
use amends_domain::consent;
use amends_domain::id::{DAY, EventId};
use amends_domain::prove::communication::{Event, GuestOffer, GuestPart, GuestSheet, Half};
use amends_domain::refusal::Refusal;
use amends_wire::{About, ClientFrame, Code, MailboxId, Rid, Sealed, Seq, ServerFrame, UnixSeconds};

use super::world::World;

const SUMMARY: &str = "a card that was hidden, and what we want to learn";

fn offer(world: &mut World, by: usize, items: Vec<EventId>) -> Result<EventId, Refusal> {
    let now = world.tick();
    let day = now.day(0);
    let parts = vec![GuestPart { title: "A line".into(), by_proposer: true, day, text: "the gate".into() }];
    let sheet =
        GuestSheet { version: 1, summary: SUMMARY.into(), questions: vec!["how long?".into()], parts };
    let event = Event::OfferGuest(GuestOffer { items, days: 14, sheet });
    refused(world.vault(by).append(now, NewEvent::shared(event)))
}

fn agree(world: &mut World, by: usize, offer: EventId) -> Result<EventId, Refusal> {
    let now = world.tick();
    let (key, append) = (Half::none(), Half::none());
    let event = Event::AgreeGuest { offer, key, append, until: amends_domain::id::Millis(0) };
    refused(world.vault(by).append(now, NewEvent::shared(event)))
}

fn end(world: &mut World, by: usize, offer: EventId) {
    let now = world.tick();
    world.vault(by).append(now, NewEvent::shared(Event::EndGuest { offer })).unwrap();
}

fn refused(done: Result<EventId, AppendError>) -> Result<EventId, Refusal> {
    done.map_err(|error| match error {
        AppendError::Refused(refusal) => refusal,
        other => panic!("{other}"),
    })
}

fn link(world: &mut World, of: usize, offer: EventId) -> String {
    let now = world.now;
    let link = world.vault(of).guest_link(offer, now).expect("it is open");
    format!("https://relay.example/guest{}", *link.fragment)
}

/// What the relay answers to these frames, from somebody it does not know.
fn ask(world: &mut World, frames: &[u8]) -> Vec<u8> {
    let connection = world.relay.connect();
    let now = UnixSeconds(world.now.0 / 1000);
    for frame in ClientFrame::all_from_bytes(frames).unwrap() {
        world.relay.frame(connection, now, &frame.to_bytes());
    }
    let answer = world.relay.take_frames(connection).concat();
    world.relay.disconnect(connection);
    answer
}

fn read(world: &mut World, link: &str) -> Result<GuestRead, GuestProblem> {
    let visit = GuestVisit::new(link)?;
    let answer = ask(world, &visit.question());
    open_guest(&visit, &answer, world.now)
}

fn invited() -> (World, usize, usize, EventId, String) {
    let (mut world, a, b) = World::open_pair();
    let line = world.line(a, "the gate");
    world.run();
    let sheet = offer(&mut world, a, vec![line]).unwrap();
    world.run();
    agree(&mut world, b, sheet).unwrap();
    world.run();
    let link = link(&mut world, a, sheet);
    (world, a, b, sheet, link)
}

#[test]
fn one_alone_cannot_invite_a_guest() {
    let (mut world, a, b) = World::open_pair();
    let line = world.line(a, "the gate");
    world.run();
    let sheet = offer(&mut world, a, vec![line]).unwrap();
    world.run();
    let now = world.now;
    assert!(world.vault(a).guest_link(sheet, now).is_none());
    assert_eq!(agree(&mut world, a, sheet), Err(Refusal::NotForWriter), "nobody agrees with themselves");
    world.run();
    assert!(
        world.vault(a).guest_link(sheet, now).is_none() && world.vault(b).guest_link(sheet, now).is_none()
    );
    assert!(!world.relay.export().windows(SUMMARY.len()).any(|part| part == SUMMARY.as_bytes()));
    // Saying no ends it; after that there is nothing to agree to.
    end(&mut world, b, sheet);
    assert_eq!(agree(&mut world, b, sheet), Err(Refusal::AlreadyDone));
}

#[test]
fn nothing_unshared_goes_in() {
    let (mut world, a, b) = World::open_pair();
    let own = world.note(a, "for me alone");
    assert_eq!(offer(&mut world, a, vec![own]), Err(Refusal::StaysPrivate));
    assert_eq!(offer(&mut world, a, Vec::new()), Err(Refusal::OutOfRange), "words of nowhere");
    // What was taken back between the two words goes to nobody.
    let line = world.line(a, "the gate");
    let sheet = offer(&mut world, a, vec![line]).unwrap();
    let now = world.tick();
    let delete = amends_domain::entry::Event::Delete { target: line };
    world.vault(a).append(now, NewEvent::shared(delete)).unwrap();
    world.run();
    assert_eq!(agree(&mut world, b, sheet), Err(Refusal::NotFound));
}

#[test]
fn a_guest_reads_the_sheet_that_both_agreed_to_and_sees_when_it_ends() {
    let (mut world, a, b, sheet, link_a) = invited();
    assert_eq!(link(&mut world, b, sheet), link_a, "both have the same link");
    let found = read(&mut world, &link_a).unwrap();
    assert_eq!(found.sheet.summary, SUMMARY);
    assert_eq!(found.sheet, world.vault(a).state().world().communication.guest(sheet).unwrap().offer.sheet);
    let left = found.until.since(world.now);
    assert!(left <= 14 * DAY && left > 13 * DAY);
    // The writer's devices need not be there.
    world.devices[a].is_offline = true;
    world.devices[b].is_offline = true;
    world.run();
    assert!(read(&mut world, &link_a).is_ok());
}

#[test]
fn with_the_link_nothing_else_can_be_read_written_or_taken_away() {
    let (mut world, .., link) = invited();
    let visit = GuestVisit::new(&link).unwrap();
    let frames = ClientFrame::all_from_bytes(&visit.question()).unwrap();
    let (mailbox, read, blob) = frames
        .iter()
        .find_map(|frame| match frame {
            ClientFrame::BlobGet { mailbox, read, blob, .. } => Some((*mailbox, *read, *blob)),
            _ => None,
        })
        .unwrap();
    // Everything that a guest could say with what is in the link.
    let rid = Rid([3; 16]);
    let tries = [
        ClientFrame::Pub { mailbox, append: read, rid, bytes: Sealed(vec![1]) },
        ClientFrame::Drop { mailbox, append: read, up_to: Seq(9) },
        ClientFrame::BlobPut { mailbox, append: read, blob, part: 0, bytes: Sealed(vec![1]) },
        ClientFrame::BlobDelete { mailbox, append: read, blob },
    ];
    for frame in tries {
        let answer = ask(&mut world, &frame.to_bytes());
        let answer = ServerFrame::all_from_bytes(&answer).unwrap();
        assert!(matches!(answer[..], [ServerFrame::Refused { code: Code::WrongToken, .. }]), "{answer:?}");
    }
    // Its mailbox holds the sheet and no record; other mailboxes do not open with it.
    let records = ask(&mut world, &ClientFrame::Sub { mailbox, read, after: Seq(0) }.to_bytes());
    let records = ServerFrame::all_from_bytes(&records).unwrap();
    assert!(!records.iter().any(|frame| matches!(frame, ServerFrame::Rec { .. })));
    let others: Vec<MailboxId> = world
        .devices
        .iter()
        .flat_map(|device| device.sent.iter())
        .filter_map(|frame| match ClientFrame::from_bytes(frame) {
            Ok(ClientFrame::Sub { mailbox, .. }) => Some(mailbox),
            _ => None,
        })
        .collect();
    assert!(!others.is_empty() && !others.contains(&mailbox), "the devices themselves do not listen there");
    for other in others {
        let answer = ask(&mut world, &ClientFrame::Sub { mailbox: other, read, after: Seq(0) }.to_bytes());
        let answer = ServerFrame::all_from_bytes(&answer).unwrap();
        assert!(matches!(
            answer[..],
            [ServerFrame::Refused { about: About::Mailbox(_), code: Code::WrongToken, .. }]
        ));
    }
}

#[test]
fn either_of_the_two_ends_it_at_once() {
    for by_proposer in [true, false] {
        let (mut world, a, b, sheet, link) = invited();
        end(&mut world, if by_proposer { a } else { b }, sheet);
        // The other one's device is not needed for it.
        world.devices[if by_proposer { b } else { a }].is_offline = true;
        world.run();
        assert_eq!(read(&mut world, &link), Err(GuestProblem::Gone));
        let now = world.now;
        assert!(world.vault(a).guest_link(sheet, now).is_none() || !by_proposer);
        // And nobody's device puts it there again.
        world.devices[if by_proposer { b } else { a }].is_offline = false;
        for at in [a, b] {
            world.cut_off(at);
        }
        world.now = world.now.plus(2 * DAY);
        world.run();
        assert_eq!(read(&mut world, &link), Err(GuestProblem::Gone));
        assert_eq!(agree(&mut world, b, sheet), Err(Refusal::AlreadyDone), "it does not open again");
    }
}

#[test]
fn it_ends_by_itself_and_with_leaving() {
    let (mut world, a, b, _, link) = invited();
    for at in [a, b] {
        world.cut_off(at);
    }
    world.now = world.now.plus(15 * DAY);
    assert!(matches!(read(&mut world, &link), Err(GuestProblem::Key(amends_crypto::GuestError::Expired))));
    world.run();
    assert_eq!(read(&mut world, &link), Err(GuestProblem::Gone), "and the relay has let go of it");

    for leave in [NewEvent::shared(consent::Event::Leave), NewEvent::private(consent::Event::LeaveQuietly)] {
        let (mut world, a, _, _, link) = invited();
        let now = world.tick();
        world.vault(a).append(now, leave).unwrap();
        world.run();
        assert_eq!(read(&mut world, &link), Err(GuestProblem::Gone));
    }
}

#[test]
fn a_relay_that_loses_the_sheet_gets_it_again_under_the_same_link() {
    let (mut world, .., link) = invited();
    world.replace_relay(LocalRelay::new(2));
    assert_eq!(read(&mut world, &link), Err(GuestProblem::Gone));
    world.now = world.now.plus(DAY);
    world.run();
    assert_eq!(read(&mut world, &link).unwrap().sheet.summary, SUMMARY);
}

#[test]
fn who_runs_the_relay_reads_nothing_of_the_sheet_and_cannot_change_it() {
    let (mut world, .., link) = invited();
    let has = |bytes: &[u8]| bytes.windows(SUMMARY.len()).any(|part| part == SUMMARY.as_bytes());
    assert!(!has(&world.relay.export()));
    let visit = GuestVisit::new(&link).unwrap();
    let answer = ask(&mut world, &visit.question());
    for at in [100, 5_000, 60_000] {
        let mut changed = answer.clone();
        changed[at] ^= 1;
        assert!(open_guest(&visit, &changed, world.now).is_err());
    }
}
