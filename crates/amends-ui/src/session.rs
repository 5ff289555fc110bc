//! The one vault that a person has open here, or the door in front of it.
//!
//! A shell brings a [`Keeper`]; the screens make the vault, unlock it, write through it and lock it. Between two
//! requests the session is the only thing that holds keys.

use core::fmt;

use amends_client::{
    Backup, CryptoRng, DEMO_PASSPHRASE, LockedVault, NewVault, Passkey, RecoveryPhrase, Stage, SyncError,
    Trouble, UnlockError, UnlockFailed, Vault, demo_couple,
};
use amends_domain::id::{EventId, Millis};
use amends_domain::view::Moment;

use crate::between::Between;
use crate::guest::Guest;
pub(crate) use crate::keeper::AnyStore;
use crate::keeper::{Keeper, Obstacle, Place};
use crate::kit::Kit;

/// What is behind the door.
enum Room {
    /// Nothing can be kept here: nobody brought a keeper.
    None,
    /// There is no vault yet.
    Empty,
    /// A vault that is locked. Its store is let go of, so that other programs can open it.
    Locked(Option<Passkey>),
    /// A vault that is open.
    Open(Box<Vault<AnyStore>>),
    /// Something that cannot be used, and why.
    Broken(Obstacle),
}

/// Which door somebody stands at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// Nothing can be kept here.
    None,
    /// A vault can be made.
    Empty,
    /// A vault is here, locked.
    Locked,
    /// A vault is here, open.
    Open,
    /// Something is here that cannot be opened.
    Broken,
}

/// How surely a shell's storage keeps things, and how much of it is used. Sizes in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Storage {
    /// Whether it may be cleared without asking; unknown if the shell cannot tell.
    pub is_lasting: Option<bool>,
    /// Used by everything of this app.
    pub used: Option<u64>,
    /// The most that may be used.
    pub limit: Option<u64>,
}

/// A vault with its door. One person at a time has one.
pub struct Session {
    room: Room,
    place: Place,
    keeper: Option<Box<dyn Keeper + Send>>,
    /// Key of a message that the next page shows once ("Kept.").
    said: Option<String>,
    /// Whether the request that is answered now wrote something that can be taken back.
    offers_undo: bool,
    /// What goes from vault to vault on this device.
    between: Between,
    /// A guest with a link, who needs no vault.
    guest: Guest,
    /// New recovery words, until they were checked.
    pub(crate) kit: Option<Kit>,
    /// What the shell knows about its storage.
    pub storage: Storage,
}

impl Session {
    /// A session in which nothing can be kept: screens and checks only.
    pub fn without_keeper() -> Self {
        let (room, place) = (Room::None, Place::First);
        let storage = Storage::default();
        Self {
            room,
            place,
            keeper: None,
            said: None,
            offers_undo: false,
            between: Between::default(),
            guest: Guest::default(),
            kit: None,
            storage,
        }
    }

    /// A session at the first door behind which there is a vault.
    pub fn new(keeper: Box<dyn Keeper + Send>) -> Self {
        let mut session = Self { keeper: Some(keeper), ..Self::without_keeper() };
        let used = session.places().into_iter().find(|place| !place.is_demo());
        session.place = used.unwrap_or(Place::First);
        session.look();
        session
    }

    /// Looks again what there is at this place. An open vault is dropped with its keys.
    pub fn look(&mut self) {
        let Some(keeper) = &mut self.keeper else { return };
        self.kit = None;
        self.room = Room::None;
        self.room = match keeper.look(self.place).map(|store| store.map(LockedVault::find)) {
            Ok(None | Some(Err(UnlockError::NoVault))) => Room::Empty,
            Ok(Some(Ok(vault))) => Room::Locked(vault.passkey()),
            Ok(Some(Err(error))) => Room::Broken(Obstacle::of(&error)),
            Err(obstacle) => Room::Broken(obstacle),
        };
    }

    /// Looks again unless the vault is open: another program may have made one, or let go of it.
    pub(crate) fn look_if_closed(&mut self) {
        if self.door() != Door::Open {
            self.look();
        }
    }

    /// Where somebody stands.
    pub fn door(&self) -> Door {
        match &self.room {
            Room::None => Door::None,
            Room::Empty => Door::Empty,
            Room::Locked(_) => Door::Locked,
            Room::Open(_) => Door::Open,
            Room::Broken(_) => Door::Broken,
        }
    }

    /// At which place.
    pub fn place(&self) -> Place {
        self.place
    }

    /// Places of this device at which there is something.
    pub fn places(&self) -> Vec<Place> {
        match &self.keeper {
            Some(keeper) => Place::all().filter(|place| keeper.has(*place)).collect(),
            None => Vec::new(),
        }
    }

    /// Locks, and goes to the door of another place.
    pub fn go_to(&mut self, place: Place, now: Millis) {
        self.lock(now);
        self.place = place;
        self.look();
    }

    /// The open vault.
    pub fn vault(&self) -> Option<&Vault<AnyStore>> {
        match &self.room {
            Room::Open(vault) => Some(vault),
            _ => None,
        }
    }

    /// The open vault, to write.
    pub fn vault_mut(&mut self) -> Option<&mut Vault<AnyStore>> {
        match &mut self.room {
            Room::Open(vault) => Some(vault),
            _ => None,
        }
    }

    /// Why what is here cannot be used.
    pub fn obstacle(&self) -> Option<Obstacle> {
        match &self.room {
            Room::Broken(obstacle) => Some(*obstacle),
            _ => None,
        }
    }

    /// What a guess of a new passphrase costs here.
    pub(crate) fn cost(&self) -> amends_client::KdfCost {
        self.keeper.as_ref().map_or(amends_client::KdfCost::RECOMMENDED, |keeper| keeper.cost())
    }

    /// A generator seeded by the system.
    pub(crate) fn rng(&mut self) -> Option<Box<dyn CryptoRng + Send>> {
        self.keeper.as_mut().map(|keeper| keeper.rng())
    }

    /// Makes a vault and goes in. The recovery phrase is kept nowhere but in what is returned.
    ///
    /// # Errors
    /// [`Obstacle`]; there is no vault, as before.
    pub fn create(&mut self, new: NewVault<'_>) -> Result<RecoveryPhrase, Obstacle> {
        let mut phrase = None;
        self.fill(|store, rng| {
            let (vault, made) = Vault::create(store, new, rng).map_err(|error| Obstacle::of(&error))?;
            phrase = Some(made);
            Ok(vault)
        })?;
        phrase.ok_or(Obstacle::of(Trouble::DiskFailed))
    }

    /// Makes a vault of a backup, at a place where there is none, and goes in.
    ///
    /// # Errors
    /// [`Obstacle`]; there is no vault, as before.
    pub fn restore(&mut self, backup: &Backup, secret: Secret<'_>) -> Result<(), Obstacle> {
        self.fill(|store, rng| {
            let restored = match secret {
                Secret::Passphrase(passphrase) => backup.restore(store, passphrase, rng),
                Secret::Phrase(phrase) => backup.restore_with_phrase(store, phrase, rng),
            };
            restored.map_err(|error| Obstacle::of(&error))
        })
    }

    /// Makes a store and fills it; one that could not be filled is taken away again.
    fn fill(
        &mut self,
        fill: impl FnOnce(AnyStore, Box<dyn CryptoRng + Send>) -> Result<Vault<AnyStore>, Obstacle>,
    ) -> Result<(), Obstacle> {
        self.look_if_closed();
        let (Room::Empty, Some(keeper)) = (&self.room, &mut self.keeper) else {
            return Err(self.obstacle().unwrap_or(Obstacle::of(Trouble::NotEmpty)));
        };
        let store = keeper.make(self.place)?;
        match fill(store, keeper.rng()) {
            Ok(vault) => {
                self.room = Room::Open(Box::new(vault));
                Ok(())
            }
            Err(obstacle) => {
                let _ = keeper.erase(self.place);
                Err(obstacle)
            }
        }
    }

    /// Unlocks with the passphrase.
    ///
    /// # Errors
    /// [`Obstacle`]; the vault stays locked.
    pub fn unlock(&mut self, passphrase: &str) -> Result<(), Obstacle> {
        self.open_with(|vault, rng| vault.unlock(passphrase, rng))
    }

    /// Unlocks with the recovery phrase.
    ///
    /// # Errors
    /// [`Obstacle`]; the vault stays locked.
    pub fn unlock_with_phrase(&mut self, phrase: &RecoveryPhrase) -> Result<(), Obstacle> {
        self.open_with(|vault, rng| vault.unlock_with_phrase(phrase, rng))
    }

    /// Unlocks with the secret of the passkey.
    ///
    /// # Errors
    /// [`Obstacle`]; the vault stays locked.
    pub fn unlock_with_passkey(&mut self, secret: &[u8; 32]) -> Result<(), Obstacle> {
        self.open_with(|vault, rng| vault.unlock_with_passkey(secret, rng))
    }

    /// The passkey that opens the vault here, if there is one.
    pub fn passkey(&self) -> Option<Passkey> {
        match &self.room {
            Room::Locked(passkey) => passkey.clone(),
            Room::Open(vault) => vault.passkey(),
            _ => None,
        }
    }

    fn open_with(
        &mut self,
        open: impl FnOnce(
            LockedVault<AnyStore>,
            Box<dyn CryptoRng + Send>,
        ) -> Result<Vault<AnyStore>, UnlockFailed<AnyStore>>,
    ) -> Result<(), Obstacle> {
        let no_vault = Obstacle::of(Trouble::NoVault);
        if self.door() == Door::Open {
            return Ok(());
        }
        let keeper = self.keeper.as_mut().ok_or(no_vault)?;
        let store = keeper.look(self.place)?.ok_or(no_vault)?;
        let locked = LockedVault::find(store).map_err(|error| Obstacle::of(&error))?;
        match open(locked, keeper.rng()) {
            Ok(vault) => {
                self.room = Room::Open(Box::new(vault));
                Ok(())
            }
            Err(failed) => Err(Obstacle::of(&failed.reason)),
        }
    }

    /// Locks: tidies up, drops the keys, lets go of the store. What could not be tidied up is tried again at the next
    /// opening.
    pub fn lock(&mut self, now: Millis) {
        self.kit = None;
        self.between.hang_up();
        match std::mem::replace(&mut self.room, Room::None) {
            Room::Open(vault) => {
                let passkey = vault.passkey();
                let _ = vault.lock(now);
                self.room = Room::Locked(passkey);
            }
            other => self.room = other,
        }
    }

    /// Reads the open vault anew from its store, after a write that was not kept. If that fails, it is locked.
    pub fn reopen(&mut self) {
        match std::mem::replace(&mut self.room, Room::None) {
            Room::Open(vault) => {
                self.room = match vault.reopen() {
                    Ok(vault) => Room::Open(Box::new(vault)),
                    Err(failed) => Room::Locked(failed.vault.passkey()),
                };
            }
            other => self.room = other,
        }
    }

    /// Takes the vault of this place off the device.
    ///
    /// # Errors
    /// [`Obstacle`]; it can be tried again.
    pub fn erase(&mut self, now: Millis) -> Result<(), Obstacle> {
        self.lock(now);
        let Some(keeper) = &mut self.keeper else { return Ok(()) };
        let erased = keeper.erase(self.place);
        self.look();
        erased
    }

    /// Locks, and goes into the demonstration, in places of its own; the story is played if it is not there yet.
    ///
    /// # Errors
    /// [`Obstacle`].
    pub fn open_demo(&mut self, place: Place, moment: Moment) -> Result<(), Obstacle> {
        let now = moment.now;
        self.lock(now);
        if !Place::DEMO.iter().all(|demo| self.places().contains(demo)) {
            self.play_demo(moment)?;
        }
        self.go_to(place, now);
        self.unlock(DEMO_PASSPHRASE)
    }

    fn play_demo(&mut self, moment: Moment) -> Result<(), Obstacle> {
        let keeper = self.keeper.as_mut().ok_or(Obstacle::of(Trouble::NoVault))?;
        for place in Place::DEMO {
            keeper.erase(place)?;
        }
        let stores = [keeper.make(Place::DemoInvolved)?, keeper.make(Place::DemoInjured)?];
        let couple =
            demo_couple(stores, moment, || keeper.rng()).map_err(|_| Obstacle::of(Trouble::DiskFailed))?;
        let _ = couple.involved.lock(moment.now);
        let _ = couple.injured.lock(moment.now);
        Ok(())
    }

    /// Takes the demonstration off the device and goes to the first door.
    pub fn leave_demo(&mut self, now: Millis) {
        self.lock(now);
        if let Some(keeper) = &mut self.keeper {
            for place in Place::DEMO {
                // What cannot be removed now is replaced the next time the demonstration is opened.
                let _ = keeper.erase(place);
            }
        }
        self.place = Place::First;
        self.place = self.places().first().copied().unwrap_or(Place::First);
        self.look();
    }

    /// Says something on the next page, once (message key).
    pub fn say(&mut self, key: impl Into<String>) {
        self.said = Some(key.into());
    }

    /// Brings what the open vault has for the other vaults of this device to the relay in memory, and fetches what
    /// waits there. Does nothing for a demonstration, before anybody was invited, where this is the only vault, or where
    /// it has another relay.
    ///
    /// # Errors
    /// [`SyncError`]; it can be tried again.
    pub(crate) fn exchange(&mut self, now: Millis) -> Result<(), SyncError> {
        let alone = self.places().iter().filter(|place| !place.is_demo()).count() < 2;
        let (Room::Open(vault), Some(keeper)) = (&mut self.room, &mut self.keeper) else { return Ok(()) };
        let begun = vault.sync_status().has_begun || vault.pairing().is_some();
        let elsewhere = vault.relay_address()?.is_some();
        if alone || !begun || elsewhere || self.place.is_demo() {
            return Ok(());
        }
        let life = keeper.rng().next_u64();
        self.between.exchange(vault, now, life)?;
        // On one device nobody stands between the two, so there is nothing that four words could show.
        if self.between.invitation.is_some() && matches!(vault.pairing(), Some(Stage::Compare(_))) {
            vault.confirm_words(now)?;
            self.between.exchange(vault, now, life)?;
        }
        let taken = self.between.invitation.as_ref().is_some_and(|(from, _)| *from != self.place);
        if taken && vault.partner().is_some() {
            self.between.invitation = None;
        }
        Ok(())
    }

    /// Somebody came with a guest link: what a shell is to ask of the relay at `/v1/call`; nothing if it is no such link.
    pub fn ask_as_guest(&mut self, link: &str) -> Vec<u8> {
        self.guest.ask(link)
    }

    /// What the relay answered; nothing if it could not be reached.
    pub fn answer_guest(&mut self, answer: &[u8], now: Millis) {
        self.guest.answer(answer, now);
    }

    /// Where a guest stands.
    pub(crate) fn guest(&self) -> &Guest {
        &self.guest
    }

    /// A link that no shell has asked about is looked at all the same, and its silence is told.
    pub(crate) fn settle_guest(&mut self, link: &str, now: Millis) {
        if matches!(self.guest, Guest::None) {
            self.guest.ask(link);
        }
        self.guest.answer(&[], now);
    }

    /// The guest has read.
    pub(crate) fn close_guest(&mut self) {
        self.guest = Guest::None;
    }

    /// The invitation that waits on this device, and the place of who invites.
    pub(crate) fn invitation(&self) -> Option<&(Place, String)> {
        self.between.invitation.as_ref()
    }

    /// Keeps an invitation, in memory only.
    pub(crate) fn invite(&mut self, invitation: (Place, String)) {
        self.between.invitation = Some(invitation);
    }

    /// The invitation was taken, or is not wanted any more.
    pub(crate) fn forget_invitation(&mut self) {
        self.between.invitation = None;
    }

    /// What would be taken back now, if anything can be.
    pub(crate) fn undoable(&self) -> Option<EventId> {
        self.vault().and_then(|vault| vault.undoable()).map(|event| event.id)
    }

    /// Offers to take back what was written since `before`.
    pub(crate) fn offer_undo_since(&mut self, before: Option<EventId>) {
        let now = self.undoable();
        self.offers_undo = now.is_some() && now != before;
    }

    /// Whether the page offers to take back what was written just now.
    pub(crate) fn offers_undo(&self) -> bool {
        self.offers_undo
    }

    /// What was to be said.
    pub(crate) fn take_said(&mut self) -> Option<String> {
        self.said.take()
    }
}

/// What opens a backup.
#[derive(Clone, Copy)]
pub enum Secret<'s> {
    /// The passphrase that the vault had when the backup was made.
    Passphrase(&'s str),
    /// The recovery phrase of that moment.
    Phrase(&'s RecoveryPhrase),
}

impl fmt::Debug for Secret<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(hidden)")
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Session({:?})", self.door())
    }
}
