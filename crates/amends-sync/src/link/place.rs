//! How far a device is in a mailbox: kept, sealed, beside what was received.

use std::collections::{BTreeMap, BTreeSet};

use amends_wire::{DeviceToken, Era, MailboxId, Rid, Token};
use minicbor::{Decode, Encode};

/// The name of a mailbox, and what lets a client in.
#[derive(Clone, PartialEq, Eq)]
pub struct Access {
    /// Its name.
    pub mailbox: MailboxId,
    /// To read.
    pub read: Token,
    /// To append.
    pub append: Token,
}

impl core::fmt::Debug for Access {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Access(hidden)")
    }
}

/// How far a device is in a mailbox. Kept, sealed, beside what was received.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Place {
    /// Up to here, everything is stored here or was given up.
    #[n(0)]
    pub(super) cursor: u64,
    /// Which life of the mailbox this counts in.
    #[n(1)]
    pub(super) era: Option<Era>,
    /// How often it was read again in vain.
    #[n(2)]
    pub(super) tries: u8,
    /// Own records behind the cursor that were acknowledged: place and name.
    #[n(3)]
    pub(super) acknowledged: BTreeMap<u64, Rid>,
    /// The cursor at the beginning of some days.
    #[n(4)]
    pub(super) days: BTreeMap<u64, u64>,
    /// By which the relay knows this device, if it is to forget what all have.
    #[n(5)]
    pub(super) device: Option<DeviceToken>,
    /// Places were given up that the relay may show later.
    #[n(6)]
    pub(super) gave_up: bool,
    /// Places whose record could not be read once: each is looked at once more, on another day.
    #[n(7)]
    pub(super) doubted: Option<BTreeSet<u64>>,
    /// Where the mailbox began when it was read from its beginning. Seen there twice, what lies before is believed to be gone.
    #[n(8)]
    pub(super) first: Option<u64>,
    /// Records came before it was known in which life of the mailbox.
    #[n(9)]
    pub(super) heard: Option<bool>,
}

impl Place {
    /// Nothing yet. With a token for the device the relay is told, late, what it need not keep any longer.
    pub fn new(device: Option<DeviceToken>) -> Self {
        Self {
            cursor: 0,
            era: None,
            tries: 0,
            acknowledged: BTreeMap::new(),
            days: BTreeMap::new(),
            device,
            gave_up: false,
            doubted: None,
            first: None,
            heard: None,
        }
    }

    /// From here on: what lies before is not for this device.
    #[must_use]
    pub fn after(mut self, cursor: u64, era: Era) -> Self {
        (self.cursor, self.era) = (cursor, Some(era));
        self
    }

    /// Up to which place (the relay counts from 1) everything is stored here, and in which life of the mailbox.
    pub fn cursor(&self) -> (u64, Option<Era>) {
        (self.cursor, self.era)
    }
}
