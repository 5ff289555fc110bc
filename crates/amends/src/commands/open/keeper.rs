//! Where the vaults lie on this computer: the very files that the command line uses.

use std::path::{Path, PathBuf};

use amends_client::{CryptoRng, KdfCost, Trouble};
use amends_store_sqlite::{OpenError, SqliteStore};
use amends_ui::{AnyStore, Keeper, Obstacle, Place};

use crate::commands::vault::{self, erase_file};

/// Vault files below one folder.
#[derive(Debug)]
pub(super) struct Files {
    folder: PathBuf,
}

impl Files {
    pub(super) fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// The first vault is the one of the command line; the others lie in folders of their own, where `--data` finds
    /// them.
    fn file(&self, place: Place) -> PathBuf {
        let folder = match place {
            Place::First => self.folder.clone(),
            Place::DemoInvolved => self.folder.join("demo").join("robin"),
            Place::DemoInjured => self.folder.join("demo").join("kim"),
            other => self.folder.join(other.name()),
        };
        folder.join(vault::FILE)
    }
}

impl Keeper for Files {
    fn has(&self, place: Place) -> bool {
        self.file(place).exists()
    }

    fn look(&mut self, place: Place) -> Result<Option<AnyStore>, Obstacle> {
        match SqliteStore::open(&self.file(place)) {
            Ok(store) => Ok(Some(Box::new(store))),
            Err(OpenError::Missing) => Ok(None),
            Err(error) => Err(obstacle(&error)),
        }
    }

    fn make(&mut self, place: Place) -> Result<AnyStore, Obstacle> {
        let file = self.file(place);
        let folder = file.parent().unwrap_or(Path::new(""));
        vault::private_folder(folder).map_err(|_| Obstacle::of(Trouble::ReadOnly))?;
        SqliteStore::create(&file).map(|store| Box::new(store) as AnyStore).map_err(|error| obstacle(&error))
    }

    fn erase(&mut self, place: Place) -> Result<(), Obstacle> {
        let file = self.file(place);
        if !file.exists() {
            return Ok(());
        }
        erase_file(&file).map_err(|error| obstacle(&error))
    }

    fn rng(&mut self) -> Box<dyn CryptoRng + Send> {
        vault::rng()
    }

    fn cost(&self) -> KdfCost {
        vault::cost()
    }
}

fn obstacle(error: &OpenError) -> Obstacle {
    match vault::open_trouble(error) {
        Some(trouble) => Obstacle::of(trouble),
        None => Obstacle::InUse,
    }
}
