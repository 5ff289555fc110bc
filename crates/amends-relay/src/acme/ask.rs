//! Questions to the authority over HTTPS.

use std::io;
use std::path::Path;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::http::header::RETRY_AFTER;
use axum::http::{Request, Response};
use hyper::body::{Bytes, Incoming};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use instant_acme::{BodyWrapper, BytesResponse, Error, HttpClient};
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use crate::tls::provider;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// The longest wait that is taken at its word.
const LONGEST: Duration = Duration::from_secs(7 * 86_400);

/// There is no answer; why, in the words of the system.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct Unreachable(pub(super) String);

/// The wait that a refusal last asked for.
pub(super) type Wait = Arc<Mutex<Option<Duration>>>;

/// A client that asks by HTTPS only and follows nothing.
pub(super) struct Asker {
    client: Client<HttpsConnector<HttpConnector>, BodyWrapper<Bytes>>,
    wait: Wait,
}

impl Asker {
    /// Trusts what browsers trust, or only the certificates of a file.
    ///
    /// # Errors
    /// Why that file is of no use.
    pub(super) fn new(root: Option<&Path>, wait: &Wait) -> Result<Self, String> {
        let roots = match root {
            None => webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect(),
            Some(file) => roots_of(file)?,
        };
        let config = ClientConfig::builder_with_provider(provider())
            .with_safe_default_protocol_versions()
            .map_err(|error| error.to_string())?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let connector =
            HttpsConnectorBuilder::new().with_tls_config(config).https_only().enable_http1().build();
        let client = Client::builder(TokioExecutor::new()).build(connector);
        Ok(Self { client, wait: Arc::clone(wait) })
    }
}

fn roots_of(file: &Path) -> Result<RootCertStore, String> {
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(file).map_err(|error| error.to_string())? {
        let certificate = certificate.map_err(|error| error.to_string())?;
        roots.add(certificate).map_err(|error| error.to_string())?;
    }
    if roots.is_empty() { Err("it holds no certificate".to_owned()) } else { Ok(roots) }
}

type Answer = Pin<Box<dyn Future<Output = Result<BytesResponse, Error>> + Send>>;

impl HttpClient for Asker {
    fn request(&self, request: Request<BodyWrapper<Bytes>>) -> Answer {
        let (answer, wait) = (self.client.request(request), Arc::clone(&self.wait));
        Box::pin(async move {
            let answer = match tokio::time::timeout(PATIENCE, answer).await {
                Ok(Ok(answer)) => answer,
                Ok(Err(error)) => return Err(no_answer(&error)),
                Err(_) => return Err(Error::Other(Box::new(Unreachable("no answer in time".to_owned())))),
            };
            *wait.lock().unwrap_or_else(PoisonError::into_inner) = asks_to_wait(&answer);
            Ok(answer.into())
        })
    }
}

/// Only a refusal's wait counts: other answers say with it how soon to look again.
fn asks_to_wait(answer: &Response<Incoming>) -> Option<Duration> {
    if !answer.status().is_client_error() && !answer.status().is_server_error() {
        return None;
    }
    let seconds = answer.headers().get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds).min(LONGEST))
}

/// The innermost reason is the one that helps: a refused connection, a name that is not found, a certificate that is not trusted.
fn no_answer(error: &hyper_util::client::legacy::Error) -> Error {
    let mut reason: &dyn std::error::Error = error;
    while let Some(inner) = reason.source() {
        reason = inner;
    }
    let words = match reason.downcast_ref::<io::Error>() {
        // Without the system's number.
        Some(inner) if inner.raw_os_error().is_some() => inner.kind().to_string(),
        _ => reason.to_string(),
    };
    Error::Other(Box::new(Unreachable(words)))
}
