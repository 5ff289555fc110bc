//! What the doctor says of the kept certificate.

use std::path::Path;

use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::pem::PemObject;

use super::FOLDER;
use super::kept::{ACCOUNT, CERTIFICATE, LastFailure};
use super::validity::{Validity, day};
use crate::clock;
use crate::doctor::Finding;

/// Nothing where this relay never asked for a certificate.
pub(crate) fn examine(data: &Path) -> Vec<Finding> {
    let folder = data.join(FOLDER);
    if !folder.is_dir() {
        return Vec::new();
    }
    let mut findings: Vec<_> =
        [ACCOUNT, CERTIFICATE].iter().filter_map(|name| open_to_others(&folder.join(name))).collect();
    let failure = LastFailure::load(&folder);
    findings.push(certificate(&folder, failure.is_some()));
    findings.extend(failure.map(|failure| {
        Finding::bad(format!(
            "the last try to get a new certificate, on {}, failed: {}",
            day(failure.at),
            failure.words
        ))
    }));
    findings
}

fn certificate(folder: &Path, failed: bool) -> Finding {
    let file = folder.join(CERTIFICATE);
    let Ok(pem) = std::fs::read(&file) else {
        return if failed {
            Finding::bad("there is no certificate yet")
        } else {
            Finding::good("there is no certificate yet; the relay asks for it while it runs")
        };
    };
    let validity = CertificateDer::from_pem_slice(&pem).ok().and_then(|first| Validity::of(&first));
    match validity {
        None => Finding::bad(format!(
            "{} is damaged. Remove it and restart the relay, which asks for a new one",
            file.display()
        )),
        Some(validity) if validity.until < clock::unix_seconds() => Finding::bad(format!(
            "the certificate ended on {}. Does the relay run, with --acme-domain? If it has another certificate now, remove {}",
            validity.last_day(),
            folder.display()
        )),
        Some(validity) => Finding::good(format!(
            "the certificate is good until {}; a new one comes before",
            validity.last_day()
        )),
    }
}

/// They hold keys.
fn open_to_others(file: &Path) -> Option<Finding> {
    #[cfg(unix)]
    if let Ok(found) = std::fs::metadata(file) {
        let mode = std::os::unix::fs::PermissionsExt::mode(&found.permissions());
        if mode & 0o077 != 0 {
            return Some(Finding::bad(format!(
                "others on this machine may read {0}: chmod 600 {0}",
                file.display()
            )));
        }
    }
    None
}
