//! Devices that were added a short time ago: all own devices show them, and what was before reaches them late.

use amends_crypto::{CryptoRng, DeviceKeyId};
use minicbor::{Decode, Encode};

use super::Machine;
use super::devices::DAY;
use crate::item::{Item, Which};
use crate::log::Log;
use crate::space::Chapter;

/// A new device gets what was before after so long, or when a second own device lets it, in milliseconds.
const HISTORY_AFTER: u64 = DAY;
/// So long all own devices show that there is a new one, in milliseconds.
const SHOWN_FOR: u64 = 7 * DAY;
/// When the device that let it in does not come back, another own device hands the history over, in milliseconds.
const OTHERS_AFTER: u64 = 2 * DAY;

/// A device that was added a short time ago.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub(super) struct Newcomer {
    /// When this device heard of it, by its own clock.
    #[n(0)]
    pub(super) since: u64,
    /// Which device let it in.
    #[n(1)]
    pub(super) by: Option<DeviceKeyId>,
    /// One of the own devices.
    #[n(2)]
    pub(super) is_own: bool,
    /// A second own device let it have the history at once.
    #[n(3)]
    pub(super) approved: bool,
    /// This device has begun to hand the history over.
    #[n(4)]
    pub(super) begun: bool,
}

/// A new own device, as all own devices show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewDevice {
    /// Its name.
    pub device: DeviceKeyId,
    /// When this device heard of it, in milliseconds since 1970.
    pub since: u64,
    /// Whether it may read what was before it came.
    pub has_history: bool,
    /// Whether this device can let it have the history at once: it is another one than the one that let it in.
    pub can_approve: bool,
}

impl Machine {
    /// Own devices of the last seven days, to be shown on all own devices.
    pub fn new_devices(&self, now: u64) -> Vec<NewDevice> {
        let fresh = self.newcomers.iter().filter(|(device, newcomer)| {
            newcomer.is_own && self.own.is_active(**device) && now.saturating_sub(newcomer.since) < SHOWN_FOR
        });
        fresh
            .map(|(device, newcomer)| NewDevice {
                device: *device,
                since: newcomer.since,
                has_history: newcomer.approved || now.saturating_sub(newcomer.since) >= HISTORY_AFTER,
                can_approve: newcomer.by != Some(self.device.id()) && *device != self.device.id(),
            })
            .collect()
    }

    /// Lets a new own device have the history at once. Only another device than the one that let it in can do that; gives
    /// whether it can.
    pub fn approve(&mut self, device: DeviceKeyId, now: u64, rng: &mut dyn CryptoRng) -> bool {
        let may = self.new_devices(now).iter().any(|new| new.device == device && new.can_approve);
        if may {
            self.approved(device);
            self.note(&Item::Approve { device }, rng);
        }
        may
    }

    /// Whether a device is so new that it must not get what was before.
    pub(super) fn withholds(&self, now: u64) -> bool {
        let young =
            |newcomer: &Newcomer| now.saturating_sub(newcomer.since) < HISTORY_AFTER && !newcomer.approved;
        self.newcomers.values().any(young)
    }

    pub(super) fn approved(&mut self, device: DeviceKeyId) {
        if let Some(newcomer) = self.newcomers.get_mut(&device) {
            newcomer.approved = true;
            self.changed = true;
        }
    }

    pub(super) fn newcomer_told(&mut self, now: u64, device: DeviceKeyId, by: DeviceKeyId) {
        let newcomer = Newcomer { since: now, by: Some(by), is_own: true, approved: false, begun: false };
        self.newcomers.entry(device).or_insert(newcomer);
        self.changed = true;
    }

    /// Hands everything that was before to a new device, once it may have it.
    pub(super) fn open_history_if_due<L: Log>(&mut self, now: u64, log: &L) {
        let this = self.device.id();
        let mut begun = false;
        for (device, newcomer) in &mut self.newcomers {
            let age = now.saturating_sub(newcomer.since);
            let due = newcomer.is_own && !newcomer.begun && (newcomer.approved || age >= HISTORY_AFTER);
            let mine = newcomer.by == Some(this) || age >= OTHERS_AFTER;
            if due && mine && *device != this && self.own.is_active(*device) {
                newcomer.begun = true;
                begun = true;
            }
        }
        if begun {
            for space in [Which::Own, Which::Pair] {
                let chains = log.chains(space).into_iter().filter(|chain| chain.next > 0);
                self.home.history.extend(chains.map(|chain| Chapter {
                    space,
                    author: chain.author,
                    chain: chain.chain,
                    from: 0,
                    to: chain.next,
                    picture: None,
                    round: now,
                }));
            }
            self.home.history.extend(log.pictures().into_iter().map(|named| Chapter {
                space: Which::Pair,
                author: named.author,
                chain: named.chain,
                from: 0,
                to: u64::MAX,
                picture: Some(named.position),
                round: now,
            }));
            self.changed = true;
        }
        let n_before = self.newcomers.len();
        self.newcomers.retain(|_, newcomer| now.saturating_sub(newcomer.since) < SHOWN_FOR);
        self.changed |= self.newcomers.len() != n_before;
    }
}
