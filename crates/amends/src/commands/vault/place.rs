//! Where the vault lies, the clock, and opening and locking it.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::Instant;

use amends_calendar::Zone;
use amends_client::{CryptoRng, LockedVault, Trouble, Vault};
use amends_domain::clock::ClockChange;
use amends_domain::id::Millis;
use amends_messages::Messages;
use amends_store::{Change, Store as _};
use amends_store_sqlite::{OpenError, SqliteStore};
use anyhow::Context as _;

use super::{secret, trouble};

/// The vault of the command line: one SQLite file.
pub(crate) type OpenVault = Vault<SqliteStore>;

/// Name of a vault file.
pub(crate) const FILE: &str = "vault.amends";

/// Which vault, and how its passphrase is given.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Place {
    /// Folder of the vault; else the environment variable AMENDS_DATA, else this system's folder for program data.
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,
    /// File whose first line is the passphrase; `-` for the first line of standard input. Asked for if left out.
    #[arg(long, value_name = "FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,
}

impl Place {
    /// A vault in this folder, with the same way to its passphrase.
    pub(super) fn in_folder(folder: PathBuf) -> Self {
        Self { data: Some(folder), passphrase_file: None }
    }

    pub(super) fn folder(&self) -> anyhow::Result<PathBuf> {
        let folder = self.data.clone().or_else(usual_folder);
        folder.context("this system has no folder for program data: use --data")
    }

    /// The vault file.
    pub(super) fn file(&self) -> anyhow::Result<PathBuf> {
        Ok(self.folder()?.join(FILE))
    }

    /// Whether there is something where the vault would be.
    pub(crate) fn exists(&self) -> bool {
        self.file().is_ok_and(|file| file.exists())
    }

    /// A new, empty store; its folder is made if it is not there.
    pub(super) fn create_store(&self, words: &Messages) -> anyhow::Result<SqliteStore> {
        let folder = self.folder()?;
        private_folder(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        SqliteStore::create(&self.file()?).map_err(|error| open_error(words, &error))
    }

    /// The vault, locked.
    pub(super) fn find(&self, words: &Messages) -> anyhow::Result<LockedVault<SqliteStore>> {
        let store = SqliteStore::open(&self.file()?).map_err(|error| open_error(words, &error))?;
        LockedVault::find(store).map_err(|error| trouble(words, &error))
    }

    /// Asks for the passphrase and opens the vault.
    pub(crate) fn open(&self, words: &Messages) -> anyhow::Result<OpenVault> {
        let locked = self.find(words)?;
        let passphrase = secret::passphrase(self.passphrase_file.as_deref(), words, "vault-ask-passphrase")?;
        let opened = locked.unlock(&passphrase, rng());
        opened.map_err(|failed| trouble(words, &failed.reason))
    }
}

/// `AMENDS_DATA`, or this system's folder for program data.
pub(crate) fn usual_folder() -> Option<PathBuf> {
    let named = std::env::var_os("AMENDS_DATA").filter(|value| !value.is_empty()).map(PathBuf::from);
    named.or_else(|| dirs::data_dir().map(|folder| folder.join("amends")))
}

/// Locks the vault. What could not be tidied up is said, and is no failure of the command.
pub(crate) fn lock(vault: OpenVault, words: &Messages) {
    if let (_, Err(error)) = vault.lock(now()) {
        anstream::eprintln!("amends: {:#}", trouble(words, &error));
    }
}

fn open_error(words: &Messages, error: &OpenError) -> anyhow::Error {
    match open_trouble(error) {
        Some(known) => trouble(words, known),
        None => anyhow::anyhow!("{}", words.text("vault-in-use")),
    }
}

/// What it means that a vault file cannot be opened; nothing if another program has it open.
pub(crate) fn open_trouble(error: &OpenError) -> Option<Trouble> {
    Some(match error {
        OpenError::InUse => return None,
        OpenError::Missing => Trouble::NoVault,
        OpenError::Exists => Trouble::NotEmpty,
        OpenError::NewerVersion(_) => Trouble::NewerVersion,
        OpenError::NotAVault | OpenError::Damaged => Trouble::Damaged,
        OpenError::ReadOnly => Trouble::ReadOnly,
        OpenError::Full => Trouble::DiskFull,
        _ => Trouble::DiskFailed,
    })
}

/// Takes a vault file off the disk: first what is in it, keys included, then the file itself. A file that cannot be
/// read as a vault is removed as it is.
pub(crate) fn erase_file(file: &Path) -> Result<(), OpenError> {
    match SqliteStore::open(file) {
        Ok(mut store) => {
            let names = store.names("").unwrap_or_default();
            let gone: Vec<Change> = names.into_iter().map(|name| Change::Delete { name }).collect();
            // If it cannot be written any more, removing the file is still right.
            let _ = store.commit(&gone).map(|()| store.compact());
        }
        Err(error @ (OpenError::InUse | OpenError::NewerVersion(_))) => return Err(error),
        Err(_) => {}
    }
    for end in ["", "-wal", "-shm", "-journal"] {
        let mut name = file.as_os_str().to_owned();
        name.push(end);
        match std::fs::remove_file(&name) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(OpenError::Failed(error.into()));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Randomness of the operating system.
pub(crate) fn rng() -> Box<dyn CryptoRng + Send> {
    Box::new(rand_core::UnwrapErr(getrandom::SysRng))
}

/// Now, by this device's clock. Builds for development may be told when they begin, so that pictures of the invented
/// couple stay the same.
pub(crate) fn now() -> Millis {
    static BEGUN: LazyLock<Option<(u64, Instant)>> = LazyLock::new(|| {
        let told = std::env::var("AMENDS_BEGIN_AT").ok().filter(|_| cfg!(debug_assertions));
        told.and_then(|millis| millis.parse().ok()).map(|millis| (millis, Instant::now()))
    });
    if let Some((millis, begun)) = *BEGUN {
        return Millis(millis + u64::try_from(begun.elapsed().as_millis()).unwrap_or(0));
    }
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    Millis(since.ok().and_then(|since| u64::try_from(since.as_millis()).ok()).unwrap_or(0))
}

/// Minutes between UTC and this device's time zone at a moment (east is positive).
pub(crate) fn offset_at(at: Millis) -> i16 {
    use chrono::{Local, Offset as _, TimeZone as _};
    let Some(utc) = i64::try_from(at.0).ok().and_then(chrono::DateTime::from_timestamp_millis) else {
        return 0;
    };
    let seconds = Local.offset_from_utc_datetime(&utc.naive_utc()).fix().local_minus_utc();
    i16::try_from(seconds / 60).unwrap_or(0)
}

/// Time zone of this computer, where it tells its name. `TZ` comes first, as for [`offset_at`].
pub(crate) fn zone() -> Option<Zone> {
    let name = std::env::var("TZ").ok().filter(|name| !name.is_empty());
    name.or_else(|| iana_time_zone::get_timezone().ok())?.trim_start_matches(':').parse().ok()
}

/// The changes of this computer's clock after a moment, where its zone is known.
pub(crate) fn clock_changes(after: Millis) -> Option<Vec<ClockChange>> {
    let coming = zone()?.coming_changes(after.0);
    Some(coming.into_iter().map(|(at, utc_offset)| ClockChange { at: Millis(at), utc_offset }).collect())
}

/// Makes a folder that only its owner can read.
pub(crate) fn private_folder(folder: &Path) -> std::io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Writes a new file that only its owner can read. A file that is there already is not touched.
pub(crate) fn private_file(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let write = || {
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    };
    write().with_context(|| format!("cannot write {}", path.display()))
}
