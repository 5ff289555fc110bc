//! Carries frames between this program and a relay, over plain HTTP calls (`docs/formats/wire.md`).
//!
//! It understands nothing of what it carries, keeps nothing, and follows no redirect: what it sends goes to the one address it was
//! given or nowhere. The terminal and the loopback shell use it; in the browser the worker does the same with a WebSocket.

use std::io::Read as _;
use std::time::Duration;

use amends_wire::{ClientFrame, FrameError, MAX_FRAME, ServerFrame};
use url::{Host, Url};

/// Largest body of one call to the relay, in bytes; more is parted into several calls.
const MOST_OUT: usize = 3 * MAX_FRAME;
/// Largest answer that is read, in bytes.
const MOST_IN: u64 = 4 << 20;
/// How long a call may take beside the time it was asked to wait.
const PATIENCE: Duration = Duration::from_secs(40);

/// An address that is none of a relay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AddressError {
    /// Not a web address.
    #[error("this is not a web address")]
    Unreadable,
    /// Neither https nor this very computer.
    #[error("a relay that is not on this computer needs an address with https")]
    NotSafe,
}

/// A call did not get through, or got no answer that can be understood. Whether the relay did what it was asked is not known; asking again does
/// no harm.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CarryError {
    /// No connection, or it broke.
    #[error("the relay cannot be reached")]
    Unreachable(#[source] Box<ureq::Error>),
    /// The answer broke off.
    #[error("the answer of the relay broke off")]
    BrokeOff(#[source] std::io::Error),
    /// Something answered that is no relay, or a newer one.
    #[error("what answered is not a relay of Amends")]
    NotARelay(#[source] FrameError),
}

/// The way to one relay.
#[derive(Debug, Clone)]
pub struct Carrier {
    address: String,
    agent: ureq::Agent,
}

impl Carrier {
    /// The way to the relay at this address: `https://host[:port][/path]`, or `http://` on this very computer.
    ///
    /// # Errors
    /// [`AddressError`]
    pub fn new(address: &str) -> Result<Self, AddressError> {
        let address = Url::parse(address.trim()).map_err(|_| AddressError::Unreadable)?;
        if !address.has_host() {
            return Err(AddressError::Unreadable);
        }
        if address.scheme() != "https" && !(address.scheme() == "http" && is_this_computer(&address)) {
            return Err(AddressError::NotSafe);
        }
        let config = ureq::Agent::config_builder()
            .max_redirects(0)
            .http_status_as_error(false)
            .user_agent("")
            .timeout_connect(Some(Duration::from_secs(20)))
            .build();
        let base = address.as_str().trim_end_matches('/');
        Ok(Self { address: format!("{base}/v1/call"), agent: config.into() })
    }

    /// Sends frames and gives the answers, in order. `wait` is how many seconds the relay may hold the call when it
    /// was asked for records and has none. Every call is a connection of its own: what was subscribed before is forgotten.
    ///
    /// # Errors
    /// [`CarryError`]; the answers of parts that got through are lost, asking again brings them once more.
    pub fn call(&self, frames: &[ClientFrame], wait: u16) -> Result<Vec<ServerFrame>, CarryError> {
        let mut answers = Vec::new();
        let (hello, rest) = match frames.split_first() {
            Some((hello @ ClientFrame::Hello { .. }, rest)) => (Some(hello), rest),
            _ => (None, frames),
        };
        let mut body = start(hello);
        let n_start = body.len();
        for frame in rest {
            let bytes = frame.to_bytes();
            if body.len() > n_start && body.len() + bytes.len() > MOST_OUT {
                answers.extend(self.send(&body, 0)?);
                body = start(hello);
            }
            body.extend(bytes);
        }
        answers.extend(self.send(&body, wait)?);
        Ok(answers)
    }

    fn send(&self, body: &[u8], wait: u16) -> Result<Vec<ServerFrame>, CarryError> {
        let unreachable = |error| CarryError::Unreachable(Box::new(error));
        let answer = self
            .agent
            .post(format!("{}?wait={wait}", self.address))
            .config()
            .timeout_global(Some(PATIENCE + Duration::from_secs(u64::from(wait))))
            .build()
            .content_type("application/octet-stream")
            .send(body)
            .map_err(unreachable)?;
        let mut bytes = Vec::new();
        let read = answer.into_body().into_reader().take(MOST_IN).read_to_end(&mut bytes);
        read.map_err(CarryError::BrokeOff)?;
        ServerFrame::all_from_bytes(&bytes).map_err(CarryError::NotARelay)
    }
}

fn start(hello: Option<&ClientFrame>) -> Vec<u8> {
    hello.map(ClientFrame::to_bytes).unwrap_or_default()
}

fn is_this_computer(address: &Url) -> bool {
    match address.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sealed_bytes_go_over_https_or_nowhere_but_to_this_computer() {
        for good in [
            "https://relay.example",
            "https://relay.example/amends/",
            "http://127.0.0.1:8080",
            "http://localhost:1",
        ] {
            assert!(Carrier::new(good).is_ok(), "{good}");
        }
        for unsafe_one in ["http://relay.example", "http://10.0.0.1", "ftp://relay.example"] {
            assert_eq!(Carrier::new(unsafe_one).unwrap_err(), AddressError::NotSafe, "{unsafe_one}");
        }
        assert_eq!(Carrier::new("relay").unwrap_err(), AddressError::Unreadable);
    }

    #[test]
    fn nobody_at_home_is_an_error_that_can_be_tried_again() {
        // Port 9 of this computer: nothing listens there in a test.
        let carrier = Carrier::new("http://127.0.0.1:9").unwrap();
        assert!(matches!(carrier.call(&[ClientFrame::Ping], 0), Err(CarryError::Unreachable(_))));
    }
}
