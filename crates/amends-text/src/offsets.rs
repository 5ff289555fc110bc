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

/// Walks a text once and answers ascending byte offsets.
#[derive(Debug)]
pub struct Locator<'t> {
    text: &'t str,
    byte: usize,
    at: Position,
}

impl<'t> Locator<'t> {
    /// A locator at the start of `text`.
    pub fn new(text: &'t str) -> Self {
        Self { text, byte: 0, at: Position { line: 1, column: 1, utf16: 0 } }
    }

    /// Position of byte `offset`; an offset inside a character gives that character's start. Offsets may come
    /// in any order, ascending ones are cheap.
    pub fn locate(&mut self, offset: u32) -> Position {
        let offset = (offset as usize).min(self.text.len());
        if offset < self.byte {
            *self = Self::new(self.text);
        }
        let rest = &self.text[self.byte..];
        for (index, character) in rest.char_indices() {
            if self.byte + index + character.len_utf8() > offset {
                self.byte += index;
                return self.at;
            }
            self.at.utf16 += character.len_utf16() as u32;
            if character == '\n' {
                self.at.line += 1;
                self.at.column = 1;
            } else {
                self.at.column += 1;
            }
        }
        self.byte = self.text.len();
        self.at
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
        let mut locator = Locator::new(text);
        assert_eq!(locator.locate(2), Position { line: 1, column: 3, utf16: 2 });
        let sorry = text.find("Sorry").expect("it is there") as u32;
        assert_eq!(locator.locate(sorry), Position { line: 2, column: 3, utf16: 11 });
        assert_eq!(byte_of_utf16(text, 11), sorry);
        assert_eq!(locator.locate(0), Position { line: 1, column: 1, utf16: 0 });
    }
}
