//! What is kept in the folder: the account, the certificate with its key, and the last failure. Each file is whole or not there,
//! and for its owner alone.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use tokio_rustls::rustls::client::verify_server_name;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, DnsName, PrivateKeyDer, ServerName};
use tokio_rustls::rustls::server::ParsedCertificate;
use tokio_rustls::rustls::sign::CertifiedKey;

use super::Acme;
use super::validity::Validity;
use crate::tls::provider;

pub(super) const ACCOUNT: &str = "account.json";
pub(super) const CERTIFICATE: &str = "certificate.pem";
pub(super) const FAILURE: &str = "failure";

/// Before the certificate in its file, where PEM has room for words (RFC 7468, 2): an authority for trying things out must not stay
/// when another one is named.
const DIRECTORY: &str = "Directory: ";

/// Why a certificate is of no use here.
#[derive(Debug, thiserror::Error)]
pub(super) enum UselessError {
    #[error("it is from another authority")]
    OtherDirectory,
    #[error("it cannot be read")]
    Unreadable,
    #[error("it is for another name")]
    OtherName,
}

/// A certificate with its key, ready to be shown.
#[derive(Debug)]
pub(super) struct Certificate {
    pub(super) certified: Arc<CertifiedKey>,
    pub(super) validity: Validity,
}

impl Certificate {
    /// What is in the file; none where there is no file.
    pub(super) fn load(acme: &Acme) -> Option<Result<Self, UselessError>> {
        match std::fs::read_to_string(acme.folder.join(CERTIFICATE)) {
            Ok(text) => Some(Self::parse(acme, &text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(_) => Some(Err(UselessError::Unreadable)),
        }
    }

    /// Checks what the authority gave and keeps it.
    pub(super) fn keep(acme: &Acme, chain: &str, key: &str) -> Result<io::Result<Self>, UselessError> {
        let text = format!("{DIRECTORY}{}\n{key}{chain}", acme.directory);
        let certificate = Self::parse(acme, &text)?;
        Ok(save(&acme.folder, CERTIFICATE, text.as_bytes()).map(|()| certificate))
    }

    fn parse(acme: &Acme, text: &str) -> Result<Self, UselessError> {
        let directory = text.lines().next().and_then(|line| line.strip_prefix(DIRECTORY));
        if directory != Some(&acme.directory) {
            return Err(UselessError::OtherDirectory);
        }
        let chain: Vec<_> = CertificateDer::pem_slice_iter(text.as_bytes())
            .collect::<Result<_, _>>()
            .map_err(|_| UselessError::Unreadable)?;
        let first = chain.first().ok_or(UselessError::Unreadable)?;
        let validity = Validity::of(first).ok_or(UselessError::Unreadable)?;
        let parsed = ParsedCertificate::try_from(first).map_err(|_| UselessError::Unreadable)?;
        let name = DnsName::try_from(acme.domain.clone()).map_err(|_| UselessError::OtherName)?;
        verify_server_name(&parsed, &ServerName::DnsName(name)).map_err(|_| UselessError::OtherName)?;
        let key = PrivateKeyDer::from_pem_slice(text.as_bytes()).map_err(|_| UselessError::Unreadable)?;
        let certified =
            CertifiedKey::from_der(chain, key, &provider()).map_err(|_| UselessError::Unreadable)?;
        Ok(Self { certified: Arc::new(certified), validity })
    }
}

/// The last failure: when (seconds since 1970), and in which words.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct LastFailure {
    pub(super) at: u64,
    pub(super) words: String,
}

impl LastFailure {
    pub(super) fn load(folder: &Path) -> Option<Self> {
        let text = std::fs::read_to_string(folder.join(FAILURE)).ok()?;
        let (at, words) = text.split_once('\n')?;
        Some(Self { at: at.parse().ok()?, words: words.trim_end().to_owned() })
    }

    pub(super) fn save(&self, folder: &Path) -> io::Result<()> {
        save(folder, FAILURE, format!("{}\n{}\n", self.at, self.words).as_bytes())
    }

    pub(super) fn forget(folder: &Path) {
        // Where it stays, the next failure or the next success tries again.
        let _ = std::fs::remove_file(folder.join(FAILURE));
    }
}

/// Can something be kept here?
pub(super) fn try_folder(folder: &Path) -> io::Result<()> {
    const TRY: &str = "try";
    save(folder, TRY, &[0; 16 << 10])?;
    std::fs::remove_file(folder.join(TRY))
}

/// Puts a whole file in the place of another one.
pub(super) fn save(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    let beside = folder.join(format!("{name}.new"));
    remove(&beside)?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&beside, folder.join(name))?;
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    Ok(())
}

/// A file of an earlier try might have been made by somebody else, with other rights.
fn remove(path: &Path) -> io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
