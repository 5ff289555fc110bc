//! Where vaults are kept on this device. A shell brings a [`Keeper`]: files, or a mirror of the browser's storage.

use amends_client::{CryptoRng, KdfCost, Trouble};
use amends_store::Store;

/// A store of any kind.
pub type AnyStore = Box<dyn Store + Send>;

/// A place for one vault. Each has its own lock; nothing of one gets into another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// The place that is used if nothing else was chosen.
    First,
    /// Another vault on the same device, for example that of the other person.
    Second,
    /// A third one.
    Third,
    /// The demonstration: the invented person who did the harm.
    DemoInvolved,
    /// The demonstration: the invented person who was hurt.
    DemoInjured,
}

impl Place {
    /// Places for vaults of real people.
    pub const REAL: [Self; 3] = [Self::First, Self::Second, Self::Third];
    /// Places of the demonstration: who did the harm, and who was hurt.
    pub const DEMO: [Self; 2] = [Self::DemoInvolved, Self::DemoInjured];

    /// All places.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::REAL.into_iter().chain(Self::DEMO)
    }

    /// Neutral name, in addresses of forms and in the storage.
    pub fn name(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Second => "second",
            Self::Third => "third",
            Self::DemoInvolved => "demo-one",
            Self::DemoInjured => "demo-two",
        }
    }

    /// The place with this name.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::all().find(|place| place.name() == name)
    }

    /// Invented people: never mixed with real ones.
    pub fn is_demo(self) -> bool {
        Self::DEMO.contains(&self)
    }

    /// The other person of the demonstration.
    pub(crate) fn other_in_demo(self) -> Self {
        if self == Self::DemoInvolved { Self::DemoInjured } else { Self::DemoInvolved }
    }
}

/// Why a vault cannot be used as was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Obstacle {
    /// Another program, window or tab has it open.
    InUse,
    /// What happened, in the words of the vault.
    Trouble(Trouble),
}

impl Obstacle {
    /// What went wrong with a vault, as an obstacle.
    pub fn of(trouble: impl Into<Trouble>) -> Self {
        Self::Trouble(trouble.into())
    }
}

/// Where vaults are kept on this device, and where random numbers come from.
pub trait Keeper {
    /// Whether there is something at a place; nothing is opened for that.
    fn has(&self, place: Place) -> bool;

    /// The store at a place; none if there is nothing yet.
    ///
    /// # Errors
    /// [`Obstacle`] if something is there that cannot be opened.
    fn look(&mut self, place: Place) -> Result<Option<AnyStore>, Obstacle>;

    /// A new, empty store at a place.
    ///
    /// # Errors
    /// [`Obstacle`] if none can be made; nothing has changed.
    fn make(&mut self, place: Place) -> Result<AnyStore, Obstacle>;

    /// Takes everything at a place off this device, keys first.
    ///
    /// # Errors
    /// [`Obstacle`]; it can be tried again.
    fn erase(&mut self, place: Place) -> Result<(), Obstacle>;

    /// A generator seeded by the system.
    fn rng(&mut self) -> Box<dyn CryptoRng + Send>;

    /// What a guess of a new passphrase costs.
    fn cost(&self) -> KdfCost {
        KdfCost::RECOMMENDED
    }
}
