//! Everything that is sent between devices, of version 1.

mod made;
mod read;
mod stored;

use amends_crypto::PersonId;

use crate::checks::{Checks, Wrong, lines, same};

const FILE: &str = include_str!("../../../../amends-crypto/tests/vectors/sync-v1.txt");
const ANA: PersonId = PersonId([1; 16]);
const BEN: PersonId = PersonId([2; 16]);

fn golden(name: &str) -> Result<Vec<u8>, Wrong> {
    let found = lines(FILE).into_iter().find(|(found, _)| *found == name);
    found.map(|(_, bytes)| bytes).ok_or_else(|| Wrong(format!("{name} is missing in the file")))
}

pub(crate) fn sync(checks: &mut Checks) {
    written(checks);
    read::all(checks);
    stored::newer_and_damaged(checks);
}

/// What is written today is version 1 to the byte.
fn written(checks: &mut Checks) {
    let mut made = Vec::new();
    checks.vector("all is made anew", || {
        made = made::all()?;
        let found: Vec<_> = made.iter().map(|(name, _)| *name).collect();
        let expected: Vec<_> = lines(FILE).into_iter().map(|(name, _)| name).collect();
        same("all names", found.join(" "), expected.join(" "))
    });
    for (name, bytes) in made {
        checks.vector(format!("{name} is written the same"), || same("it", bytes, golden(name)?));
    }
}
