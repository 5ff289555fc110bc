//! Padmé padding: the size of a record tells little about what is in it.
//!
//! Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs" (PoPETs 2019):
//! at most 12 % more bytes, and only O(log log n) bits about the length remain visible. The floor makes a tick in a
//! check-in look like a short note.

use zeroize::Zeroizing;

const LEN: usize = 4;

/// No padded text is shorter than this, in bytes.
pub const PADDING_FLOOR: usize = 256;

/// Length to which `len` bytes are padded.
pub fn padded_len(len: usize) -> usize {
    if len <= PADDING_FLOOR {
        return PADDING_FLOOR;
    }
    let exponent = len.ilog2();
    let kept_bits = exponent.ilog2() + 1;
    let mask = (1_usize << (exponent - kept_bits)) - 1;
    (len + mask) & !mask
}

/// Length (4 bytes, big-endian), body, zeros up to [`padded_len`] of both.
pub(crate) fn pad(body: &[u8]) -> Zeroizing<Vec<u8>> {
    let len = u32::try_from(body.len()).expect("what is padded is far below 4 GiB");
    let padded = padded_len(LEN + body.len());
    let mut bytes = Zeroizing::new(Vec::with_capacity(padded));
    bytes.extend_from_slice(&len.to_be_bytes());
    bytes.extend_from_slice(body);
    bytes.resize(padded, 0);
    bytes
}

/// Takes off what [`pad`] put on; `None` when it is not exactly that.
pub(crate) fn unpad(mut bytes: Zeroizing<Vec<u8>>) -> Option<Zeroizing<Vec<u8>>> {
    let len = u32::from_be_bytes(bytes.get(..LEN)?.try_into().ok()?);
    let end = LEN.checked_add(usize::try_from(len).ok()?)?;
    let rest = bytes.get(end..)?;
    if padded_len(end) != bytes.len() || rest.iter().any(|byte| *byte != 0) {
        return None;
    }
    bytes.truncate(end);
    bytes.drain(..LEN);
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn values_of_the_paper_and_the_floor() {
        let pairs = [(0, 256), (1, 256), (256, 256), (257, 272), (272, 272), (1_000, 1_024), (1_025, 1_088)];
        for (len, padded) in pairs {
            assert_eq!(padded_len(len), padded, "{len}");
        }
        assert_eq!(padded_len(1_000_000), 1_015_808);
    }

    proptest! {
        #[test]
        fn never_shorter_never_more_than_twelve_percent_and_stable(len in 0_usize..1 << 27) {
            let padded = padded_len(len);
            prop_assert!(padded >= len);
            prop_assert!(padded <= PADDING_FLOOR.max(len + len * 12 / 100));
            prop_assert_eq!(padded_len(padded), padded);
        }
    }
}
