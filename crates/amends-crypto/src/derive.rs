//! HKDF-SHA-256 (RFC 5869), the one way in which a key is made from another key.

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn label_and_context_each_give_another_key() {
        let base = derive_key(&[1; 32], b"a", b"x");
        assert_ne!(base, derive_key(&[1; 32], b"b", b"x"));
        assert_ne!(base, derive_key(&[1; 32], b"a", b"y"));
        assert_ne!(base, derive_key(&[2; 32], b"a", b"x"));
        assert_ne!(*derive_key(&[1; 32], b"ab", b""), *derive_key(&[1; 32], b"a", b"b"));
    }
}
