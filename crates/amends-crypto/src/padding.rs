//! Padmé padding: the size of a record tells little about what is in it.
//!
//! Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs" (PoPETs 2019):
//! at most 12 % more bytes, and only O(log log n) bits about the length remain visible. The floor makes a tick in a
//! check-in look like a short note.

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
