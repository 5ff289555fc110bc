//! "Not here": how a hint is remembered as unwanted at one place without keeping any text.

use amends_text::{Analysis, Span, Vocabulary};
use serde::{Deserialize, Serialize};

/// Key of one device; without it a fingerprint tells nothing about the words.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct NotHereKey(pub [u8; 32]);

impl std::fmt::Debug for NotHereKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("NotHereKey(..)")
    }
}

/// Keyed hash of a check and the two words on either side of the place, so that it survives edits elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Fingerprint(pub u64);

/// Fingerprint of a finding of `check` at `span`; the words around it count only inside its sentence.
pub fn fingerprint(
    key: &NotHereKey,
    check: &str,
    span: Span,
    text: &str,
    analysis: &Analysis,
    vocabulary: &Vocabulary,
) -> Fingerprint {
    let tokens = &analysis.tokens;
    let first = tokens.partition_point(|token| token.span.end <= span.start);
    let end = tokens.partition_point(|token| token.span.start < span.end);
    let sentence = analysis.sentences.partition_point(|sentence| sentence.tokens.end <= first);
    let range = analysis.sentences.get(sentence).map_or(0..tokens.len(), |sentence| sentence.tokens.clone());
    let first = first.saturating_sub(2).max(range.start);
    let end = (end + 2).min(range.end).max(first);
    let mut hasher = blake3::Hasher::new_keyed(&key.0);
    hasher.update(check.as_bytes());
    for token in &tokens[first..end] {
        hasher.update(b"\0");
        match vocabulary.spelling(token.word) {
            "" => hasher.update(token.span.of(text).to_lowercase().as_bytes()),
            spelling => hasher.update(spelling.as_bytes()),
        };
    }
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
    Fingerprint(u64::from_le_bytes(bytes))
}
