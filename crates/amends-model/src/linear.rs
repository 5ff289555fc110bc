//! The linear model on hashed word and character n-grams: 2^bits buckets, eight bits a weight.
//!
//! Features of a sentence (its words, as `tokens` gives them, joined by one space, a space at either end): word 1- to
//! 3-grams, pairs of words two and three apart, character 3- to 5-grams (bytes), the first two words, and the flag
//! `reply` where the partner said something. `training/ngrams.py` does exactly the same.

use crate::tokens::for_each_word;
use crate::weights::Weights;

const MOST_WORDS: usize = 96;

/// Weights as the file holds them: a row of one weight a check for each bucket.
#[derive(Debug)]
pub(crate) struct Linear {
    pub(crate) bits: u32,
    pub(crate) weights: Weights,
    pub(crate) scales: Vec<f32>,
    pub(crate) bias: Vec<f32>,
}

/// Buffers that are kept between sentences.
#[derive(Debug, Default)]
pub(crate) struct LinearBuffers {
    word: String,
    line: Vec<u8>,
    ends: Vec<(usize, usize)>,
    buckets: Vec<u32>,
    sums: Vec<i32>,
}

impl Linear {
    /// Adds one logit a check to `out`.
    pub(crate) fn logits(
        &self,
        sentence: &str,
        is_reply: bool,
        buffers: &mut LinearBuffers,
        out: &mut Vec<f32>,
    ) {
        features(sentence, is_reply, self.bits, buffers);
        let n_checks = self.bias.len();
        buffers.sums.clear();
        buffers.sums.resize(n_checks, 0);
        for &bucket in &buffers.buckets {
            let row = &self.weights[bucket as usize * n_checks..][..n_checks];
            for (sum, &weight) in buffers.sums.iter_mut().zip(row) {
                *sum += i32::from(weight as i8);
            }
        }
        let length = (buffers.buckets.len().max(1) as f32).sqrt();
        out.clear();
        out.extend(
            buffers
                .sums
                .iter()
                .zip(&self.scales)
                .zip(&self.bias)
                .map(|((&s, scale), b)| s as f32 * scale / length + b),
        );
    }
}

/// Buckets of a text's n-grams, sorted, each once, out of `2^bits`: what the linear model sees of it.
pub fn ngrams(text: &str, is_reply: bool, bits: u32) -> Vec<u32> {
    let mut buffers = LinearBuffers::default();
    features(text, is_reply, bits, &mut buffers);
    buffers.buckets
}

fn features(sentence: &str, is_reply: bool, bits: u32, buffers: &mut LinearBuffers) {
    let LinearBuffers { word, line, ends, buckets, .. } = buffers;
    buckets.clear();
    ends.clear();
    line.clear();
    line.push(b' ');
    for_each_word(sentence, word, |w| {
        if ends.len() < MOST_WORDS {
            let start = line.len();
            line.extend_from_slice(w.as_bytes());
            ends.push((start, line.len()));
            line.push(b' ');
        }
    });
    let mut add = |parts: &[&[u8]]| buckets.push(bucket(parts, bits));
    for (i, &(start, end)) in ends.iter().enumerate() {
        for last in ends[i..].iter().take(3) {
            add(&[b"w", &line[start..last.1]]);
        }
        for far in ends[i..].iter().take(4).skip(2) {
            add(&[b"s", &line[start..end], b" ", &line[far.0..far.1]]);
        }
    }
    if let Some(&(start, _)) = ends.first() {
        add(&[b"first", &line[start..ends[ends.len().min(2) - 1].1]]);
    }
    for n in 3..=5 {
        for gram in line.windows(n) {
            add(&[b"c", gram]);
        }
    }
    if is_reply {
        add(&[b"reply"]);
    }
    buckets.sort_unstable();
    buckets.dedup();
}

/// 32-bit FNV-1a, its high half folded into the low bits.
fn bucket(parts: &[&[u8]], bits: u32) -> u32 {
    let mut hash: u32 = 0x811c_9dc5;
    for &byte in parts.iter().copied().flatten() {
        hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    (hash ^ (hash >> bits)) & ((1 << bits) - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashing_equals_the_training_script() {
        // training/ngrams.py: fnv(b"wsorry"), fnv(b"reply")
        assert_eq!(bucket(&[b"w", b"sorry"], 15), 12927);
        assert_eq!(bucket(&[b"reply"], 15), 17665);
    }
}
