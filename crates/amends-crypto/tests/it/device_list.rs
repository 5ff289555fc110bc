//! A device list: who may change it, and what happens when two devices do so at once.

use amends_crypto::{
    Applied, DeviceKeys, DeviceList, ListError, ListRecord, ListRecordError, PersonId, Signer,
};
use proptest::prelude::*;

use crate::rng;
use crate::world::{NOW, chains, recovery};

const ANA: PersonId = PersonId([1; 16]);

struct Ana {
    phone: DeviceKeys,
    laptop: DeviceKeys,
    tablet: DeviceKeys,
    list: DeviceList,
}

/// Ana with a phone and a laptop; the tablet is not in the list.
fn ana() -> Ana {
    let mut rng = rng();
    let [phone, laptop, tablet] = [1, 2, 3].map(|n| DeviceKeys::make(chains(n), &mut rng));
    let (mut list, _) = DeviceList::begin(ANA, &phone, Some(recovery().public()), NOW);
    list.add(laptop.accept([0; 16]), Signer::Device(&phone), NOW).unwrap();
    Ana { phone, laptop, tablet, list }
}

fn bytes(list: &DeviceList) -> Vec<Vec<u8>> {
    list.records().iter().map(|record| record.as_bytes().to_vec()).collect()
}

fn read(records: &[Vec<u8>]) -> Result<DeviceList, ListError> {
    DeviceList::from_records(records.iter().map(Vec::as_slice))
}

#[test]
fn a_list_reads_back_from_its_bytes() {
    let mut rng = rng();
    let Ana { mut phone, laptop, tablet, mut list } = ana();
    list.add(tablet.accept([0; 16]), Signer::Device(&laptop), NOW).unwrap();
    list.revoke(laptop.id(), Signer::Device(&phone), NOW).unwrap();
    phone.rekey(&mut rng);
    list.rekey(&phone, NOW).unwrap();
    let again = read(&bytes(&list)).unwrap();
    assert_eq!((again.head(), again.begin_hash(), again.len()), (list.head(), list.begin_hash(), 4));
    assert_eq!(again.active().collect::<Vec<_>>(), list.active().collect::<Vec<_>>());
    assert!(again.is_active(tablet.id()) && again.is_revoked(laptop.id()));
    let key = again.active().find(|device| device.id == phone.id()).unwrap();
    assert_eq!((key.generation, key.kem), (1, phone.public().kem));
    assert_eq!(again.recovery(), Some(&recovery().public()));
}

#[test]
fn a_device_that_is_not_active_changes_nothing() {
    let Ana { phone, laptop, tablet, mut list } = ana();
    let stranger = list.add(tablet.accept([0; 16]), Signer::Device(&tablet), NOW);
    assert_eq!(stranger.unwrap_err(), ListError::SignerNotActive);
    list.revoke(laptop.id(), Signer::Device(&phone), NOW).unwrap();
    let removed = list.add(tablet.accept([0; 16]), Signer::Device(&laptop), NOW);
    assert_eq!(removed.unwrap_err(), ListError::SignerNotActive);
    assert_eq!(list.len(), 3);
}

#[test]
fn a_device_agrees_to_be_added_and_is_added_once() {
    let Ana { phone, laptop, tablet, mut list } = ana();
    let mut changed = tablet.accept([0; 16]);
    changed.pairing[0] ^= 1;
    assert_eq!(list.add(changed, Signer::Device(&phone), NOW).unwrap_err(), ListError::NotAccepted);
    let again = list.add(laptop.accept([0; 16]), Signer::Device(&phone), NOW);
    assert_eq!(again.unwrap_err(), ListError::DoesNotFit);
    list.revoke(laptop.id(), Signer::Device(&phone), NOW).unwrap();
    let back = list.add(laptop.accept([0; 16]), Signer::Device(&phone), NOW);
    assert_eq!(back.unwrap_err(), ListError::DoesNotFit);
    let twice = list.revoke(laptop.id(), Signer::Device(&phone), NOW);
    assert_eq!(twice.unwrap_err(), ListError::DoesNotFit);
}

#[test]
fn the_last_device_goes_only_if_recovery_words_remain() {
    let Ana { phone, laptop, mut list, .. } = ana();
    list.revoke(laptop.id(), Signer::Device(&phone), NOW).unwrap();
    let mut without = list.clone();
    without.set_recovery(None, Signer::Device(&phone), NOW).unwrap();
    let gone = without.revoke(phone.id(), Signer::Device(&phone), NOW);
    assert_eq!(gone.unwrap_err(), ListError::Count);
    list.revoke(phone.id(), Signer::Device(&phone), NOW).unwrap();
    assert_eq!(list.active().count(), 0);
}

#[test]
fn sixteen_devices_are_enough() {
    let mut rng = rng_of(8);
    let Ana { phone, mut list, .. } = ana();
    for number in 3..=16 {
        let device = DeviceKeys::make(chains(number), &mut rng);
        list.add(device.accept([0; 16]), Signer::Device(&phone), NOW).unwrap();
    }
    let one_more = DeviceKeys::make(chains(17), &mut rng).accept([0; 16]);
    assert_eq!(list.add(one_more, Signer::Device(&phone), NOW).unwrap_err(), ListError::Count);
}

#[test]
fn the_recovery_words_bring_a_new_device_in_when_all_are_lost() {
    let Ana { phone, laptop, tablet, mut list } = ana();
    let words = recovery();
    list.add(tablet.accept([0; 16]), Signer::Recovery(&words), NOW).unwrap();
    for lost in [phone.id(), laptop.id()] {
        list.revoke(lost, Signer::Recovery(&words), NOW).unwrap();
    }
    assert_eq!(list.active().map(|device| device.id).collect::<Vec<_>>(), [tablet.id()]);
}

#[test]
fn records_of_others_and_out_of_order_are_told_apart() {
    let Ana { phone, laptop, tablet, list } = ana();
    let (mut ben, _) = DeviceList::begin(PersonId([2; 16]), &tablet, None, NOW);
    assert_eq!(ben.apply(list.records()[1]).unwrap_err(), ListError::OtherPerson);
    let mut ahead = list.clone();
    ahead.set_recovery(None, Signer::Device(&laptop), NOW).unwrap();
    let next = ahead.revoke(laptop.id(), Signer::Device(&phone), NOW).unwrap();
    let mut behind = list;
    assert_eq!(behind.apply(&next).unwrap_err(), ListError::MissingPrevious);
    assert_eq!(behind.apply(ahead.records()[2]), Ok(Applied::Extended));
    assert_eq!(behind.apply(&next), Ok(Applied::Extended));
    assert_eq!(behind.apply(&next), Ok(Applied::Known));
}

#[test]
fn a_record_of_a_newer_version_says_so() {
    let record = ana().list.records()[0].as_bytes().to_vec();
    let mut newer = record;
    assert_eq!(newer[1], 1, "the version is the first item");
    newer[1] = 2;
    assert_eq!(ListRecord::parse(&newer).unwrap_err(), ListRecordError::NewerVersion);
}

/// Two changes after the same record, as each device made it, taken in both orders: what counts, and the heads.
fn both_orders(list: &DeviceList, one: &[ListRecord], other: &[ListRecord]) -> [DeviceList; 2] {
    [[one, other], [other, one]].map(|order| {
        let mut list = list.clone();
        for record in order.into_iter().flatten() {
            list.apply(record).unwrap();
        }
        list
    })
}

fn changed(list: &DeviceList, change: impl FnOnce(&mut DeviceList) -> ListRecord) -> ListRecord {
    change(&mut list.clone())
}

#[test]
fn two_devices_added_at_once_lead_to_one_list_on_all_devices() {
    let Ana { phone, laptop, tablet, list } = ana();
    let watch = DeviceKeys::make(chains(4), &mut rng_of(9));
    let one = changed(&list, |l| l.add(tablet.accept([0; 16]), Signer::Device(&phone), NOW).unwrap());
    let other = changed(&list, |l| l.add(watch.accept([0; 16]), Signer::Device(&laptop), NOW).unwrap());
    let [a, b] = both_orders(&list, &[one], &[other]);
    assert_eq!(a.head(), b.head());
    assert_eq!(a.active().count(), 3);
    let whole = read(&bytes(&a)).unwrap();
    assert_eq!(whole.head(), a.head(), "what was set aside travels along and changes nothing");
}

#[test]
fn removing_a_device_beats_adding_one() {
    let Ana { phone, laptop, tablet, list } = ana();
    let remove = changed(&list, |l| l.revoke(laptop.id(), Signer::Device(&phone), NOW).unwrap());
    let add = changed(&list, |l| l.add(tablet.accept([0; 16]), Signer::Device(&laptop), NOW).unwrap());
    for list in both_orders(&list, &[remove], &[add]) {
        assert!(list.is_revoked(laptop.id()) && !list.is_active(tablet.id()));
    }
}

#[test]
fn a_removed_device_cannot_rewrite_the_past() {
    let Ana { phone, laptop, tablet, list } = ana();
    // The true story: a tablet comes, the phone is removed by the laptop.
    let mut after = list.clone();
    let add = after.add(tablet.accept([0; 16]), Signer::Device(&phone), NOW).unwrap();
    let remove = after.revoke(phone.id(), Signer::Device(&laptop), NOW).unwrap();
    // Whoever has the phone goes back and adds a device of their own.
    let theirs = DeviceKeys::make(chains(5), &mut rng_of(5));
    let forged = changed(&list, |l| l.add(theirs.accept([0; 16]), Signer::Device(&phone), NOW).unwrap());
    for list in both_orders(&list, &[add, remove], &[forged]) {
        assert!(list.is_revoked(phone.id()) && !list.is_active(theirs.id()));
        assert_eq!(list.head(), after.head());
    }
}

#[test]
fn when_two_devices_remove_each_other_the_first_stays_until_the_words_speak() {
    let Ana { phone, laptop, list, .. } = ana();
    let by_phone = changed(&list, |l| l.revoke(laptop.id(), Signer::Device(&phone), NOW).unwrap());
    let by_laptop = changed(&list, |l| l.revoke(phone.id(), Signer::Device(&laptop), NOW).unwrap());
    let [mut a, mut b] =
        both_orders(&list, std::slice::from_ref(&by_phone), std::slice::from_ref(&by_laptop));
    assert!(a.is_active(phone.id()) && b.is_active(laptop.id()));
    // The person types the words and removes the phone, on a device that still has the list of before.
    let spoken = changed(&list, |l| l.revoke(phone.id(), Signer::Recovery(&recovery()), NOW).unwrap());
    a.apply(&spoken).unwrap();
    b.apply(&spoken).unwrap();
    assert!(a.is_active(laptop.id()) && a.is_revoked(phone.id()));
    assert_eq!(a.head(), b.head());
}

#[test]
fn recovery_words_that_were_replaced_are_worthless() {
    let Ana { phone, tablet, list, .. } = ana();
    let replaced = changed(&list, |l| l.set_recovery(None, Signer::Device(&phone), NOW).unwrap());
    let old_words =
        changed(&list, |l| l.add(tablet.accept([0; 16]), Signer::Recovery(&recovery()), NOW).unwrap());
    for mut list in both_orders(&list, &[replaced], &[old_words]) {
        assert!(!list.is_active(tablet.id()));
        let again = list.add(tablet.accept([0; 16]), Signer::Recovery(&recovery()), NOW);
        assert_eq!(again.unwrap_err(), ListError::SignerNotActive);
    }
}

#[test]
fn the_newest_key_of_a_device_counts_in_any_order() {
    let mut rng = rng();
    let Ana { mut phone, list, .. } = ana();
    phone.rekey(&mut rng);
    let first = changed(&list, |l| l.rekey(&phone, NOW).unwrap());
    phone.rekey(&mut rng);
    let second = changed(&list, |l| l.rekey(&phone, NOW).unwrap());
    for list in both_orders(&list, &[first], &[second]) {
        let found = list.active().find(|device| device.id == phone.id()).unwrap();
        assert_eq!((found.generation, found.kem), (2, phone.public().kem));
    }
}

fn rng_of(seed: u8) -> impl amends_crypto::CryptoRng {
    use rand_chacha::rand_core::SeedableRng;
    rand_chacha::ChaCha20Rng::from_seed([seed; 32])
}

#[test]
fn a_record_changed_in_any_byte_is_refused() {
    let Ana { phone, tablet, list, .. } = ana();
    let record = changed(&list, |l| l.add(tablet.accept([0; 16]), Signer::Device(&phone), NOW).unwrap());
    for at in 0..record.as_bytes().len() {
        let mut bytes = record.as_bytes().to_vec();
        bytes[at] ^= 1 << (at % 8);
        let mut list = list.clone();
        let parsed = ListRecord::parse(&bytes).map_err(ListError::from);
        assert!(parsed.and_then(|record| list.apply(&record)).is_err(), "byte {at}");
        assert_eq!(list.len(), 2);
    }
}

#[test]
fn branches_lead_to_one_list_in_any_order_of_arrival() {
    let Ana { phone, laptop, tablet, mut list } = ana();
    list.add(tablet.accept([0; 16]), Signer::Device(&phone), NOW).unwrap();
    // Three devices change the list offline, each several times; one of them removes the tablet.
    let mut records = Vec::new();
    for (seed, by) in [(20, &phone), (21, &laptop), (22, &tablet)] {
        let mut branch = list.clone();
        for number in 0..3 {
            let new = DeviceKeys::make(chains(seed + 3 * number), &mut rng_of(seed + 3 * number));
            records.push(branch.add(new.accept([0; 16]), Signer::Device(by), NOW).unwrap());
        }
        if seed == 21 {
            let watch = branch.active().last().unwrap().id;
            records.push(branch.revoke(watch, Signer::Device(by), NOW).unwrap());
        }
    }
    let arrived = |mut waiting: Vec<ListRecord>| {
        let mut list = list.clone();
        while !waiting.is_empty() {
            waiting.retain(|record| list.apply(record) == Err(ListError::MissingPrevious));
        }
        list
    };
    let expected = arrived(records.clone()).head();
    proptest!(ProptestConfig::with_cases(50), |(order in Just(records.clone()).prop_shuffle())| {
        prop_assert_eq!(arrived(order).head(), expected);
    });
}

proptest! {
    #[test]
    fn any_bytes_are_no_record(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(ListRecord::parse(&bytes).is_err());
    }
}
