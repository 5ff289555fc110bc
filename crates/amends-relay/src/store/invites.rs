//! Invites: who holds one may make some mailboxes. Only its hash is stored.

use std::path::Path;

use amends_wire::Token;
use rusqlite::params;

use super::{OpenError, open};
use crate::clock;

/// Stores a new invite for so many mailboxes; works while the relay runs.
///
/// # Errors
/// [`OpenError`] if the database of this folder cannot be opened or written.
pub fn make_invite(data: &Path, mailboxes: u32) -> Result<Token, OpenError> {
    let connection = open::writer(data, None)?;
    let token = Token(random());
    connection.execute(
        "INSERT INTO invite (hash, left, day) VALUES (?1, ?2, ?3)",
        params![&token.hash().0[..], mailboxes, clock::today()],
    )?;
    Ok(token)
}

/// Random bytes from the operating system.
pub(crate) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}
