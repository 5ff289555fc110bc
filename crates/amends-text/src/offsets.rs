//! Positions as editors count them. Inside the engine everything is a byte offset.

/// A position in the units of people and editors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// Offset from the start of the text in UTF-16 code units (browsers, LSP).
    pub utf16: u32,
}

/// Bytes between two remembered positions.
const STRIDE: usize = 1_024;

/// Answers byte offsets in any order: one pass over the text remembers a position every [`STRIDE`] bytes.
#[derive(Debug)]
pub struct Locator<'t> {
    text: &'t str,
    /// Byte and position of every remembered place, ascending.
    known: Vec<(usize, Position)>,
}

impl<'t> Locator<'t> {
    /// Reads `text` once; time and memory are linear in its length.
    pub fn new(text: &'t str) -> Self {
        let mut at = Position { line: 1, column: 1, utf16: 0 };
        let mut known = vec![(0, at)];
        for (byte, character) in text.char_indices() {
            if byte >= known.len() * STRIDE {
                known.push((byte, at));
            }
            at = at.past(character);
        }
        Self { text, known }
    }

    /// Position of byte `offset`; an offset inside a character gives that character's start.
    pub fn locate(&self, offset: u32) -> Position {
        let offset = (offset as usize).min(self.text.len());
        let place = self.known.partition_point(|(byte, _)| *byte <= offset).max(1) - 1;
        let (byte, mut at) = self.known[place];
        for (index, character) in self.text[byte..].char_indices() {
            if byte + index + character.len_utf8() > offset {
                break;
            }
            at = at.past(character);
        }
        at
    }
}

impl Position {
    /// The position behind `character`.
    fn past(self, character: char) -> Self {
        let utf16 = self.utf16 + character.len_utf16() as u32;
        if character == '\n' {
            Self { line: self.line + 1, column: 1, utf16 }
        } else {
            Self { line: self.line, column: self.column + 1, utf16 }
        }
    }
}

/// Byte offset of a UTF-16 offset; past the end gives the length, inside a pair gives the pair's start.
pub fn byte_of_utf16(text: &str, utf16: u32) -> u32 {
    let mut units = 0;
    for (index, character) in text.char_indices() {
        units += character.len_utf16() as u32;
        if units > utf16 {
            return index as u32;
        }
    }
    text.len() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_columns_and_utf16_count_as_editors_do() {
        let text = "I lied.\n\u{1f614} Sorry.";
        let locator = Locator::new(text);
        assert_eq!(locator.locate(2), Position { line: 1, column: 3, utf16: 2 });
        let sorry = text.find("Sorry").expect("it is there") as u32;
        assert_eq!(locator.locate(sorry), Position { line: 2, column: 3, utf16: 11 });
        assert_eq!(byte_of_utf16(text, 11), sorry);
        assert_eq!(locator.locate(0), Position { line: 1, column: 1, utf16: 0 });
    }
}
