//! A second maker of entries, written from docs/formats/wire-record.md alone, with knobs to make them wrong.

use amends_crypto::{EpochBook, EpochId, OpenWireError, PersonId};
use chacha20poly1305::aead::{AeadInOut, KeyInit};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use minicbor::Decode;
use minicbor::bytes::ByteArray;
use sha2::Sha256;

use crate::rng;
use crate::world::{REQUEST, World};

/// An entry before sealing. Change a field to get one that is wrong in just that respect.
pub(crate) struct Parts {
    root: [u8; 32],
    epoch: EpochId,
    secret: [u8; 32],
    pub(crate) own_secret: [u8; 32],
    pub(crate) author: PersonId,
    pub(crate) pair_author: PersonId,
    pub(crate) own_space: Option<[u8; 16]>,
    pub(crate) entry: Vec<u8>,
    pub(crate) padding: u8,
}

/// The stored form of a book, as far as it is needed here.
#[derive(Decode)]
#[cbor(map)]
struct Book {
    #[n(2)]
    epochs: Vec<StoredEpoch>,
}

#[derive(Decode)]
#[cbor(map)]
struct StoredEpoch {
    #[n(0)]
    id: ByteArray<32>,
    #[n(4)]
    secret: Option<ByteArray<32>>,
}

/// Secrets of a book, by epoch.
pub(crate) fn secrets(book: &EpochBook) -> Vec<(EpochId, [u8; 32])> {
    let book: Book = minicbor::decode(&book.to_bytes()).unwrap();
    let opened = book.epochs.into_iter().filter_map(|epoch| Some((EpochId(*epoch.id), *epoch.secret?)));
    opened.collect()
}

fn derive(root: &[u8], label: &str, context: &[u8]) -> [u8; 32] {
    let mut okm = [0; 32];
    let info = [b"amends/1 ", label.as_bytes(), b"\0", context].concat();
    Hkdf::<Sha256>::new(None, root).expand(&info, &mut okm).unwrap();
    okm
}

fn hash(label: &str, parts: &[&[u8]]) -> [u8; 32] {
    let mut all = [b"amends/1 ", label.as_bytes(), b"\0"].concat();
    for part in parts {
        all.extend((part.len() as u64).to_be_bytes());
        all.extend_from_slice(part);
    }
    *blake3::hash(&all).as_bytes()
}

impl Parts {
    /// An entry of Ana under the newest epochs of these books.
    pub(crate) fn of(world: &World, pair: &EpochBook, own: &EpochBook, epoch: EpochId) -> Self {
        let (_, secret) = secrets(pair).into_iter().find(|(id, _)| *id == epoch).unwrap();
        Self {
            root: *world.pair_root.to_bytes(),
            epoch,
            secret,
            own_secret: secrets(own).last().unwrap().1,
            author: world.ana.id,
            pair_author: world.ana.id,
            own_space: None,
            entry: b"It was my choice.".to_vec(),
            padding: 0,
        }
    }

    pub(crate) fn seal(&self) -> Vec<u8> {
        let space = &derive(&self.root, "space", b"")[..16];
        let mailbox = derive(&self.root, "mailbox", b"");
        let key_id = &derive(&self.secret, "epoch key id", b"")[..16];
        let mac_id = &derive(&self.own_secret, "mac self id", space)[..16];
        let message = hash("entry", &[space, &self.epoch.0, &self.author.0, mac_id, &self.entry]);
        let pair_key = derive(&self.secret, "mac pair", &self.pair_author.0);
        let own_key =
            derive(&self.own_secret, "mac self", self.own_space.as_ref().map_or(space, |space| space));
        let (pair, own) = (blake3::keyed_hash(&pair_key, &message), blake3::keyed_hash(&own_key, &message));
        let body = [&self.author.0, mac_id, pair.as_bytes(), own.as_bytes(), &self.entry].concat();
        let mut text = [(body.len() as u32).to_be_bytes().as_slice(), &body].concat();
        text.resize(256, self.padding);
        let nonce = [9; 24];
        let aad = [b"amends/1 wire\x01".as_slice(), &mailbox, key_id, &REQUEST.0].concat();
        XChaCha20Poly1305::new((&derive(&self.secret, "entry", b"")).into())
            .encrypt_in_place(&XNonce::from(nonce), &aad, &mut text)
            .unwrap();
        [[1].as_slice(), &mailbox, key_id, &nonce, &text].concat()
    }
}

fn parts(world: &World) -> Parts {
    let (pair, own) = (&world.ana.device.pair, &world.ana.device.own);
    let epoch = pair.epochs().last().unwrap();
    Parts::of(world, pair, own, epoch)
}

#[test]
fn an_entry_made_from_the_description_opens() {
    let world = World::new(&mut rng());
    let record = parts(&world).seal();
    assert_eq!(*world.open_as_ben(&record).unwrap().bytes, b"It was my choice.");
    assert_eq!(world.open_as_ana(&record).unwrap().author, world.ana.id);
}

#[test]
fn entries_wrong_in_one_respect_do_not_open() {
    let world = World::new(&mut rng());
    let with = |change: fn(&mut Parts)| {
        let mut parts = parts(&world);
        change(&mut parts);
        parts.seal()
    };
    let forged = with(|parts| parts.pair_author = PersonId([2; 16]));
    assert_eq!(world.open_as_ben(&forged).unwrap_err(), OpenWireError::Forged);
    let stranger = with(|parts| {
        parts.author = PersonId([9; 16]);
        parts.pair_author = parts.author;
    });
    assert_eq!(world.open_as_ben(&stranger).unwrap_err(), OpenWireError::NotAMember);
    for record in [with(|parts| parts.own_secret = [5; 32]), with(|parts| parts.own_space = Some([5; 16]))] {
        assert_eq!(world.open_as_ana(&record).unwrap_err(), OpenWireError::ForgedAsMine);
        assert!(world.open_as_ben(&record).is_ok(), "only her own devices can tell");
    }
    let padded = with(|parts| parts.padding = 1);
    assert_eq!(world.open_as_ben(&padded).unwrap_err(), OpenWireError::Unreadable);
}
