//! A second maker of records, written from docs/formats/record.md alone, with knobs to make them wrong.

use chacha20poly1305::aead::{AeadInOut, KeyInit};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use rand_chacha::rand_core::Rng;
use sha2::Sha256;

use crate::{PLACE, record_key, rng};

/// A record before sealing. Change a field to get a record that is wrong in just that respect.
pub(crate) struct Parts {
    pub(crate) version: u8,
    pub(crate) kind: u8,
    pub(crate) aad_version: u8,
    pub(crate) mac: Option<[u8; 32]>,
    pub(crate) body_len: u32,
    pub(crate) body: Vec<u8>,
    pub(crate) padding: Vec<u8>,
}

impl Parts {
    pub(crate) fn of(body: &[u8], padded_to: usize) -> Self {
        Self {
            version: 1,
            kind: PLACE.kind.0,
            aad_version: 1,
            mac: None,
            body_len: body.len() as u32,
            body: body.to_vec(),
            padding: vec![0; padded_to - 36 - body.len()],
        }
    }

    pub(crate) fn seal(&self) -> Vec<u8> {
        let nonce = [9; 24];
        let aad = [b"amends/1 record".as_slice(), &[self.aad_version, self.kind], &PLACE.id].concat();
        let len = self.body_len.to_be_bytes();
        let committed = [aad.as_slice(), &len, &self.body].concat();
        let mac = self.mac.unwrap_or_else(|| *blake3::keyed_hash(&key(b"record mac"), &committed).as_bytes());
        let mut text = [mac.as_slice(), &len, &self.body, &self.padding].concat();
        XChaCha20Poly1305::new((&key(b"record cipher")).into())
            .encrypt_in_place(&XNonce::from(nonce), &aad, &mut text)
            .unwrap();
        [[self.version, self.kind].as_slice(), &nonce, &text].concat()
    }
}

/// HKDF-SHA-256 without salt of the vault key, info `amends/1 <label> NUL`.
fn key(label: &[u8]) -> [u8; 32] {
    let mut vault_key = [0; 32];
    rng().fill_bytes(&mut vault_key);
    let mut okm = [0; 32];
    let info = [b"amends/1 ", label, b"\0"].concat();
    Hkdf::<Sha256>::new(None, &vault_key).expand(&info, &mut okm).unwrap();
    okm
}

#[test]
fn a_record_made_from_the_description_opens() {
    for (body, padded_to) in [(vec![], 256), (vec![7; 220], 256), (vec![7; 221], 272), (vec![7; 988], 1024)] {
        let record = Parts::of(&body, padded_to).seal();
        assert_eq!(*record_key().open(PLACE, &record).unwrap(), body);
    }
}
