//! Any bytes as a backup, with a right end, so that what is inside is read too.
#![no_main]

use amends_client::Backup;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = Backup::read(bytes);
    let whole = [bytes, blake3::hash(bytes).as_bytes()].concat();
    let _ = Backup::read(&whole);
});
