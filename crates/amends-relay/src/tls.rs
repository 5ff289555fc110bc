//! The relay's own certificate.

use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock};

use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::pem::{self, PemObject};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{self, ServerConfig};

/// Certificate and key, as files that can be read again when they were renewed.
#[derive(Debug)]
pub struct Certificates {
    chain: PathBuf,
    key: PathBuf,
    config: RwLock<Arc<ServerConfig>>,
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
    /// Reads PEM files.
    ///
    /// # Errors
    /// [`CertificateError`]
    pub fn open(chain: &Path, key: &Path) -> Result<Self, CertificateError> {
        let config = RwLock::new(read(chain, key)?);
        Ok(Self { chain: chain.to_owned(), key: key.to_owned(), config })
    }

    /// Reads the files again; on an error the old ones stay in use.
    pub(crate) fn read_again(&self) -> Result<(), CertificateError> {
        let config = read(&self.chain, &self.key)?;
        *self.config.write().unwrap_or_else(std::sync::PoisonError::into_inner) = config;
        Ok(())
    }

    pub(crate) fn acceptor(&self) -> TlsAcceptor {
        Arc::clone(&self.config.read().unwrap_or_else(std::sync::PoisonError::into_inner)).into()
    }
}

fn read(chain: &Path, key: &Path) -> Result<Arc<ServerConfig>, CertificateError> {
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
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(certificates, key)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}
