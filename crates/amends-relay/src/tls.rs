//! The relay's own certificate.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::{CryptoProvider, ring};
use tokio_rustls::rustls::pki_types::pem::{self, PemObject};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::{ClientHello, ResolvesServerCert};
use tokio_rustls::rustls::sign::CertifiedKey;
use tokio_rustls::rustls::{self, ServerConfig, ServerConnection};

use crate::acme::{Acme, Keeper};
use crate::log;

const HTTP: &[u8] = b"http/1.1";

/// How a client that only asks for the answer to a challenge says so (RFC 8737, 6.2).
const CHALLENGE: &[u8] = b"acme-tls/1";

/// Certificate and key, which may be renewed while the relay runs.
#[derive(Debug)]
pub struct Certificates {
    source: Source,
    shown: Arc<Shown>,
    config: Arc<ServerConfig>,
}

#[derive(Debug)]
enum Source {
    /// Files that can be read again.
    Files { chain: PathBuf, key: PathBuf },
    /// An authority that is asked.
    Authority(Box<Keeper>),
}

/// Why certificate and key cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CertificateError {
    /// A file cannot be read, or is not PEM.
    #[error("{0}: {1}")]
    File(PathBuf, pem::Error),
    /// No certificate is in the file.
    #[error("{0} holds no certificate")]
    Empty(PathBuf),
    /// They do not belong together, or are of an unknown kind.
    #[error("certificate and key cannot be used: {0}")]
    Rejected(#[from] rustls::Error),
}

impl Certificates {
    /// Reads PEM files (RFC 7468): the chain of certificates, and the key.
    ///
    /// # Errors
    /// [`CertificateError`] if a file cannot be read or holds none, or both do not belong together.
    pub fn open(chain: &Path, key: &Path) -> Result<Self, CertificateError> {
        let shown = Arc::new(Shown::default());
        shown.show(read(chain, key)?);
        let config = config(&shown, &[HTTP])?;
        Ok(Self { source: Source::Files { chain: chain.to_owned(), key: key.to_owned() }, shown, config })
    }

    /// From an authority, which is asked while the relay serves. Until there is a certificate, no connection comes about.
    ///
    /// # Errors
    /// [`CertificateError::Rejected`]
    pub fn by_acme(acme: Acme) -> Result<Self, CertificateError> {
        let shown = Arc::new(Shown::default());
        let config = config(&shown, &[HTTP, CHALLENGE])?;
        Ok(Self { source: Source::Authority(Box::new(Keeper::new(acme, &shown))), shown, config })
    }

    /// Sees to renewal as long as it is awaited; never ends.
    pub(crate) async fn keep(&self) {
        match &self.source {
            Source::Files { .. } => std::future::pending().await,
            Source::Authority(keeper) => keeper.keep(&self.shown).await,
        }
    }

    /// Reads the files again (on an error the old ones stay in use), or asks the authority now if there is something to ask.
    pub(crate) fn look_again(&self) {
        match &self.source {
            Source::Files { chain, key } => match read(chain, key) {
                Ok(certificate) => {
                    self.shown.show(certificate);
                    log::line("certificate read again");
                }
                Err(error) => log::line(&format!("certificate not read again: {error}")),
            },
            Source::Authority(keeper) => keeper.wake(),
        }
    }

    pub(crate) fn acceptor(&self) -> TlsAcceptor {
        Arc::clone(&self.config).into()
    }
}

/// What clients are shown at present; changes take effect with the next connection.
#[derive(Debug, Default)]
pub(crate) struct Shown {
    certificate: RwLock<Option<Arc<CertifiedKey>>>,
    answer: RwLock<Option<Arc<CertifiedKey>>>,
}

impl Shown {
    pub(crate) fn show(&self, certificate: Arc<CertifiedKey>) {
        *self.certificate.write().unwrap_or_else(PoisonError::into_inner) = Some(certificate);
    }

    /// What an authority sees when it asks back.
    pub(crate) fn answer(&self, answer: Option<Arc<CertifiedKey>>) {
        *self.answer.write().unwrap_or_else(PoisonError::into_inner) = answer;
    }
}

impl ResolvesServerCert for Shown {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let asks_back = hello.alpn().is_some_and(|mut names| names.any(|name| name == CHALLENGE));
        let shown = if asks_back { &self.answer } else { &self.certificate };
        shown.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Was this connection only for the answer to a challenge?
pub(crate) fn is_challenge(connection: &ServerConnection) -> bool {
    connection.alpn_protocol() == Some(CHALLENGE)
}

fn config(shown: &Arc<Shown>, protocols: &[&[u8]]) -> Result<Arc<ServerConfig>, rustls::Error> {
    let mut config = ServerConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_cert_resolver(Arc::clone(shown) as _);
    config.alpn_protocols = protocols.iter().map(|name| name.to_vec()).collect();
    Ok(Arc::new(config))
}

pub(crate) fn provider() -> Arc<CryptoProvider> {
    Arc::new(ring::default_provider())
}

fn read(chain: &Path, key: &Path) -> Result<Arc<CertifiedKey>, CertificateError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |error| CertificateError::File(path, error)
    };
    let certificates: Vec<_> = CertificateDer::pem_file_iter(chain)
        .and_then(Iterator::collect::<Result<_, _>>)
        .map_err(failed(chain))?;
    if certificates.is_empty() {
        return Err(CertificateError::Empty(chain.to_owned()));
    }
    let key = PrivateKeyDer::from_pem_file(key).map_err(failed(key))?;
    Ok(Arc::new(CertifiedKey::from_der(certificates, key, &provider())?))
}
