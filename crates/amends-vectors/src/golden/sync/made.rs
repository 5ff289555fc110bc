//! All that is in the file, made anew with the same randomness, in the same order.

use amends_crypto::{
    BlindingSecret, Control, CryptoRng, DeviceList, Grant, GuestKey, Invite, Joining, Members, Opener,
    PairingPurpose, SealedBlob, SealedLetter, Signer, SpaceKeys, SpaceRoot,
};

use super::{ANA, BEN};
use crate::checks::Wrong;
use crate::golden::people::{Device, NOW, REQUEST, all_cuts, recovery, rotate};
use crate::golden::rng;

type Made = Vec<(&'static str, Vec<u8>)>;

pub(crate) fn all() -> Result<Made, Wrong> {
    let (mut rng, mut all) = (rng(), Made::new());
    let (own_root, pair_root) = (SpaceRoot::make(&mut rng), SpaceRoot::make(&mut rng));
    let mut ana = Device::new(1, &own_root, &pair_root, &mut rng);
    let laptop = Device::new(2, &own_root, &pair_root, &mut rng);
    let mut ben = Device::new(3, &own_root, &pair_root, &mut rng);
    let (ana_list, ben_list) = lists(&mut all, [&mut ana, &mut ben], &laptop, &mut rng)?;
    let lists = [&ana_list, &ben_list];
    let grant = grants(&mut all, [&mut ana, &mut ben], lists, &mut rng)?;
    records(&mut all, &ana, &pair_root, lists, &grant, &mut rng)?;
    pairing(&mut all, &mut rng)?;
    files(&mut all, &mut rng)?;
    Ok(all)
}

fn lists(
    all: &mut Made,
    [ana, ben]: [&mut Device; 2],
    laptop: &Device,
    rng: &mut impl CryptoRng,
) -> Result<(DeviceList, DeviceList), Wrong> {
    let mut keep = |name, bytes: &[u8]| all.push((name, bytes.to_vec()));
    let (mut ana_list, begin) = DeviceList::begin(ANA, &ana.keys, Some(recovery().public()), NOW);
    keep("list-begin", begin.as_bytes());
    let add = ana_list.add(laptop.keys.accept([7; 16]), Signer::Device(&ana.keys), NOW + 1)?;
    keep("list-add", add.as_bytes());
    ana.keys.rekey(rng);
    keep("list-rekey", ana_list.rekey(&ana.keys, NOW + 2)?.as_bytes());
    let revoke = ana_list.revoke(laptop.keys.id(), Signer::Recovery(&recovery()), NOW + 3)?;
    keep("list-revoke", revoke.as_bytes());
    let same_words = ana_list.set_recovery(Some(recovery().public()), Signer::Device(&ana.keys), NOW + 4)?;
    keep("list-recovery", same_words.as_bytes());
    let (ben_list, ben_begin) = DeviceList::begin(BEN, &ben.keys, None, NOW);
    keep("list-begin-of-partner", ben_begin.as_bytes());
    keep("device-keys", &ana.keys.to_bytes());
    keep("device-keys-of-partner", &ben.keys.to_bytes());
    Ok((ana_list, ben_list))
}

fn grants(
    all: &mut Made,
    [ana, ben]: [&mut Device; 2],
    [ana_list, ben_list]: [&DeviceList; 2],
    rng: &mut impl CryptoRng,
) -> Result<Grant, Wrong> {
    let mut keep = |name, bytes: &[u8]| all.push((name, bytes.to_vec()));
    let own_members = Members::new(&[ana_list])?;
    let members = Members::new(&[ana_list, ben_list])?;
    rotate(&mut ana.own, &own_members, &ana.keys, vec![], rng);
    keep("grant-first", rotate(&mut ana.pair, &members, &ana.keys, vec![], rng).as_bytes());
    let grant = rotate(&mut ana.pair, &members, &ana.keys, all_cuts(), rng);
    keep("grant-second", grant.as_bytes());
    ben.pair.apply(&grant, &members, Opener::Device(&ben.keys))?;
    keep("book", &ana.pair.to_bytes());
    Ok(grant)
}

fn records(
    all: &mut Made,
    ana: &Device,
    root: &SpaceRoot,
    [ana_list, ben_list]: [&DeviceList; 2],
    grant: &Grant,
    rng: &mut impl CryptoRng,
) -> Result<(), Wrong> {
    let mut keep = |name, bytes: &[u8]| all.push((name, bytes.to_vec()));
    let members = Members::new(&[ana_list, ben_list])?;
    keep("root", root.to_bytes().as_ref());
    keep("mailbox", &root.mailbox().id.0);
    keep("read-token", root.mailbox().read.bytes());
    keep("append-token", root.mailbox().append.bytes());
    let keys = SpaceKeys { root, book: &ana.pair, own: &ana.own, members: &members, me: ANA };
    keep("entry", &keys.seal_entry(b"It was my choice.", REQUEST, rng)?);
    keep("control", &root.seal_control(Control::Grant(grant.as_bytes()), REQUEST, rng)?);
    let left = recovery().derive_box();
    keep("recovery-box", &left.to_bytes());
    keep("recovery-note", &left.seal_note(b"roots and lists", rng));
    Ok(())
}

fn pairing(all: &mut Made, rng: &mut impl CryptoRng) -> Result<(), Wrong> {
    let mut keep = |name, bytes: &[u8]| all.push((name, bytes.to_vec()));
    let mut invite = Invite::make(PairingPurpose::Partner, NOW, rng);
    keep("pairing-link", invite.link().to_fragment().as_bytes());
    let offer = invite.seal_offer(rng);
    keep("pairing-offer", &offer);
    keep("pairing-invite", &invite.to_bytes());
    let (joining, join) = Joining::begin(invite.link(), &offer, b"Ben", NOW, rng)?;
    keep("pairing-joining", &joining.to_bytes());
    keep("pairing-join", &join);
    let (paired, reveal) = invite.answer(&join, NOW, rng)?;
    keep("pairing-reveal", &reveal);
    keep("pairing-shared", paired.to_bytes().as_ref());
    keep("pairing-words", paired.safety_words().join(" ").as_bytes());
    keep("pairing-space", paired.space_root().to_bytes().as_ref());
    keep("pairing-payload", &paired.seal_payload(b"Ana", rng)?);
    Ok(())
}

fn files(all: &mut Made, rng: &mut impl CryptoRng) -> Result<(), Wrong> {
    let mut keep = |name, bytes: &[u8]| all.push((name, bytes.to_vec()));
    let blob = SealedBlob::seal(b"a picture", rng)?;
    keep("blob-reference", &blob.reference.to_bytes());
    keep("blob-part-hash", blake3::hash(&blob.parts[0]).as_bytes());
    let letter = SealedLetter::seal(b"Read this later.", 1_800_000_000, rng);
    keep("letter", &letter.letter);
    keep("letter-share", &letter.share.to_bytes());
    let (guest, parts) = GuestKey::seal(b"three pages", NOW, rng)?;
    keep("guest-link", guest.to_fragment().as_bytes());
    keep("guest-part-hash", blake3::hash(&parts[0]).as_bytes());
    let blinding = BlindingSecret::make(rng);
    keep("blinding-secret", blinding.to_bytes().as_ref());
    keep("blinded-swim", &blinding.blind(b"swim"));
    Ok(())
}
