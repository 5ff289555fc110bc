//! The one vault that a person has open here, or the door in front of it.
//!
//! A shell brings a store (a file, a mirror of what the browser keeps, nothing) and randomness; the screens make the
//! vault, unlock it, write through it and lock it. Between two requests the session is the only thing that holds keys.

use core::fmt;

use amends_client::{
    CreateError, CryptoRng, LockError, LockedVault, NewVault, RecoveryPhrase, UnlockError, UnlockFailed,
    Vault,
};
use amends_domain::id::Millis;
use amends_store::{ReadError, Store};

/// A store of any kind.
pub type AnyStore = Box<dyn Store + Send>;

/// Where vaults are kept on this device, and where random numbers come from. A shell brings it.
pub trait Keeper {
    /// The store with the vault; none if there is nothing yet.
    ///
    /// # Errors
    /// [`ReadError`] if something is there that cannot be read.
    fn look(&mut self) -> Result<Option<AnyStore>, ReadError>;

    /// A new, empty store.
    ///
    /// # Errors
    /// [`ReadError`] if none can be made.
    fn make(&mut self) -> Result<AnyStore, ReadError>;

    /// A generator seeded by the system.
    fn rng(&mut self) -> Box<dyn CryptoRng + Send>;
}

/// What is behind the door.
enum Room {
    /// Nothing can be kept here: nobody brought a keeper.
    None,
    /// There is no vault yet.
    Empty,
    /// A vault that is locked.
    Locked(LockedVault<AnyStore>),
    /// A vault that is open.
    Open(Box<Vault<AnyStore>>),
    /// A store that cannot be used, and why.
    Broken(UnlockError),
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

/// A vault with its door. One person at a time has one.
pub struct Session {
    room: Room,
    keeper: Option<Box<dyn Keeper + Send>>,
    /// Key of a message that the next page shows once ("Kept.").
    said: Option<String>,
}

impl Session {
    /// A session in which nothing can be kept: screens and checks only.
    pub fn without_keeper() -> Self {
        Self { room: Room::None, keeper: None, said: None }
    }

    /// A session at the door of what the keeper has.
    pub fn new(keeper: Box<dyn Keeper + Send>) -> Self {
        let mut session = Self { room: Room::None, keeper: Some(keeper), said: None };
        session.look();
        session
    }

    /// Looks again what there is: after something failed half-way, or when the keeper has another vault. An open
    /// vault is dropped with its keys.
    pub fn look(&mut self) {
        let Some(keeper) = &mut self.keeper else { return };
        self.room = Room::None;
        self.room = match keeper.look().map(|store| store.map(LockedVault::find)) {
            Ok(None | Some(Err(UnlockError::NoVault))) => Room::Empty,
            Ok(Some(Ok(vault))) => Room::Locked(vault),
            Ok(Some(Err(error))) => Room::Broken(error),
            Err(error) => Room::Broken(error.into()),
        };
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

    /// The vault behind the door, locked; what of it needs no key.
    pub fn locked(&self) -> Option<&LockedVault<AnyStore>> {
        match &self.room {
            Room::Locked(vault) => Some(vault),
            _ => None,
        }
    }

    /// Why the store cannot be used.
    pub fn trouble(&self) -> Option<&UnlockError> {
        match &self.room {
            Room::Broken(error) => Some(error),
            _ => None,
        }
    }

    /// Makes a vault and goes in. The phrase is shown once and kept nowhere.
    ///
    /// # Errors
    /// [`CreateError`]; there is no vault, as before.
    pub fn create(&mut self, new: NewVault<'_>) -> Result<RecoveryPhrase, CreateError> {
        let (Room::Empty, Some(keeper)) = (&self.room, &mut self.keeper) else {
            return Err(CreateError::NotEmpty);
        };
        let (vault, phrase) = Vault::create(keeper.make()?, new, keeper.rng())?;
        self.room = Room::Open(Box::new(vault));
        Ok(phrase)
    }

    /// Unlocks with the passphrase.
    ///
    /// # Errors
    /// [`UnlockError`]; the vault stays locked.
    pub fn unlock(&mut self, passphrase: &str) -> Result<(), UnlockError> {
        self.open_with(|vault, rng| vault.unlock(passphrase, rng))
    }

    /// Unlocks with the recovery phrase.
    ///
    /// # Errors
    /// [`UnlockError`]; the vault stays locked.
    pub fn unlock_with_phrase(&mut self, phrase: &RecoveryPhrase) -> Result<(), UnlockError> {
        self.open_with(|vault, rng| vault.unlock_with_phrase(phrase, rng))
    }

    fn open_with(
        &mut self,
        open: impl FnOnce(
            LockedVault<AnyStore>,
            Box<dyn CryptoRng + Send>,
        ) -> Result<Vault<AnyStore>, UnlockFailed<AnyStore>>,
    ) -> Result<(), UnlockError> {
        let Some(rng) = self.keeper.as_mut().map(|keeper| keeper.rng()) else {
            return Err(UnlockError::NoVault);
        };
        let vault = match std::mem::replace(&mut self.room, Room::None) {
            Room::Locked(vault) => vault,
            other => {
                self.room = other;
                return Err(UnlockError::NoVault);
            }
        };
        match open(vault, rng) {
            Ok(vault) => {
                self.room = Room::Open(Box::new(vault));
                Ok(())
            }
            Err(failed) => {
                self.room = Room::Locked(failed.vault);
                Err(failed.reason)
            }
        }
    }

    /// Locks: tidies up and drops the keys.
    ///
    /// # Errors
    /// [`LockError`]; the vault is locked all the same.
    pub fn lock(&mut self, now: Millis) -> Result<(), LockError> {
        match std::mem::replace(&mut self.room, Room::None) {
            Room::Open(vault) => {
                let (locked, tidied) = vault.lock(now);
                self.room = Room::Locked(locked);
                tidied
            }
            other => {
                self.room = other;
                Ok(())
            }
        }
    }

    /// Gives the open vault away, for what needs it whole, and stands at no door until [`Session::look`].
    pub fn take(&mut self) -> Option<Vault<AnyStore>> {
        match std::mem::replace(&mut self.room, Room::None) {
            Room::Open(vault) => Some(*vault),
            other => {
                self.room = other;
                None
            }
        }
    }

    /// Says something on the next page, once (message key).
    pub fn say(&mut self, key: impl Into<String>) {
        self.said = Some(key.into());
    }

    /// What was to be said.
    pub(crate) fn take_said(&mut self) -> Option<String> {
        self.said.take()
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Session({:?})", self.door())
    }
}
