//! HKDF-SHA-256 (RFC 5869), the one way in which a key is made from another key.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

/// Derives 32 bytes from `root`; `label` keeps the uses apart and `context` binds the result to public bytes.
pub(crate) fn derive_key(root: &[u8], label: &[u8], context: &[u8]) -> Zeroizing<[u8; 32]> {
    let mut key = Zeroizing::new([0; 32]);
    Hkdf::<Sha256>::new(None, root)
        .expand_multi_info(&[b"amends/1 ", label, b"\0", context], key.as_mut())
        .expect("32 bytes are below the limit of 255 hash lengths");
    key
}

/// 32 secret bytes and the keys made from them so far: reading a history derives the same few keys for every record.
pub(crate) struct KeyRoot {
    bytes: Zeroizing<[u8; 32]>,
    made: Mutex<BTreeMap<Use, Zeroizing<[u8; 32]>>>,
}

/// Label and context. Both come from a small set, so little is kept.
type Use = (&'static [u8], Option<[u8; 16]>);

impl KeyRoot {
    pub(crate) fn new(bytes: Zeroizing<[u8; 32]>) -> Self {
        Self { bytes, made: Mutex::default() }
    }

    pub(crate) fn bytes(&self) -> &Zeroizing<[u8; 32]> {
        &self.bytes
    }

    /// [`derive_key`], once for each use.
    pub(crate) fn derive(&self, label: &'static [u8], context: Option<[u8; 16]>) -> Zeroizing<[u8; 32]> {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let bytes = context.as_ref().map_or([].as_slice(), |context| context);
        made.entry((label, context)).or_insert_with(|| derive_key(self.bytes.as_ref(), label, bytes)).clone()
    }

    /// The first 16 bytes, for names.
    pub(crate) fn derive_name(&self, label: &'static [u8], context: Option<[u8; 16]>) -> [u8; 16] {
        self.derive(label, context)[..16].try_into().expect("16 of 32 bytes")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_root_gives_the_same_key_the_first_and_the_second_time() {
        let root = KeyRoot::new(Zeroizing::new([1; 32]));
        for _ in 0..2 {
            assert_eq!(root.derive(b"a", Some([7; 16])), derive_key(&[1; 32], b"a", &[7; 16]));
            assert_eq!(root.derive(b"a", None), derive_key(&[1; 32], b"a", b""));
            assert_ne!(root.derive(b"a", Some([0; 16])), root.derive(b"a", None));
        }
    }

    #[test]
    fn label_and_context_each_give_another_key() {
        let base = derive_key(&[1; 32], b"a", b"x");
        assert_ne!(base, derive_key(&[1; 32], b"b", b"x"));
        assert_ne!(base, derive_key(&[1; 32], b"a", b"y"));
        assert_ne!(base, derive_key(&[2; 32], b"a", b"x"));
        assert_ne!(*derive_key(&[1; 32], b"ab", b""), *derive_key(&[1; 32], b"a", b"b"));
    }
}
