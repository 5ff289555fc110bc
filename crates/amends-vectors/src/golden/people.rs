//! Whoever stands in the golden files: devices of Ana and Ben, at a fixed time.

use amends_crypto::{
    ChainId, Chains, CryptoRng, Cut, DeviceKeys, EpochBook, Grant, History, Members, RecoveryKey,
    RecoveryPhrase, RequestId, Rotation, SpaceRoot,
};

use super::PHRASE;

/// Milliseconds of a day.
pub const DAY: u64 = 24 * 60 * 60 * 1000;
/// When everything happens, in milliseconds since 1970.
pub const NOW: u64 = 20_000 * DAY;
/// The request that every record is sent with.
pub const REQUEST: RequestId = RequestId([7; 16]);

/// What one device holds.
#[derive(Debug)]
pub struct Device {
    /// Its own keys.
    pub keys: DeviceKeys,
    /// Epochs of the space of its person.
    pub own: EpochBook,
    /// Epochs of the space of both.
    pub pair: EpochBook,
}

impl Device {
    /// A device that has no epoch yet.
    pub fn new(number: u8, own: &SpaceRoot, pair: &SpaceRoot, rng: &mut impl CryptoRng) -> Self {
        let keys = DeviceKeys::make(chains(number), rng);
        Self { keys, own: EpochBook::new(own.space()), pair: EpochBook::new(pair.space()) }
    }
}

/// The chains of a device.
pub fn chains(number: u8) -> Chains {
    Chains { private: ChainId([number; 16]), shared: ChainId([number + 100; 16]) }
}

/// Ten events of every chain.
pub fn all_cuts() -> Vec<Cut> {
    (1..=9)
        .flat_map(|n| [chains(n).private, chains(n).shared])
        .map(|chain| Cut { chain, until: 10 })
        .collect()
}

/// The recovery key of Ana.
pub fn recovery() -> RecoveryKey {
    RecoveryKey::derive(&RecoveryPhrase::parse(PHRASE).expect("these are words with their checksum"))
}

/// A new epoch, begun by a device of a member.
///
/// # Panics
/// When the device is none of a member.
pub fn rotate(
    book: &mut EpochBook,
    members: &Members<'_>,
    device: &DeviceKeys,
    cuts: Vec<Cut>,
    rng: &mut impl CryptoRng,
) -> Grant {
    let rotation = Rotation { members, device, cuts, history: History::Open, at: NOW };
    book.rotate(&rotation, rng).expect("the device is one of a member")
}
