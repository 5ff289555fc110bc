//! Every error of a vault in the words of its user: a code under which the message files say what happened
//! (`trouble-<code>`) and what can be done (`trouble-<code>-help`).

use amends_crypto::{ListError, PairingError};
use amends_store::{CommitError, CompactError, ReadError};
use amends_sync::{BundleError, MeetError, MeetingFailure};

use crate::{
    AppendError, BackupError, CreateError, EraseError, ImportError, KeyChangeError, LeaveError, LockError,
    RestoreError, SyncError, UnlockError, VerifyError, WriteError,
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

            /// Stable code, for machines and for message keys.
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
    /// The link of an invitation is not whole, or not one.
    LinkUnusable = "link-unusable",
    /// The link is more than a day old.
    LinkExpired = "link-expired",
    /// The link was used already.
    LinkUsed = "link-used",
    /// The link is for a pair and not for an own device, or the other way round.
    LinkForOther = "link-for-other",
    /// What the other side sent in a pairing does not fit.
    PairingBroken = "pairing-broken",
    /// Another pairing is under way, or this device sends and receives already.
    PairingUnderWay = "pairing-under-way",
    /// There is a pair already.
    PairedAlready = "paired-already",
    /// Both sides of a pairing are the same person.
    SamePerson = "same-person",
    /// The other side has not come so far, or another device has to say this.
    NotYet = "not-yet",
    /// This device neither sends nor receives.
    NotSending = "not-sending",
    /// Only an empty vault can become one more device.
    VaultInUse = "vault-in-use",
    /// There is no such device among the own ones.
    NoSuchDevice = "no-such-device",
    /// The last device cannot go, and there are sixteen at most.
    DeviceCount = "device-count",
    /// This device was taken out of the own ones.
    DeviceTakenAway = "device-taken-away",
    /// Somebody forged a change of the own devices, or a device did not agree to it.
    DeviceRefused = "device-refused",
    /// The relay has nothing for these recovery words.
    NothingToRecover = "nothing-to-recover",
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

impl From<&SyncError> for Trouble {
    fn from(error: &SyncError) -> Self {
        match error {
            SyncError::Read(error) => error.into(),
            SyncError::Write(error) => error.into(),
            SyncError::Passphrase(error) => error.into(),
            SyncError::Meet(error) => error.into(),
            SyncError::NotEmpty => Self::VaultInUse,
        }
    }
}

impl From<&MeetError> for Trouble {
    fn from(error: &MeetError) -> Self {
        match error {
            MeetError::Pairing(error) => error.into(),
            MeetError::Bundle(error) => error.into(),
            MeetError::List(error) => error.into(),
            MeetError::Busy => Self::PairingUnderWay,
            MeetError::PairedAlready => Self::PairedAlready,
            MeetError::NotBegun => Self::NotSending,
            _ => Self::NotYet,
        }
    }
}

impl From<&PairingError> for Trouble {
    fn from(error: &PairingError) -> Self {
        match error {
            PairingError::BadLink => Self::LinkUnusable,
            PairingError::NewerVersion => Self::NewerVersion,
            PairingError::Expired => Self::LinkExpired,
            PairingError::Used => Self::LinkUsed,
            _ => Self::PairingBroken,
        }
    }
}

impl From<&BundleError> for Trouble {
    fn from(error: &BundleError) -> Self {
        match error {
            BundleError::PairedAlready => Self::PairedAlready,
            BundleError::SamePerson => Self::SamePerson,
            _ => Self::PairingBroken,
        }
    }
}

impl From<&ListError> for Trouble {
    fn from(error: &ListError) -> Self {
        match error {
            ListError::DoesNotFit => Self::NoSuchDevice,
            ListError::Count => Self::DeviceCount,
            ListError::SignerNotActive => Self::DeviceTakenAway,
            _ => Self::DeviceRefused,
        }
    }
}

/// For a pairing that failed later ([`Notice::PairingFailed`](crate::Notice::PairingFailed)).
impl From<&MeetingFailure> for Trouble {
    fn from(failure: &MeetingFailure) -> Self {
        match failure {
            MeetingFailure::Expired => Self::LinkExpired,
            MeetingFailure::OtherPurpose => Self::LinkForOther,
            MeetingFailure::NothingToRecover => Self::NothingToRecover,
            _ => Self::PairingBroken,
        }
    }
}
