//! A certificate from an authority that gives them to programs (ACME, RFC 8555), for one name. The authority asks back on the same
//! port that clients use (TLS-ALPN-01, RFC 8737), so nothing else has to listen.
//!
//! Nothing is fetched unless the operator asks for it, and then only from the authority. The log and the notes in the folder never
//! hold the contact, nor what the authority says in its own words: it may repeat it.

mod account;
mod ask;
mod examine;
mod failure;
mod keeper;
mod kept;
mod order;
mod validity;

use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use hyper::Uri;
use tokio_rustls::rustls::pki_types::DnsName;

pub(crate) use examine::examine;
pub(crate) use keeper::Keeper;

/// Let's Encrypt, which asks for no money and no account made by hand.
pub const USUAL_DIRECTORY: &str = "https://acme-v02.api.letsencrypt.org/directory";

/// The folder of account, certificate and the last failure, within the data folder.
const FOLDER: &str = "acme";

/// From whom the certificate is, and for which name.
#[derive(Clone, PartialEq, Eq)]
pub struct Acme {
    domain: String,
    contact: Option<String>,
    directory: String,
    root: Option<PathBuf>,
    folder: PathBuf,
    first_retry: Duration,
}

/// Why no authority can be asked with these settings.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum AcmeError {
    /// An address, a wildcard, a name with letters outside ASCII, or nothing like a name.
    #[error(
        "{0} is not a name that a certificate can be for: write it like relay.example.org (letters outside a-z in their xn-- form)"
    )]
    Domain(String),
    /// Not shown here: it may end up in a log.
    #[error("the contact is not an e-mail address: write it like name@example.org")]
    Contact,
    /// Not an address of a directory.
    #[error("{0} is not the address of a directory: it begins with https://")]
    Directory(String),
}

impl Acme {
    /// For this name, with what is kept in this data folder.
    ///
    /// # Errors
    /// [`AcmeError::Domain`] if no certificate can be for this name, [`AcmeError::Directory`] if that is not an https address.
    pub fn new(data: PathBuf, domain: &str, directory: &str) -> Result<Self, AcmeError> {
        let domain = domain.trim_end_matches('.').to_ascii_lowercase();
        let is_name = DnsName::try_from(domain.as_str()).is_ok() && domain.contains('.');
        if !is_name || domain.parse::<IpAddr>().is_ok() {
            return Err(AcmeError::Domain(domain));
        }
        let uri = directory.parse::<Uri>().ok();
        if uri.is_none_or(|uri| uri.scheme_str() != Some("https") || uri.host().is_none()) {
            return Err(AcmeError::Directory(directory.to_owned()));
        }
        Ok(Self {
            domain,
            contact: None,
            directory: directory.to_owned(),
            root: None,
            folder: data.join(FOLDER),
            first_retry: Duration::from_secs(120),
        })
    }

    /// Whom the authority may write to.
    ///
    /// # Errors
    /// [`AcmeError::Contact`]
    pub fn with_contact(mut self, contact: &str) -> Result<Self, AcmeError> {
        let address = contact.strip_prefix("mailto:").unwrap_or(contact);
        let is_address =
            address.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty());
        if !is_address || address.contains(|letter: char| letter.is_whitespace() || letter == ',') {
            return Err(AcmeError::Contact);
        }
        self.contact = Some(format!("mailto:{address}"));
        Ok(self)
    }

    /// Trusts only the certificates of this file (PEM) when it asks the directory: for an authority of one's own.
    #[must_use]
    pub fn with_root(mut self, root: PathBuf) -> Self {
        self.root = Some(root);
        self
    }

    /// How long it waits after the first failure; twice as long after each one that follows.
    #[must_use]
    pub fn with_first_retry(mut self, wait: Duration) -> Self {
        self.first_retry = wait;
        self
    }

    /// The host that is asked.
    fn host(&self) -> String {
        let uri = self.directory.parse::<Uri>().ok();
        uri.as_ref().and_then(Uri::host).unwrap_or_default().to_owned()
    }
}

impl std::fmt::Debug for Acme {
    /// Without the contact.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Acme")
            .field("domain", &self.domain)
            .field("directory", &self.directory)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn acme(domain: &str, directory: &str) -> Result<Acme, AcmeError> {
        Acme::new(PathBuf::from("data"), domain, directory)
    }

    #[test]
    fn only_names_that_a_certificate_can_be_for_are_taken() {
        assert_eq!(acme("Relay.Example.ORG.", USUAL_DIRECTORY).unwrap().domain, "relay.example.org");
        for name in [
            "",
            "localhost",
            "203.0.113.7",
            "*.example.org",
            "relay.exämple.org",
            "https://example.org",
            "a b.org",
        ] {
            assert!(matches!(acme(name, USUAL_DIRECTORY), Err(AcmeError::Domain(_))), "{name}");
        }
        for directory in ["", "http://example.org/directory", "example.org", "https://", "ftp://example.org"]
        {
            assert!(
                matches!(acme("relay.example.org", directory), Err(AcmeError::Directory(_))),
                "{directory}"
            );
        }
    }

    #[test]
    fn the_contact_is_taken_with_or_without_mailto_and_shown_nowhere() {
        let acme = acme("relay.example.org", USUAL_DIRECTORY).unwrap();
        for contact in ["ana@example.org", "mailto:ana@example.org"] {
            let acme = acme.clone().with_contact(contact).unwrap();
            assert_eq!(acme.contact.as_deref(), Some("mailto:ana@example.org"));
            assert!(!format!("{acme:?}").contains("ana"));
        }
        for contact in ["ana", "@example.org", "ana@", "ana@example.org,ben@example.org", "ana @example.org"]
        {
            assert_eq!(acme.clone().with_contact(contact), Err(AcmeError::Contact), "{contact}");
        }
    }
}
