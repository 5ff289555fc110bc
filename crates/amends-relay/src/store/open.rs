//! Opening the database.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::schema::{check_mark, migrate};

/// Name of the database in the data folder.
const FILE: &str = "relay.sqlite";

/// The one connection that writes. Everything that is acknowledged was synchronized to the disk.
const WRITER: &str = "
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA fullfsync = ON;
    PRAGMA checkpoint_fullfsync = ON;
    PRAGMA wal_autocheckpoint = 4000;
    PRAGMA secure_delete = ON;
    PRAGMA cache_size = -65536;
    PRAGMA temp_store = MEMORY;
    PRAGMA mmap_size = 0;
    PRAGMA trusted_schema = OFF;
    PRAGMA cell_size_check = ON;";

const READER: &str = "
    PRAGMA query_only = ON;
    PRAGMA cache_size = -4096;
    PRAGMA mmap_size = 0;
    PRAGMA trusted_schema = OFF;
    PRAGMA cell_size_check = ON;";

/// Why a data folder cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// The folder cannot be made or read.
    #[error("the data folder cannot be used: {0}")]
    Folder(std::io::Error),
    /// There is a file, but another program made it.
    #[error("relay.sqlite was not made by this program")]
    NotARelay,
    /// A newer relay made it.
    #[error("relay.sqlite was made by a newer version ({0}) of this program")]
    NewerVersion(u32),
    /// The database says so.
    #[error("the database cannot be opened: {0}")]
    Database(#[from] rusqlite::Error),
}

/// Where the database of this data folder is.
pub(crate) fn file_of(data: &Path) -> PathBuf {
    data.join(FILE)
}

/// Makes the folder and the database where there is none, for its owner alone, and opens it for writing.
pub(crate) fn writer(data: &Path, largest: Option<u64>) -> Result<Connection, OpenError> {
    make_folder(data).map_err(OpenError::Folder)?;
    make_private_file(&file_of(data)).map_err(OpenError::Folder)?;
    let mut connection = connect(data)?;
    check_mark(&connection)?;
    connection.execute_batch(WRITER)?;
    migrate(&mut connection)?;
    if let Some(largest) = largest {
        let page: i64 = connection.pragma_query_value(None, "page_size", |row| row.get(0))?;
        let pages = i64::try_from(largest).unwrap_or(i64::MAX) / page;
        connection.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))?;
    }
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

/// Opens for reading a database that a writer has opened before.
pub(crate) fn reader(data: &Path) -> Result<Connection, OpenError> {
    let connection = connect(data)?;
    check_mark(&connection)?;
    connection.execute_batch(READER)?;
    Ok(connection)
}

fn connect(data: &Path) -> Result<Connection, OpenError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file_of(data), flags)?;
    connection.busy_timeout(Duration::from_secs(10))?;
    Ok(connection)
}

fn make_folder(data: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(data)
}

fn make_private_file(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}
