//! Every error of a vault in the words of its user: a code under which the message files say what happened
//! (`trouble-<code>`) and what can be done (`trouble-<code>-help`).

use amends_store::{CommitError, CompactError, ReadError};

use crate::{
    AppendError, BackupError, CreateError, EraseError, ImportError, KeyChangeError, LeaveError, LockError,
    RestoreError, UnlockError, VerifyError, WriteError,
};

macro_rules! troubles {
    ($($(#[$doc:meta])* $variant:ident = $code:literal,)*) => {
        /// What a user needs to know about an error.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum Trouble {
            $($(#[$doc])* $variant,)*
        }

        impl Trouble {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// Stable code.
            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)*
                }
            }
        }
    };
}

troubles! {
    /// The passphrase is not the right one.
    WrongPassphrase = "wrong-passphrase",
    /// The recovery phrase is not the right one.
    WrongPhrase = "wrong-phrase",
    /// The passphrase is too short.
    ShortPassphrase = "short-passphrase",
    /// There is no vault here.
    NoVault = "no-vault",
    /// There is already something here.
    NotEmpty = "not-empty",
    /// The vault is damaged.
    Damaged = "damaged",
    /// Somebody weakened the vault file.
    UnsafeCost = "unsafe-cost",
    /// Written by a newer version.
    NewerVersion = "newer-version",
    /// The disk is full.
    DiskFull = "disk-full",
    /// The files may not be written.
    ReadOnly = "read-only",
    /// The disk does not read or write.
    DiskFailed = "disk-failed",
    /// A write failed half-way; the vault must be opened again.
    MustReopen = "must-reopen",
    /// The text is too large.
    TooLarge = "too-large",
    /// The domain does not allow it; its refusal has its own message.
    Refused = "refused",
    /// The file is no backup.
    NotABackup = "not-a-backup",
    /// The backup is cut off or damaged.
    BackupDamaged = "backup-damaged",
    /// The backup was changed by somebody.
    BackupForged = "backup-forged",
    /// The file is no export.
    NotAnExport = "not-an-export",
    /// The export belongs to another person.
    OtherPerson = "other-person",
    /// A demonstration and a real vault do not mix.
    DemoMixed = "demo-mixed",
}

impl From<&CommitError> for Trouble {
    fn from(error: &CommitError) -> Self {
        match error {
            CommitError::Full => Self::DiskFull,
            CommitError::ReadOnly => Self::ReadOnly,
            _ => Self::DiskFailed,
        }
    }
}

impl From<&ReadError> for Trouble {
    fn from(error: &ReadError) -> Self {
        match error {
            ReadError::Damaged(_) => Self::Damaged,
            _ => Self::DiskFailed,
        }
    }
}

impl From<&CompactError> for Trouble {
    fn from(error: &CompactError) -> Self {
        match error {
            CompactError::Full => Self::DiskFull,
            _ => Self::DiskFailed,
        }
    }
}

impl From<&WriteError> for Trouble {
    fn from(error: &WriteError) -> Self {
        match error {
            WriteError::MustReopen => Self::MustReopen,
            WriteError::TooLarge(_) => Self::TooLarge,
            WriteError::Store(error) => error.into(),
        }
    }
}

impl From<&CreateError> for Trouble {
    fn from(error: &CreateError) -> Self {
        match error {
            CreateError::NotEmpty => Self::NotEmpty,
            CreateError::Passphrase(_) => Self::ShortPassphrase,
            CreateError::Read(error) => error.into(),
            CreateError::Write(error) => error.into(),
        }
    }
}

impl From<&UnlockError> for Trouble {
    fn from(error: &UnlockError) -> Self {
        match error {
            UnlockError::NoVault => Self::NoVault,
            UnlockError::WrongPassphrase => Self::WrongPassphrase,
            UnlockError::WrongPhrase => Self::WrongPhrase,
            UnlockError::UnsafeCost => Self::UnsafeCost,
            UnlockError::Damaged => Self::Damaged,
            UnlockError::NewerVersion => Self::NewerVersion,
            UnlockError::Read(error) => error.into(),
        }
    }
}

impl From<&AppendError> for Trouble {
    fn from(error: &AppendError) -> Self {
        match error {
            AppendError::Refused(_) => Self::Refused,
            AppendError::Write(error) => error.into(),
        }
    }
}

impl From<&EraseError> for Trouble {
    fn from(error: &EraseError) -> Self {
        match error {
            EraseError::Read(error) => error.into(),
            EraseError::Write(error) => error.into(),
            EraseError::Compact(error) => error.into(),
        }
    }
}

impl From<&LeaveError> for Trouble {
    fn from(error: &LeaveError) -> Self {
        match error {
            LeaveError::Append(error) => error.into(),
            LeaveError::Erase(error) => error.into(),
        }
    }
}

impl From<&LockError> for Trouble {
    fn from(error: &LockError) -> Self {
        match error {
            LockError::Erase(error) => error.into(),
            LockError::Snapshot(error) => error.into(),
        }
    }
}

impl From<&KeyChangeError> for Trouble {
    fn from(error: &KeyChangeError) -> Self {
        match error {
            KeyChangeError::WrongPassphrase => Self::WrongPassphrase,
            KeyChangeError::Passphrase(_) => Self::ShortPassphrase,
            KeyChangeError::Unlock(error) => error.into(),
            KeyChangeError::Write(error) => error.into(),
        }
    }
}

impl From<&BackupError> for Trouble {
    fn from(error: &BackupError) -> Self {
        match error {
            BackupError::NotABackup => Self::NotABackup,
            BackupError::NewerVersion => Self::NewerVersion,
            BackupError::Damaged => Self::BackupDamaged,
        }
    }
}

impl From<&VerifyError> for Trouble {
    fn from(error: &VerifyError) -> Self {
        match error {
            VerifyError::Unlock(error) => error.into(),
            VerifyError::Forged => Self::BackupForged,
        }
    }
}

impl From<&RestoreError> for Trouble {
    fn from(error: &RestoreError) -> Self {
        match error {
            RestoreError::NotEmpty => Self::NotEmpty,
            RestoreError::Verify(error) => error.into(),
            RestoreError::Read(error) => error.into(),
            RestoreError::Write(error) => error.into(),
        }
    }
}

impl From<&ImportError> for Trouble {
    fn from(error: &ImportError) -> Self {
        match error {
            ImportError::NotAnExport => Self::NotAnExport,
            ImportError::NewerVersion => Self::NewerVersion,
            ImportError::OtherPerson => Self::OtherPerson,
            ImportError::DemoMixed => Self::DemoMixed,
            ImportError::Write(error) => error.into(),
        }
    }
}
