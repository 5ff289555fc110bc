//! A guest of both: keys when the second person agrees, the link, and reading with it.

use amends_crypto::{GuestKey, Zeroizing};
use amends_domain::event::Body;
use amends_domain::id::{DAY, EntryId, Millis};
use amends_domain::prove::communication::{Event, GuestSheet, Half};
use amends_store::Store;
use amends_sync::{GuestProblem, GuestVisit, ShareStanding};

use super::Vault;

/// The link of a sheet that is open, for both to hand out.
pub struct GuestLink {
    /// Stands after the address; never sent to a server.
    pub fragment: Zeroizing<String>,
    /// When it ends.
    pub until: Millis,
    /// How it stands at the relay.
    pub standing: ShareStanding,
}

impl core::fmt::Debug for GuestLink {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("GuestLink(hidden)")
    }
}

/// What a guest reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuestRead {
    /// The sheet.
    pub sheet: GuestSheet,
    /// When it ends.
    pub until: Millis,
}

/// Opens a sheet with what the relay answered to [`GuestVisit::question`].
///
/// # Errors
/// [`GuestProblem`]: its time is over at `now`, it is gone, the relay did not answer, or it cannot be read.
pub fn open_guest(visit: &GuestVisit, answer: &[u8], now: Millis) -> Result<GuestRead, GuestProblem> {
    let (bytes, until) = visit.open(answer, now.0)?;
    let sheet: GuestSheet =
        minicbor::decode(&bytes).map_err(|_| GuestProblem::Key(amends_crypto::GuestError::Unreadable))?;
    match sheet.version {
        1 => Ok(GuestRead { sheet, until: Millis(until) }),
        _ => Err(GuestProblem::Key(amends_crypto::GuestError::NewerVersion)),
    }
}

impl<S: Store> Vault<S> {
    /// The body with new keys and its end, where it agrees to a sheet and has none.
    pub(super) fn with_guest_keys(&mut self, now: Millis, body: Body) -> Body {
        match body {
            Body::Communication(Event::AgreeGuest { offer, key, .. }) if key == Half::none() => {
                let days = self.state.world().communication.guest(offer).map_or(0, |guest| guest.offer.days);
                let (mut key, mut append) = (Half::none(), Half::none());
                self.rng.fill_bytes(&mut key.0);
                self.rng.fill_bytes(&mut append.0);
                let until = self.next_stamp(now).time().plus(u64::from(days) * DAY);
                Event::AgreeGuest { offer, key, append, until }.into()
            }
            other => other,
        }
    }

    /// The link of a sheet that both agreed to and nobody ended, while its time runs.
    pub fn guest_link(&self, offer: EntryId, now: Millis) -> Option<GuestLink> {
        let guest = self.state.world().communication.guest(offer).filter(|guest| guest.is_open(now))?;
        let pass = guest.pass?;
        let sheet = minicbor::to_vec(&guest.offer.sheet).ok()?;
        let (key, _) = GuestKey::seal_with(&pass.key.0, &sheet, pass.until.0).ok()?;
        let machine = self.sync.as_ref().and_then(|session| session.machine());
        let standing = machine.map(|machine| machine.guest_standing(&pass.key.0)).unwrap_or_default();
        Some(GuestLink { fragment: key.to_fragment(), until: pass.until, standing })
    }
}
