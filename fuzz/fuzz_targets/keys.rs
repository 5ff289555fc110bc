//! Any bytes as what devices tell each other about keys: links, invites, device lists, grants, epochs, kept keys and sessions.
#![no_main]

use amends_crypto::{
    BlobRef, DeviceKeys, DeviceList, EpochBook, Grant, Invite, Joining, LetterShare, ListRecord, PairingLink,
    letter_opens_at, open_letter,
};
use amends_sync::Session;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((kind, bytes)) = bytes.split_first() else { return };
    match kind % 10 {
        0 => {
            if let Ok(record) = ListRecord::parse(bytes) {
                assert_eq!(record.as_bytes(), bytes);
            }
            let _ = DeviceList::from_records([bytes]);
        }
        1 => {
            if let Ok(grant) = Grant::parse(bytes) {
                assert_eq!(grant.as_bytes(), bytes);
            }
        }
        2 => drop(EpochBook::from_bytes(bytes)),
        3 => drop(DeviceKeys::from_bytes(bytes)),
        4 => drop(Invite::from_bytes(bytes)),
        5 => drop(Joining::from_bytes(bytes)),
        6 => {
            if let Ok(text) = core::str::from_utf8(bytes)
                && let Ok(link) = PairingLink::parse(text)
            {
                let again = PairingLink::parse(&link.to_fragment()).expect("its own form");
                assert_eq!(again.pairing(), link.pairing());
            }
        }
        7 => drop(Session::from_bytes(bytes, None)),
        8 => {
            let half = bytes.len() / 2;
            drop(Session::from_bytes(&bytes[..half], Some(&bytes[half..])));
        }
        _ => {
            let _ = BlobRef::from_bytes(bytes);
            let _ = LetterShare::from_bytes(bytes);
            let _ = letter_opens_at(bytes);
            let _ = open_letter(bytes, &[7; 32]);
        }
    }
});
