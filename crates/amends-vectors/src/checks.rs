//! How a vector is checked, and how one that fails names itself.

use std::cell::RefCell;
use std::fmt::{Debug, Display};

thread_local! {
    static AT: RefCell<String> = const { RefCell::new(String::new()) };
}

/// The vector that is being checked, or was the last: its name when a check ends in a panic.
pub fn at() -> String {
    AT.with_borrow(Clone::clone)
}

/// What was found of a group.
#[derive(Debug, Clone)]
pub struct Checks {
    group: &'static str,
    /// How many vectors were checked.
    pub n: usize,
    /// The vectors that failed, each with its name and what was found instead.
    pub wrong: Vec<String>,
}

/// Why a vector fails. Not `Debug`, so that every error can become one.
pub(crate) struct Wrong(pub(crate) String);

impl<E: Debug> From<E> for Wrong {
    fn from(error: E) -> Self {
        Self(format!("{error:?}"))
    }
}

impl Checks {
    pub(crate) fn new(group: &'static str) -> Self {
        Self { group, n: 0, wrong: Vec::new() }
    }

    /// Checks one vector.
    pub(crate) fn vector(&mut self, name: impl Display, check: impl FnOnce() -> Result<(), Wrong>) {
        let name = format!("{}: {name}", self.group);
        AT.set(name.clone());
        self.n += 1;
        if let Err(Wrong(why)) = check() {
            self.wrong.push(format!("{name}: {why}"));
        }
    }
}

/// Fails where these are not the same bytes; says from where on.
pub(crate) fn same(what: &str, found: impl AsRef<[u8]>, expected: impl AsRef<[u8]>) -> Result<(), Wrong> {
    let (found, expected) = (found.as_ref(), expected.as_ref());
    if found == expected {
        return Ok(());
    }
    let from = found.iter().zip(expected).take_while(|(one, other)| one == other).count();
    let part = |bytes: &[u8]| hex(&bytes[from..bytes.len().min(from + 16)]);
    let lens = (found.len(), expected.len());
    Err(Wrong(format!(
        "{what} is {} and not {} from byte {from} on (of {} and {})",
        part(found),
        part(expected),
        lens.0,
        lens.1
    )))
}

/// Fails where this does not hold.
pub(crate) fn holds(what: &str, holds: bool) -> Result<(), Wrong> {
    if holds { Ok(()) } else { Err(Wrong(format!("does not hold: {what}"))) }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The bytes of these digits; what is no digit is left out.
pub(crate) fn unhex(digits: &str) -> Vec<u8> {
    let digits: Vec<u8> = digits.chars().filter_map(|c| c.to_digit(16)).map(|d| d as u8).collect();
    digits.chunks(2).map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit)).collect()
}

/// The same, as many as are expected.
pub(crate) fn array<const N: usize>(digits: &str) -> Result<[u8; N], Wrong> {
    Ok(unhex(digits).try_into()?)
}

/// Lines `name: hex` of a vector file; `#` begins a comment.
pub(crate) fn lines(file: &'static str) -> Vec<(&'static str, Vec<u8>)> {
    file.lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .filter_map(|line| line.split_once(": "))
        .map(|(name, digits)| (name, unhex(digits)))
        .collect()
}
