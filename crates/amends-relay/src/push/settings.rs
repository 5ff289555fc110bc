//! Whether and how this relay wakes devices, as the operator decides.

use std::net::SocketAddr;
use std::time::Duration;

/// How devices are woken. Nothing of what waits is ever said.
#[derive(Debug, Clone)]
pub struct Push {
    /// Where a push service finds who runs this relay: `mailto:` and an address, or an `https:` page. Each knock holds it.
    pub contact: String,
    /// Names of further push services; those of the browser makers are known.
    pub hosts: Vec<String>,
    /// A push service on this machine, spoken to without TLS: for tests.
    pub loopback: Option<SocketAddr>,
    /// A knock comes so much later than the record, at least.
    pub soonest: Duration,
    /// And at most; how much is drawn by lot.
    pub latest: Duration,
    /// Between two knocks for one device there is at least this.
    pub rest: Duration,
    /// How often is looked for what is due.
    pub look: Duration,
    /// After a failure it is tried again so much later, then after twice that, and then no more.
    pub again: Duration,
}

/// This cannot be how push services find who runs the relay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("push services want an address that begins with mailto: or https://")]
pub struct ContactError;

impl Push {
    /// The usual way.
    ///
    /// # Errors
    /// [`ContactError`] if the contact is neither a `mailto:` nor an `https:` address (RFC 8292, section 2.1).
    pub fn new(contact: &str) -> Result<Self, ContactError> {
        let is_mail = contact.strip_prefix("mailto:").is_some_and(|address| address.contains('@'));
        let is_page = contact.strip_prefix("https://").is_some_and(|page| !page.is_empty());
        if !is_mail && !is_page || contact.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(ContactError);
        }
        Ok(Self {
            contact: contact.to_owned(),
            hosts: Vec::new(),
            loopback: None,
            soonest: Duration::from_secs(5 * 60),
            latest: Duration::from_secs(60 * 60),
            rest: Duration::from_secs(20 * 3600),
            look: Duration::from_secs(30),
            again: Duration::from_secs(30 * 60),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_push_service_must_be_able_to_reach_who_runs_the_relay() {
        for good in ["mailto:host@relay.example", "https://relay.example/contact"] {
            assert!(Push::new(good).is_ok(), "{good}");
        }
        for bad in
            ["", "host@relay.example", "mailto:", "http://relay.example", "https://", "mailto:a@b\r\nx: y"]
        {
            assert!(Push::new(bad).is_err(), "{bad}");
        }
    }
}
