//! Halves of keys that lie at the relay: letters that open on a day.
//!
//! The writer's device gives its half, looks once a day whether it is there and still closed, gives it again where it was lost,
//! and takes it back where the letter was taken back. The reader's device fetches it when the day has come, whether or
//! not anybody opens the letter: so the relay learns nothing of when it is read.

use std::collections::BTreeMap;

use amends_crypto::CryptoRng;
use amends_wire::{About, ClientFrame, Code, Sealed, ServerFrame, ShareId, Token, UnixSeconds};
use minicbor::{Decode, Encode};

use super::devices::DAY;
use super::{Log, Machine};
use crate::log::OwnShare;
use crate::notice::{Notice, Outbox};

/// So long after its day the writer's device goes on looking whether the half is there, in milliseconds.
const LOOK_FOR: u64 = 60 * DAY;
/// So long the reader's device waits before it asks again for what it did not get, in milliseconds.
const ASK_AGAIN: u64 = 60 * 60 * 1000;

/// What a relay did wrong with half of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(index_only)]
#[non_exhaustive]
pub enum ShareTrouble {
    /// The writer's device gave it, and it was not there any more.
    #[n(0)]
    Lost,
    /// It is given out before its day.
    #[n(1)]
    Early,
    /// What is given out is not what was left there.
    #[n(2)]
    Wrong,
    /// Its day has come, and there is none.
    #[n(3)]
    Missing,
    /// Its day has come, and the relay says that it has not.
    #[n(4)]
    Late,
}

/// How half of a key stands at the relay, as this device knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ShareStanding {
    /// It was given, and not lost since as far as this device knows.
    pub is_given: bool,
    /// It was taken back.
    pub is_withdrawn: bool,
    /// What the relay did wrong, the last time something was wrong.
    pub trouble: Option<ShareTrouble>,
}

/// What this device knows of one half.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode)]
#[cbor(map)]
pub(super) struct Known {
    #[n(0)]
    given: bool,
    #[n(1)]
    withdrawn: bool,
    /// The day it was last seen there.
    #[n(2)]
    looked: u64,
    #[n(3)]
    trouble: Option<ShareTrouble>,
    /// For the owner: takes it back, also when the letter is gone from this device.
    #[n(4)]
    withdraw: Option<Token>,
    /// For the reader: when to ask again.
    #[n(5)]
    not_before: u64,
}

/// What is being asked about a half.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    Put,
    Look,
    Withdraw,
    Fetch,
}

/// All halves that this device has to do with.
#[derive(Debug, Default)]
pub(super) struct Shares {
    pub(super) known: BTreeMap<ShareId, Known>,
    /// Questions on the present connection that have no answer yet.
    asked: BTreeMap<ShareId, Asked>,
}

impl Shares {
    pub(super) fn disconnected(&mut self) {
        self.asked.clear();
    }

    /// The relay lost what it had: everything is given again.
    pub(super) fn lost(&mut self) {
        self.known.values_mut().for_each(|known| known.given = false);
    }

    fn ask(&mut self, share: ShareId, asked: Asked) -> bool {
        let is_free = !self.asked.contains_key(&share);
        if is_free {
            self.asked.insert(share, asked);
        }
        is_free
    }
}

/// The half that a frame is about, if it is about one.
fn share_of(frame: &ServerFrame) -> Option<ShareId> {
    match frame {
        ServerFrame::Share { share, .. }
        | ServerFrame::Done { about: About::Share(share) }
        | ServerFrame::Refused { about: About::Share(share), .. } => Some(*share),
        _ => None,
    }
}

impl Machine {
    /// How half of a key stands at the relay.
    pub fn share_standing(&self, share: [u8; 16]) -> ShareStanding {
        let known = self.shares.known.get(&ShareId(share));
        known.map_or_else(ShareStanding::default, |known| ShareStanding {
            is_given: known.given,
            is_withdrawn: known.withdrawn,
            trouble: known.trouble,
        })
    }

    /// Gives, looks for, takes back and fetches halves.
    pub(super) fn tend_shares<L: Log>(&mut self, now: u64, log: &L, out: &mut Outbox) {
        if !self.is_connected {
            return;
        }
        let own = log.own_shares();
        for share in &own {
            match share.opens_at {
                Some(opens_at) => self.keep_share(now, share, opens_at, out),
                None => self.withdraw_share(now, ShareId(share.id), Token(*share.withdraw), out),
            }
        }
        // Letters that are gone from this device altogether.
        let gone: Vec<(ShareId, Token)> = self
            .shares
            .known
            .iter()
            .filter(|(id, _)| !own.iter().any(|share| share.id == id.0))
            .filter_map(|(id, known)| known.withdraw.map(|token| (*id, token)))
            .collect();
        for (share, token) in gone {
            self.withdraw_share(now, share, token, out);
        }
        for share in log.awaited_shares(now).into_iter().map(ShareId) {
            let waits = self.shares.known.get(&share).is_some_and(|known| known.not_before > now);
            if !waits && self.shares.ask(share, Asked::Fetch) {
                out.frames.push(ClientFrame::ShareGet { share });
            }
        }
    }

    fn keep_share(&mut self, now: u64, share: &OwnShare, opens_at: u64, out: &mut Outbox) {
        let Some(access) =
            self.pair.as_ref().filter(|pair| pair.link.is_live()).map(|pair| pair.link.access())
        else {
            return;
        };
        let id = ShareId(share.id);
        let token = Token(*share.withdraw);
        let known = self.shares.known.entry(id).or_default();
        known.withdraw = Some(token);
        let (given, today) = (known.given, now / DAY);
        let due = known.looked != today && now < opens_at.saturating_add(LOOK_FOR);
        // What was taken back once stays so.
        if known.not_before > now || known.withdrawn {
            return;
        }
        if !given && self.shares.ask(id, Asked::Put) {
            out.frames.push(ClientFrame::SharePut {
                mailbox: access.mailbox,
                append: access.append,
                share: id,
                withdraw_hash: token.hash(),
                release_at: UnixSeconds(opens_at / 1000),
                bytes: Sealed(share.half.to_vec()),
            });
        } else if given && due && self.shares.ask(id, Asked::Look) {
            out.frames.push(ClientFrame::ShareGet { share: id });
        }
    }

    fn withdraw_share(&mut self, now: u64, share: ShareId, token: Token, out: &mut Outbox) {
        let known = self.shares.known.entry(share).or_default();
        known.withdraw = Some(token);
        let waits = known.withdrawn || known.not_before > now;
        if !waits && self.shares.ask(share, Asked::Withdraw) {
            out.frames.push(ClientFrame::ShareWithdraw { share, token });
        }
    }

    /// An answer about a half. Gives whether it was for this device.
    pub(super) fn share_frame<L: Log>(
        &mut self,
        now: u64,
        frame: &ServerFrame,
        log: &mut L,
        rng: &mut dyn CryptoRng,
        out: &mut Outbox,
    ) -> Result<bool, L::Error> {
        let Some(share) = share_of(frame) else { return Ok(false) };
        let Some(asked) = self.shares.asked.remove(&share) else { return Ok(false) };
        match asked {
            Asked::Fetch => self.fetched(now, share, frame, log, rng, out)?,
            Asked::Look => self.looked(now, share, frame, log, out),
            Asked::Put | Asked::Withdraw => {
                let known = self.shares.known.entry(share).or_default();
                match frame {
                    ServerFrame::Done { .. } if asked == Asked::Put => {
                        (known.given, known.looked) = (true, now / DAY);
                    }
                    ServerFrame::Done { .. } => (known.given, known.withdrawn) = (false, true),
                    _ => known.not_before = now.saturating_add(wait_of(frame)),
                }
            }
        }
        Ok(true)
    }

    /// The writer's device looked whether its half is there.
    fn looked<L: Log>(&mut self, now: u64, share: ShareId, frame: &ServerFrame, log: &L, out: &mut Outbox) {
        let own = log.own_shares();
        let Some(own) = own.iter().find(|own| own.id == share.0) else { return };
        let is_early = own.opens_at.is_some_and(|opens_at| now < opens_at);
        let known = self.shares.known.entry(share).or_default();
        known.looked = now / DAY;
        let trouble = match frame {
            ServerFrame::Refused { code: Code::UnknownItem, .. } => {
                known.given = false;
                Some(ShareTrouble::Lost)
            }
            ServerFrame::Share { .. } if is_early => Some(ShareTrouble::Early),
            ServerFrame::Share { bytes, .. } if bytes.0 != *own.half => {
                known.given = false;
                Some(ShareTrouble::Wrong)
            }
            _ => None,
        };
        if trouble.is_some() && known.trouble != trouble {
            out.notices.extend(trouble.map(Notice::HalfTrouble));
        }
        // Told until the day is over, even if all is well from here on.
        known.trouble = trouble.or(known.trouble);
    }

    /// The reader's device asked for a half whose day has come.
    fn fetched<L: Log>(
        &mut self,
        now: u64,
        share: ShareId,
        frame: &ServerFrame,
        log: &mut L,
        rng: &mut dyn CryptoRng,
        out: &mut Outbox,
    ) -> Result<(), L::Error> {
        let trouble = match frame {
            ServerFrame::Share { bytes, .. } => {
                if log.take_share(now, share.0, &bytes.0)? {
                    self.shares.known.remove(&share);
                    out.notices.push(Notice::Received);
                    return Ok(());
                }
                Some(ShareTrouble::Wrong)
            }
            ServerFrame::Refused { code: Code::UnknownItem, .. } => Some(ShareTrouble::Missing),
            ServerFrame::Refused { code: Code::NotYet, .. } => Some(ShareTrouble::Late),
            _ => None,
        };
        // Not all devices at the same second.
        let mut dice = [0; 2];
        rng.fill_bytes(&mut dice);
        let jitter = u64::from(u16::from_be_bytes(dice)) * (ASK_AGAIN / 4) / 65_536;
        let known = self.shares.known.entry(share).or_default();
        known.not_before = now.saturating_add(ASK_AGAIN + jitter);
        if trouble.is_some() && known.trouble != trouble {
            out.notices.extend(trouble.map(Notice::HalfTrouble));
        }
        known.trouble = trouble.or(known.trouble);
        Ok(())
    }
}

/// How long to wait after a refusal, in milliseconds.
fn wait_of(frame: &ServerFrame) -> u64 {
    match frame {
        ServerFrame::Refused { wait: Some(seconds), .. } => u64::from(*seconds) * 1000,
        _ => ASK_AGAIN,
    }
}
