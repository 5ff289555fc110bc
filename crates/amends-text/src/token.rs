//! Tokens: words with their byte range, and what stands between them.

use crate::span::Span;
use crate::vocabulary::{Found, Vocabulary, WordId};

/// A word, or one part of a contraction (the parts of "don't" share its range).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// Which word it is.
    pub word: WordId,
    /// What stands between the previous token and this one.
    pub before: Boundary,
    /// What the analysis found out about it.
    pub flags: TokenFlags,
    /// Index of its clause.
    pub clause: u32,
}

/// Punctuation between two tokens, one bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Boundary(pub u8);

impl Boundary {
    /// A comma.
    pub const COMMA: Self = Self(1);
    /// Semicolon, colon, dash, bracket, ellipsis, emoji: more than a comma.
    pub const BREAK: Self = Self(2);
    /// A double quotation mark.
    pub const QUOTE: Self = Self(4);
    /// A single quotation mark or apostrophe behind a letter or a mark: it may close a quotation.
    pub const SINGLE_CLOSE: Self = Self(8);
    /// An empty line.
    pub const PARAGRAPH: Self = Self(16);
    /// Full stop, question or exclamation mark that ends a sentence.
    pub const STOP: Self = Self(32);
    /// A question mark was among them.
    pub const QUESTION: Self = Self(64);
    /// A single quotation mark behind a blank: it may open a quotation.
    pub const SINGLE_OPEN: Self = Self(128);

    /// Whether any bit of `other` is set.
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

/// Facts about one token, one bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TokenFlags(pub u8);

impl TokenFlags {
    /// Inside quotation marks.
    pub const QUOTED: Self = Self(1);
    /// Reported speech or thought: what somebody else said, or what the writer said in the past.
    pub const REPORTED: Self = Self(2);
    /// In the reach of a negator of its clause.
    pub const NEGATED: Self = Self(4);
    /// Written with a capital first letter.
    pub const CAPITAL: Self = Self(8);
    /// Second or later part of a contraction: shares its range with the token before.
    pub const PART: Self = Self(16);

    /// Whether any bit of `other` is set.
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

/// Longest spelling that is kept while reading; the rest of a longer word is skipped.
const SPELLING_BYTES: usize = 48;

/// Spelling of the word being read: lower case, straight apostrophes.
struct Spelling {
    bytes: [u8; SPELLING_BYTES],
    len: usize,
    overflow: bool,
}

impl Spelling {
    fn push(&mut self, byte: u8) {
        if self.len < SPELLING_BYTES {
            self.bytes[self.len] = byte;
            self.len += 1;
        } else {
            self.overflow = true;
        }
    }

    fn push_char(&mut self, character: char) {
        for lower in character.to_lowercase() {
            let mut buffer = [0; 4];
            for byte in lower.encode_utf8(&mut buffer).bytes() {
                self.push(byte);
            }
        }
    }

    fn as_bytes(&self) -> &[u8] {
        if self.overflow { &[] } else { &self.bytes[..self.len] }
    }
}

/// Reads all tokens of `text` into `tokens` (cleared first).
///
/// Returns the boundary after the last token.
pub(crate) fn read_tokens(text: &str, vocabulary: &Vocabulary, tokens: &mut Vec<Token>) -> Boundary {
    tokens.clear();
    let bytes = text.as_bytes();
    let mut position = 0;
    let mut boundary = Boundary::default();
    let mut sentence_start = true;
    while position < bytes.len() {
        let byte = bytes[position];
        if byte.is_ascii_alphanumeric() || (byte >= 0x80 && starts_word(text, position)) {
            let start = position;
            let (end, token_word) = read_word(text, start, vocabulary, sentence_start);
            push_word(tokens, token_word, text, Span::new(start as u32, end as u32), boundary, vocabulary);
            position = end;
            boundary = Boundary::default();
            sentence_start = false;
            continue;
        }
        let (width, mark) = read_mark(text, position, tokens.last(), vocabulary);
        boundary.add(mark);
        sentence_start |= boundary.has(Boundary::STOP) || boundary.has(Boundary::PARAGRAPH);
        position += width;
    }
    boundary
}

enum Read {
    Word(WordId),
    Expansion(u16),
}

fn push_word(
    tokens: &mut Vec<Token>,
    read: Read,
    text: &str,
    span: Span,
    before: Boundary,
    vocabulary: &Vocabulary,
) {
    let capital = text[span.start as usize..].chars().next().is_some_and(char::is_uppercase);
    let flags = if capital { TokenFlags::CAPITAL } else { TokenFlags::default() };
    if let (Some(last), Read::Word(next)) = (tokens.last().copied(), &read)
        && before.0 == 0
        && let Some(parts) = vocabulary.before(last.word, *next)
    {
        tokens.pop();
        push_parts(tokens, parts, last.span, last.before, last.flags);
    }
    match read {
        Read::Word(word) => tokens.push(Token { span, word, before, flags, clause: 0 }),
        Read::Expansion(index) => {
            push_parts(tokens, vocabulary.expansion(index), span, before, flags);
        }
    }
}

fn push_parts(tokens: &mut Vec<Token>, parts: &[WordId], span: Span, before: Boundary, flags: TokenFlags) {
    for (part, &word) in parts.iter().enumerate() {
        let mut flags = flags;
        let mut before = before;
        if part > 0 {
            flags.add(TokenFlags::PART);
            before = Boundary::default();
        }
        tokens.push(Token { span, word, before, flags, clause: 0 });
    }
}

fn starts_word(text: &str, position: usize) -> bool {
    text[position..].chars().next().is_some_and(char::is_alphanumeric)
}

fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '\u{2019}' | '\u{2018}' | '\u{02bc}' | '`' | '\u{00b4}')
}

/// Reads the word that starts at `start`; returns its end and what it is.
fn read_word(text: &str, start: usize, vocabulary: &Vocabulary, sentence_start: bool) -> (usize, Read) {
    let bytes = text.as_bytes();
    let mut spelling = Spelling { bytes: [0; SPELLING_BYTES], len: 0, overflow: false };
    let mut position = start;
    let mut apostrophe_at = None;
    while position < bytes.len() {
        let byte = bytes[position];
        if byte.is_ascii_alphanumeric() {
            spelling.push(byte.to_ascii_lowercase());
            position += 1;
        } else if byte < 0x80 && byte != b'\'' && byte != b'`' {
            if joins_number(bytes, position) {
                spelling.push(byte);
                position += 1;
            } else {
                break;
            }
        } else {
            let Some(character) = text[position..].chars().next() else { break };
            let width = character.len_utf8();
            if is_apostrophe(character) {
                if !text[position + width..].chars().next().is_some_and(char::is_alphabetic) {
                    break;
                }
                apostrophe_at = Some((position, spelling.len));
                spelling.push(b'\'');
            } else if character.is_alphanumeric() || is_combining(character) {
                spelling.push_char(character);
            } else {
                break;
            }
            position += width;
        }
    }
    if bytes[start].is_ascii_digit() {
        return (position, Read::Word(vocabulary.table().number));
    }
    match look_up(spelling.as_bytes(), vocabulary) {
        Some(read) => (position, read),
        None => {
            if let Some((_, at)) = apostrophe_at
                && let Some(read) = look_up(&spelling.bytes[..at.min(SPELLING_BYTES)], vocabulary)
            {
                return (position, read);
            }
            let guess = vocabulary.guess(spelling.as_bytes());
            let capital = bytes[start].is_ascii_uppercase()
                || (bytes[start] >= 0x80 && text[start..].chars().next().is_some_and(char::is_uppercase));
            let word = if capital && !sentence_start { vocabulary.table().name } else { guess };
            (position, Read::Word(word))
        }
    }
}

/// Combining marks (accents typed apart) and variation selectors belong to the word they follow.
fn is_combining(character: char) -> bool {
    matches!(character, '\u{0300}'..='\u{036f}' | '\u{200c}' | '\u{200d}' | '\u{00ad}')
}

/// Whether the byte at `position` joins digits on both sides ("4,000", "3.5", "12:30", "1/2").
fn joins_number(bytes: &[u8], position: usize) -> bool {
    matches!(bytes[position], b',' | b'.' | b':' | b'/')
        && position > 0
        && bytes[position - 1].is_ascii_digit()
        && bytes.get(position + 1).is_some_and(u8::is_ascii_digit)
}

fn look_up(spelling: &[u8], vocabulary: &Vocabulary) -> Option<Read> {
    if spelling.is_empty() {
        return None;
    }
    if let Some(found) = vocabulary.find(spelling) {
        return Some(read_of(found));
    }
    // "soooo" and "sorrryyy": runs of three or more letters are tried as two, then as one.
    let runs = spelling.windows(3).any(|three| three[0] == three[1] && three[1] == three[2]);
    if !runs {
        return None;
    }
    [2, 1].into_iter().find_map(|keep| {
        let mut shorter = [0; SPELLING_BYTES];
        let mut len = 0;
        let mut run = 0;
        for (index, byte) in spelling.iter().enumerate() {
            run = if index > 0 && spelling[index - 1] == *byte { run + 1 } else { 1 };
            let in_long_run = run > keep && spelling.len() > 3;
            if !in_long_run {
                shorter[len] = *byte;
                len += 1;
            }
        }
        vocabulary.find(&shorter[..len]).map(read_of)
    })
}

fn read_of(found: Found) -> Read {
    match found {
        Found::Word(word) => Read::Word(word),
        Found::Expansion(index) => Read::Expansion(index),
    }
}

/// Reads one character that belongs to no word: its width in bytes and what it separates.
fn read_mark(
    text: &str,
    position: usize,
    last: Option<&Token>,
    vocabulary: &Vocabulary,
) -> (usize, Boundary) {
    let bytes = text.as_bytes();
    match bytes[position] {
        b' ' | b'\t' | b'\r' => (1, Boundary::default()),
        b',' => (1, Boundary::COMMA),
        b'\n' => (1, line_break(bytes, position)),
        b'?' => (1, Boundary(Boundary::STOP.0 | Boundary::QUESTION.0)),
        b'!' => (1, Boundary::STOP),
        b'.' => full_stop(text, position, last, vocabulary),
        b'"' => (1, Boundary::QUOTE),
        b';' | b':' | b'(' | b')' | b'[' | b']' | b'*' | b'|' => (1, Boundary::BREAK),
        b'-' => hyphen(bytes, position),
        b'\'' | b'`' => (1, single_quote(bytes, position)),
        byte if byte < 0x80 => (1, Boundary::default()),
        _ => wide_mark(text, position),
    }
}

/// A single line break inside a paragraph is only a wrapped line; an empty line ends the paragraph.
fn line_break(bytes: &[u8], position: usize) -> Boundary {
    let mut next = position + 1;
    while next < bytes.len() && matches!(bytes[next], b' ' | b'\t' | b'\r') {
        next += 1;
    }
    if bytes.get(next) == Some(&b'\n') {
        return Boundary(Boundary::PARAGRAPH.0 | Boundary::STOP.0);
    }
    let list_item = matches!(bytes.get(next), Some(b'-' | b'*')) && bytes.get(next + 1) == Some(&b' ');
    if list_item { Boundary::STOP } else { Boundary::default() }
}

/// "the folks' house" opens nothing: only a mark behind a blank or a bracket opens a quotation.
fn single_quote(bytes: &[u8], position: usize) -> Boundary {
    let opens = position == 0 || matches!(bytes[position - 1], b' ' | b'\n' | b'\t' | b'(' | b'"');
    if opens { Boundary::SINGLE_OPEN } else { Boundary::SINGLE_CLOSE }
}

fn full_stop(
    text: &str,
    position: usize,
    last: Option<&Token>,
    vocabulary: &Vocabulary,
) -> (usize, Boundary) {
    let bytes = text.as_bytes();
    let mut end = position + 1;
    while bytes.get(end) == Some(&b'.') {
        end += 1;
    }
    let width = end - position;
    if width > 1 {
        // An ellipsis ends the sentence only before a capital letter.
        let next = text[end..].trim_start().chars().next();
        let ends = next.is_none_or(char::is_uppercase);
        return (width, if ends { Boundary::STOP } else { Boundary::BREAK });
    }
    if bytes.get(end).is_some_and(u8::is_ascii_alphanumeric) {
        // "google.com", "e.g.": no sentence end inside a word, unless a capital follows ("end.Next").
        let capital =
            bytes[end].is_ascii_uppercase() && position > 1 && bytes[position - 1].is_ascii_lowercase();
        return (1, if capital { Boundary::STOP } else { Boundary::default() });
    }
    let abbreviated = last.is_some_and(|token| {
        token.span.end as usize == position && {
            let word = token.span.of(text);
            word.len() <= 6
                && vocabulary.table().abbreviations.iter().any(|known| word.eq_ignore_ascii_case(known))
        }
    });
    (1, if abbreviated { Boundary::default() } else { Boundary::STOP })
}

fn hyphen(bytes: &[u8], position: usize) -> (usize, Boundary) {
    let mut end = position + 1;
    while bytes.get(end) == Some(&b'-') {
        end += 1;
    }
    let spaced =
        position > 0 && bytes[position - 1] == b' ' && bytes.get(end).is_none_or(|next| *next == b' ');
    (end - position, if end - position > 1 || spaced { Boundary::BREAK } else { Boundary::default() })
}

fn wide_mark(text: &str, position: usize) -> (usize, Boundary) {
    let Some(character) = text[position..].chars().next() else { return (1, Boundary::default()) };
    let mark = match character {
        '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{00ab}' | '\u{00bb}' => Boundary::QUOTE,
        '\u{2018}' | '\u{2019}' | '\u{201a}' => single_quote(text.as_bytes(), position),
        '\u{2013}' | '\u{2014}' | '\u{2022}' => Boundary::BREAK,
        '\u{2026}' => {
            let next = text[position + character.len_utf8()..].trim_start().chars().next();
            if next.is_none_or(char::is_uppercase) { Boundary::STOP } else { Boundary::BREAK }
        }
        '\u{3002}' | '\u{ff0e}' | '\u{ff01}' | '\u{203c}' => Boundary::STOP,
        '\u{ff1f}' | '\u{203d}' => Boundary(Boundary::STOP.0 | Boundary::QUESTION.0),
        '\u{2028}' | '\u{2029}' => Boundary(Boundary::PARAGRAPH.0 | Boundary::STOP.0),
        // Emoji and pictographs separate like a break; other marks (spaces, accents) do not.
        '\u{2600}'..='\u{27bf}' | '\u{1f300}'..='\u{1faff}' => Boundary::BREAK,
        _ => Boundary::default(),
    };
    (character.len_utf8(), mark)
}
