//! Making and opening vault files.

use std::fs::OpenOptions;
use std::io::ErrorKind;
use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use crate::schema::{APPLICATION_ID, STEPS, migrate, version};
use crate::{OpenError, SqliteStore};

/// Order matters: the locking mode comes before the first use of the write-ahead log, which then needs no shared
/// memory file and keeps every other program out. `fullfsync` matters on macOS only.
const SETTINGS: &str = "
    PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA fullfsync = ON;
    PRAGMA checkpoint_fullfsync = ON;
    PRAGMA secure_delete = ON;
    PRAGMA temp_store = MEMORY;
    PRAGMA mmap_size = 0;
    PRAGMA trusted_schema = OFF;
    PRAGMA cell_size_check = ON;
    BEGIN EXCLUSIVE; COMMIT;";

impl SqliteStore {
    /// Makes a new vault file, which only its owner may read.
    ///
    /// # Errors
    /// [`OpenError::Exists`] if there is a file already, whatever it is; it is not touched.
    pub fn create(path: &Path) -> Result<Self, OpenError> {
        make_private_file(path).map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => OpenError::Exists,
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => OpenError::ReadOnly,
            ErrorKind::StorageFull => OpenError::Full,
            _ => OpenError::Failed(error.into()),
        })?;
        let connection = connect(path)?;
        connection.execute_batch(SETTINGS)?;
        connection.pragma_update(None, "application_id", APPLICATION_ID)?;
        Self::with_tables(connection)
    }

    /// Opens a vault file and brings its tables up to date.
    ///
    /// # Errors
    /// [`OpenError`]; a file that is not a vault, or a newer one, is not changed.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        match path.metadata() {
            Ok(found) if found.is_file() => {}
            Ok(_) => return Err(OpenError::NotAVault),
            Err(error) if error.kind() == ErrorKind::NotFound => return Err(OpenError::Missing),
            Err(error) => return Err(OpenError::Failed(error.into())),
        }
        let connection = connect(path)?;
        check_mark(&connection)?;
        connection.execute_batch(SETTINGS)?;
        Self::with_tables(connection)
    }

    fn with_tables(mut connection: Connection) -> Result<Self, OpenError> {
        migrate(&mut connection, STEPS)?;
        Ok(Self { connection })
    }
}

fn connect(path: &Path) -> Result<Connection, OpenError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    // Another program holds the file for as long as it runs: waiting would not help.
    connection.busy_timeout(std::time::Duration::ZERO)?;
    Ok(connection)
}

/// Looks before anything is written: is it a vault, and one that this program understands?
fn check_mark(connection: &Connection) -> Result<(), OpenError> {
    // Takes the lock with the first read, so that the file cannot change hands in between.
    connection.execute_batch("PRAGMA locking_mode = EXCLUSIVE;")?;
    let mark: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if mark != APPLICATION_ID {
        return Err(OpenError::NotAVault);
    }
    let found = version(connection)?;
    if usize::try_from(found).is_ok_and(|found| found > STEPS.len()) {
        return Err(OpenError::NewerVersion(found));
    }
    Ok(())
}

fn make_private_file(path: &Path) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}
