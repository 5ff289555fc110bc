//! Entries that cross between devices: every device keeps them as they were written, and what does not fit stops
//! nothing else.

use amends_client::{DemoCouple, NewEvent, Piece, Reason, Taken, Vault, demo_couple};
use amends_domain::entry;
use amends_domain::event::Space;
use amends_domain::id::{EventId, WEEK};
use amends_domain::view::Moment;
use amends_store::{Change, Position, Store};

use crate::{Disk, NOW, create, create_on, letters, open, rng, write};

/// Both demonstration vaults, and the disk of the second.
fn couple() -> (DemoCouple<Disk>, Disk) {
    let disk = Disk::default();
    let mut seed = 20;
    let couple = demo_couple([Disk::default(), disk.clone()], Moment { now: NOW, utc_offset: 0 }, || {
        seed += 1;
        rng(seed)
    });
    (couple.unwrap(), disk)
}

/// Everything a person wrote in a space, in the order of their chains.
fn all_pieces(vault: &Vault<Disk>, space: Space) -> Vec<Piece> {
    let chains = vault.chains_of(vault.me(), space);
    let ids = chains.iter().flat_map(|(device, next)| (0..*next).map(|seq| EventId { device: *device, seq }));
    ids.filter_map(|id| vault.piece(id).unwrap()).collect()
}

/// An empty vault of the same person, paired.
fn new_device(of: &Vault<Disk>, seed: u8) -> (Vault<Disk>, Disk) {
    let disk = Disk::default();
    let new = amends_client::NewVault { person: Some(of.me()), ..crate::new_vault() };
    let (mut vault, _) = Vault::create(disk.clone(), new, rng(seed)).unwrap();
    vault.pair_with(of.partner().unwrap()).unwrap();
    (vault, disk)
}

fn reasons(taken: &Taken) -> Vec<Reason> {
    taken.refused.iter().map(|(_, reason)| *reason).collect()
}

#[test]
fn a_new_device_gets_everything_in_any_order_and_holds_the_same() {
    let (couple, _) = couple();
    let (kim, robin) = (&couple.injured, &couple.involved);
    let (mut new, _) = new_device(kim, 40);
    let mut private = all_pieces(kim, Space::Private);
    private.reverse();
    let n_private = private.len();
    assert_eq!(new.take(kim.me(), Space::Private, &private, vec![]).unwrap().new.len(), n_private);
    let mut shared = all_pieces(kim, Space::Shared);
    let middle = shared.len() / 2;
    shared.rotate_left(middle);
    new.take(kim.me(), Space::Shared, &shared, vec![]).unwrap();
    new.take(robin.me(), Space::Shared, &all_pieces(robin, Space::Shared), vec![]).unwrap();
    assert_eq!(new.state(), kim.state());
    let report = new.doctor().unwrap();
    assert_eq!((report.n_missing, report.n_broken, report.quarantined.len()), (0, 0, 0), "{report:?}");
    assert_eq!(all_pieces(&new, Space::Private), all_pieces(kim, Space::Private), "byte for byte");
}

#[test]
fn what_is_missing_is_counted_and_the_rest_counts_all_the_same() {
    let (couple, _) = couple();
    let robin = &couple.involved;
    let (mut new, disk) = new_device(&couple.injured, 41);
    let mut pieces = all_pieces(robin, Space::Shared);
    let held = pieces.drain(2..4).collect::<Vec<_>>();
    new.take(robin.me(), Space::Shared, &pieces, vec![]).unwrap();
    assert_eq!(new.n_missing_of(robin.me(), Space::Shared), 2);
    assert_eq!(new.doctor().unwrap().n_missing, 2);
    drop(new);
    let phrase_vault = amends_client::LockedVault::find(disk).unwrap();
    let mut new = phrase_vault.unlock(crate::PASSPHRASE, rng(3)).map_err(|failed| failed.reason).unwrap();
    assert_eq!(new.doctor().unwrap().n_missing, 2);
    assert_eq!(new.take(robin.me(), Space::Shared, &held, vec![]).unwrap().new.len(), 2);
    let report = new.doctor().unwrap();
    assert_eq!((report.n_missing, report.n_broken), (0, 0));
}

#[test]
fn pieces_that_do_not_fit_are_refused_one_by_one() {
    let (mut couple, _) = couple();
    let robin = couple.involved.me();
    let shared = all_pieces(&couple.involved, Space::Shared);
    let Piece::Entry(last) = shared.last().unwrap() else { panic!("nothing is erased") };
    let mut rewrapped = last.clone();
    let at = last.windows(32).position(|_| true).unwrap() + 20;
    rewrapped[at] ^= 1;
    let from_kim = all_pieces(&couple.injured, Space::Shared);
    let private = all_pieces(&couple.involved, Space::Private);
    let (mut new, _) = new_device(&couple.injured, 42);
    new.take(robin, Space::Shared, &shared[..shared.len() - 1], vec![]).unwrap();

    let spoilt =
        [Piece::Entry(rewrapped), Piece::Entry(vec![1, 2, 3]), private[0].clone(), from_kim[0].clone()];
    let taken = new.take(robin, Space::Shared, &spoilt, vec![]).unwrap();
    assert_eq!(reasons(&taken), [Reason::Untied, Reason::NotAnEntry, Reason::Misplaced, Reason::Stranger]);
    let taken = new.take(robin, Space::Private, &private, vec![]).unwrap();
    assert_eq!(taken.refused.len(), private.len(), "nobody else's private events come in");
    assert_eq!(new.take(robin, Space::Shared, &shared[shared.len() - 1..], vec![]).unwrap().new.len(), 1);

    // Again: all known, none twice.
    let before = couple.injured.state().clone();
    let taken = couple.injured.take(robin, Space::Shared, &shared, vec![]).unwrap();
    assert_eq!((taken.new.len(), taken.n_known), (0, shared.len()));
    assert_eq!(*couple.injured.state(), before);
}

#[test]
fn a_second_event_under_one_name_is_refused() {
    let (mut one, _) = create();
    write(&mut one, "one");
    let (two, _) = create();
    let mut two = two;
    write(&mut two, "another under the same name");
    let piece = all_pieces(&two, Space::Private);
    let mut twin = open(Disk::default_from(&one));
    let taken = twin.take(one.me(), Space::Private, &piece, vec![]).unwrap();
    assert_eq!(reasons(&taken), [Reason::Conflicting]);
    assert_eq!(letters(&twin), ["one"]);
    // The chain went on elsewhere: this device writes on under another name.
    let id = write(&mut twin, "two");
    assert_ne!(id.device, one.chains_of(one.me(), Space::Private)[0].0);
}

#[test]
fn after_a_device_was_taken_away_its_later_words_do_not_count() {
    let (mut vault, disk) = create();
    let ids = ["one", "two", "stolen"].map(|text| write(&mut vault, text));
    let pieces = all_pieces(&vault, Space::Private);
    let person = Some(vault.me());
    let new = amends_client::NewVault { person, ..crate::new_vault() };
    let (mut other, _) = Vault::create(Disk::default(), new, rng(46)).unwrap();
    other.take(vault.me(), Space::Private, &pieces[..2], vec![]).unwrap();
    other.cut(&[(ids[2].device, 2)]).unwrap();
    let taken = other.take(vault.me(), Space::Private, &pieces[2..], vec![]).unwrap();
    assert_eq!(reasons(&taken), [Reason::AfterRevocation]);
    assert_eq!(letters(&other), ["one", "two"]);
    // What came before the news of it is set aside as well, also after a restart.
    vault.cut(&[(ids[2].device, 2)]).unwrap();
    assert_eq!(letters(&vault), ["one", "two"]);
    drop(vault);
    let vault = open(disk);
    assert_eq!(letters(&vault), ["one", "two"]);
    assert_eq!(vault.quarantined()[0].reason, Reason::AfterRevocation);
}

#[test]
fn an_imported_copy_takes_the_wrapping_of_its_writer() {
    let (couple, _) = couple();
    let robin = &couple.involved;
    let json = robin.export_json(NOW).unwrap();
    let demo = amends_client::NewVault { is_demo: true, ..crate::new_vault() };
    let (mut copy, _) = Vault::create(Disk::default(), demo, rng(44)).unwrap();
    copy.import_json(&json).unwrap();
    for space in [Space::Private, Space::Shared] {
        let pieces = all_pieces(robin, space);
        let taken = copy.take(robin.me(), space, &pieces, vec![]).unwrap();
        assert_eq!((taken.new.len(), taken.refused.len()), (0, 0), "{space:?}: {taken:?}");
        assert_eq!(all_pieces(&copy, space), pieces, "{space:?}");
    }
}

#[test]
fn what_was_erased_here_stays_erased_when_it_comes_again() {
    let (mut vault, disk) = create();
    let id = write(&mut vault, "gone");
    write(&mut vault, "stays");
    let pieces = all_pieces(&vault, Space::Private);
    vault.append(NOW, NewEvent::private(entry::Event::Delete { target: id })).unwrap();
    vault.erase(NOW.plus(2 * WEEK)).unwrap();
    assert_eq!(vault.take(vault.me(), Space::Private, &pieces, vec![]).unwrap().n_known, 2);
    assert_eq!(letters(&vault), ["stays"]);
    let mark = vault.piece(id).unwrap().unwrap();
    assert!(matches!(mark, Piece::Erased(_)));
    // The mark holds the place in the chain on a device that never saw the words.
    let person = Some(vault.me());
    let (mut new, _) =
        Vault::create(Disk::default(), amends_client::NewVault { person, ..crate::new_vault() }, rng(45))
            .unwrap();
    let pieces = all_pieces(&vault, Space::Private);
    assert!(new.take(vault.me(), Space::Private, &pieces, vec![]).unwrap().refused.is_empty());
    assert_eq!((new.doctor().unwrap().n_missing, letters(&new)), (0, vec!["stays"]));
    drop(disk);
}

#[test]
fn a_spoilt_record_is_healed_by_another_device() {
    let (mut vault, disk) = create();
    for text in ["one", "two", "three"] {
        write(&mut vault, text);
    }
    let pieces = all_pieces(&vault, Space::Private);
    drop(vault);
    let record = disk.read_after(Position::START, 9).unwrap()[1].clone();
    disk.clone().commit(&[Change::Replace { id: record.id, bytes: vec![0; 300] }]).unwrap();
    let mut vault = open(disk.clone());
    assert_eq!(letters(&vault), ["one", "three"]);
    vault.take(vault.me(), Space::Private, &pieces, vec![]).unwrap();
    assert_eq!(letters(&vault), ["one", "two", "three"]);
    drop(vault);
    assert!(open(disk).doctor().unwrap().is_healthy());
}

#[test]
fn a_file_put_back_to_an_earlier_state_gets_its_later_entries_again() {
    let (mut vault, disk) = create();
    write(&mut vault, "one");
    let old = Disk::default_from(&vault);
    write(&mut vault, "two");
    let pieces = all_pieces(&vault, Space::Private);
    drop((vault, disk));
    let mut vault = open(old);
    vault.take(vault.me(), Space::Private, &pieces, vec![]).unwrap();
    write(&mut vault, "three");
    assert_eq!(letters(&vault), ["one", "two", "three"]);
}

/// A copy of the file of a vault that [`create`] made.
trait CopyOf {
    fn default_from(vault: &Vault<Disk>) -> Disk;
}

impl CopyOf for Disk {
    fn default_from(vault: &Vault<Disk>) -> Disk {
        let copy = Disk::default();
        let mut twin = create_on(copy.clone()).0;
        let taken =
            twin.take(vault.me(), Space::Private, &all_pieces(vault, Space::Private), vec![]).unwrap();
        assert!(taken.refused.is_empty());
        copy
    }
}

#[test]
fn a_number_that_nobody_can_have_counted_to_is_refused_and_the_chain_goes_on() {
    let (couple, _) = couple();
    let robin = &couple.involved;
    let (mut new, _) = new_device(&couple.injured, 47);
    let mut pieces = all_pieces(robin, Space::Shared);
    let last = pieces.pop().unwrap();
    new.take(robin.me(), Space::Shared, &pieces, vec![]).unwrap();
    for seq in [u64::MAX, u64::MAX - 1, 1 << 53] {
        let mut event = pieces.last().unwrap().event().unwrap();
        event.id.seq = seq;
        let mut entry = Vec::new();
        let mut out = minicbor::Encoder::new(&mut entry);
        out.array(3)
            .unwrap()
            .bytes(&[7; 16])
            .unwrap()
            .bytes(&[8; 32])
            .unwrap()
            .bytes(&event.encode())
            .unwrap();
        let taken = new.take(robin.me(), Space::Shared, &[Piece::Entry(entry)], vec![]).unwrap();
        assert_eq!(reasons(&taken), [Reason::NotAnEntry], "{seq}");
    }
    let taken = new.take(robin.me(), Space::Shared, &[last], vec![]).unwrap();
    assert_eq!((taken.new.len(), new.doctor().unwrap().n_missing), (1, 0));
}
