//! Columns of numbers: counts, values and differences.

use serde::{Deserialize, Serialize};

use super::Damaged;

/// Lists of numbers: how long each is, and all values; a value is stored as its difference from the one before
/// it in the list, the first of a list as that from the first of the list before.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Lists {
    lengths: Vec<u16>,
    steps: Vec<i16>,
}

impl Lists {
    pub(super) fn of<'l>(lists: impl Iterator<Item = &'l [u16]>) -> Self {
        let mut columns = Self::default();
        let mut first = 0;
        for list in lists {
            columns.lengths.push(list.len() as u16);
            let mut before = first;
            for &value in list {
                columns.steps.push(value.wrapping_sub(before) as i16);
                before = value;
            }
            first = list.first().copied().unwrap_or(first);
        }
        columns
    }

    pub(super) fn read(&self) -> Result<Vec<Vec<u16>>, Damaged> {
        let mut steps = self.steps.as_slice();
        let mut first = 0_u16;
        let mut lists = Vec::with_capacity(self.lengths.len());
        for &length in &self.lengths {
            let (own, rest) = steps.split_at_checked(usize::from(length)).ok_or(Damaged)?;
            steps = rest;
            let mut before = first;
            let mut list = Vec::with_capacity(own.len());
            for &step in own {
                before = before.wrapping_add(step as u16);
                list.push(before);
            }
            first = list.first().copied().unwrap_or(first);
            lists.push(list);
        }
        Ok(lists)
    }
}

/// Texts: how many bytes each shares with the one before, and the rest of each, ended by a zero byte.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Texts {
    shared: Vec<u8>,
    rests: String,
}

impl Texts {
    pub(super) fn of<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        let mut columns = Self::default();
        let mut before = "";
        for text in texts {
            let alike = text.bytes().zip(before.bytes()).take_while(|(one, other)| one == other).count();
            let mut shared = alike.min(usize::from(u8::MAX));
            while !text.is_char_boundary(shared) {
                shared -= 1;
            }
            columns.shared.push(shared as u8);
            columns.rests.push_str(&text[shared..]);
            columns.rests.push('\0');
            before = text;
        }
        columns
    }

    pub(super) fn read(&self) -> Result<Vec<String>, Damaged> {
        let mut texts: Vec<String> = Vec::with_capacity(self.shared.len());
        let mut rests = self.rests.split_terminator('\0');
        for &shared in &self.shared {
            let before = texts.last().map_or("", String::as_str);
            let start = before.get(..usize::from(shared)).ok_or(Damaged)?;
            let rest = rests.next().ok_or(Damaged)?;
            let mut text = String::with_capacity(start.len() + rest.len());
            text.push_str(start);
            text.push_str(rest);
            texts.push(text);
        }
        Ok(texts)
    }
}
