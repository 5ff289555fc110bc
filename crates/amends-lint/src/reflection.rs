//! Compares a reply with what the partner said: shared content words and verbatim echo.
//!
//! Similarity alone does not tell a reflection (measured AUC 0.56-0.58 on public sets), so these are only facts
//! that the pack's rules combine with the *form* of the sentence: a statement, no advice, no reason, a guess.

use amends_text::{Analysis, Role, Sentence, Token, Vocabulary, WordId};

use crate::facts::Fact;
use crate::pack::{FactId, Pack};

/// Words in a row that make an echo.
const ECHO_WORDS: usize = 5;

/// Facts about each sentence of a reply: `reply` for all, `reflection.overlap` where it shares a content word
/// with the partner's words, `reflection.echo` where it repeats them verbatim, or a whole sentence of theirs
/// with "I" and "you" exchanged.
pub(crate) fn reflection_facts(
    pack: &Pack,
    vocabulary: &Vocabulary,
    reply: &Analysis,
    partner: &Analysis,
) -> Vec<Fact> {
    let id = |name: &str| pack.fact_names.iter().position(|known| known == name).map(|index| index as FactId);
    let stop = vocabulary.class("stop");
    let lemma = |word: WordId| vocabulary.table().lemmas.get(word as usize).copied().unwrap_or(word);
    let is_content = |token: &Token| {
        !vocabulary.spelling(token.word).is_empty()
            && !stop.is_some_and(|stop| vocabulary.is(token.word, stop))
    };
    let mut said: Vec<WordId> =
        partner.tokens.iter().filter(|token| is_content(token)).map(|token| lemma(token.word)).collect();
    said.sort_unstable();
    said.dedup();
    let mut runs: Vec<[WordId; ECHO_WORDS]> = partner.tokens.windows(ECHO_WORDS).map(words_of).collect();
    runs.sort_unstable();
    let swapped = |analysis: &Analysis, sentence: &Sentence| -> Vec<WordId> {
        analysis.tokens[sentence.tokens.clone()]
            .iter()
            .map(|token| speaker_free(token.word, vocabulary))
            .collect()
    };
    let whole: Vec<Vec<WordId>> =
        partner.sentences.iter().map(|sentence| swapped(partner, sentence)).collect();
    let mut facts = Vec::new();
    for (sentence_idx, sentence) in reply.sentences.iter().enumerate() {
        let tokens = &reply.tokens[sentence.tokens.clone()];
        let mut push = |name: &str| {
            if let Some(fact) = id(name) {
                facts.push(Fact {
                    fact,
                    sentence: sentence_idx as u32,
                    clause: sentence.clauses.start as u32,
                    span: sentence.span,
                    confidence: 100,
                });
            }
        };
        push("reply");
        if tokens.iter().any(|token| is_content(token) && said.binary_search(&lemma(token.word)).is_ok()) {
            push("reflection.overlap");
        }
        let verbatim = tokens.windows(ECHO_WORDS).any(|run| runs.binary_search(&words_of(run)).is_ok());
        if verbatim || (tokens.len() >= 2 && whole.contains(&swapped(reply, sentence))) {
            push("reflection.echo");
        }
    }
    facts
}

/// The word, with "I" and "you", "my" and "your", and the forms of "be" made one.
fn speaker_free(word: WordId, vocabulary: &Vocabulary) -> WordId {
    const SPEAKER: WordId = WordId::MAX;
    const OWNER: WordId = WordId::MAX - 1;
    const BE: WordId = WordId::MAX - 2;
    let roles = vocabulary.roles(word);
    if roles.has(Role::I) || roles.has(Role::You) {
        SPEAKER
    } else if roles.has(Role::My) || roles.has(Role::Your) {
        OWNER
    } else if roles.has(Role::Be) {
        BE
    } else {
        word
    }
}

fn words_of(run: &[Token]) -> [WordId; ECHO_WORDS] {
    std::array::from_fn(|index| run[index].word)
}
