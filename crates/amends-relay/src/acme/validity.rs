//! From when until when a certificate is good (RFC 5280, 4.1.2.5).

use yasna::{ASN1Error, ASN1ErrorKind, ASN1Result, BERReader, BERReaderSeq, Tag};

/// Seconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Validity {
    pub(super) from: u64,
    pub(super) until: u64,
}

impl Validity {
    /// Reads a certificate (DER); none where it is not one.
    pub(super) fn of(certificate: &[u8]) -> Option<Self> {
        yasna::parse_der(certificate, |whole| {
            whole.read_sequence(|whole| {
                let validity = whole.next().read_sequence(to_be_signed)?;
                skip_rest(whole)?;
                Ok(validity)
            })
        })
        .ok()
    }

    /// When to ask for a new one: a third of its time is left for trying.
    pub(super) fn renew_at(self) -> u64 {
        self.until - (self.until - self.from) / 3
    }

    /// The last day, like 2027-02-20.
    pub(super) fn last_day(self) -> String {
        day(self.until)
    }
}

/// A day like 2027-02-20.
pub(super) fn day(seconds: u64) -> String {
    let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
    let time = time::OffsetDateTime::from_unix_timestamp(seconds);
    time.map_or_else(|_| "a day beyond all calendars".to_owned(), |time| time.date().to_string())
}

fn to_be_signed(fields: &mut BERReaderSeq<'_, '_>) -> ASN1Result<Validity> {
    fields.read_optional(|field| field.read_tagged(Tag::context(0), |version| version.read_u8()))?;
    let (_number, _signature, _issuer) =
        (fields.next().read_der()?, fields.next().read_der()?, fields.next().read_der()?);
    let validity = fields.next().read_sequence(|times| {
        let (from, until) = (seconds(times.next())?, seconds(times.next())?);
        if from > until {
            return Err(ASN1Error::new(ASN1ErrorKind::Invalid));
        }
        Ok(Validity { from, until })
    })?;
    skip_rest(fields)?;
    Ok(validity)
}

fn seconds(field: BERReader<'_, '_>) -> ASN1Result<u64> {
    let time = if field.lookahead_tag()? == yasna::tags::TAG_UTCTIME {
        *field.read_utctime()?.datetime()
    } else {
        *field.read_generalized_time()?.datetime()
    };
    u64::try_from(time.unix_timestamp()).map_err(|_| ASN1Error::new(ASN1ErrorKind::Invalid))
}

fn skip_rest(fields: &mut BERReaderSeq<'_, '_>) -> ASN1Result<()> {
    while fields.read_optional(|field| field.read_der())?.is_some() {}
    Ok(())
}

#[cfg(test)]
mod tests {
    use tokio_rustls::rustls::pki_types::CertificateDer;
    use tokio_rustls::rustls::pki_types::pem::PemObject;

    use super::*;

    #[test]
    fn the_days_of_a_certificate_are_read_in_both_notations_of_years() {
        let pem = include_bytes!("../../tests/files/localhost.pem");
        let certificate = CertificateDer::from_pem_slice(pem).unwrap();
        let validity = Validity::of(&certificate).unwrap();
        assert_eq!((day(validity.from), validity.last_day()), ("2026-11-22".into(), "2126-10-29".into()));
        assert!(day(validity.renew_at()).starts_with("2093"));
    }

    #[test]
    fn what_is_no_certificate_has_no_days_and_breaks_nothing() {
        let pem = include_bytes!("../../tests/files/localhost.pem");
        let certificate = CertificateDer::from_pem_slice(pem).unwrap();
        for len in 0..certificate.len() {
            assert_eq!(Validity::of(&certificate[..len]), None);
        }
        for place in 0..certificate.len() {
            let mut changed = certificate.to_vec();
            changed[place] ^= 0x81;
            if let Some(validity) = Validity::of(&changed) {
                assert!(validity.renew_at() <= validity.until);
            }
        }
    }
}
