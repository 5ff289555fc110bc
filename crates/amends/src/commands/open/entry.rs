//! Who may come in: only the browser that was given the printed address, from this computer, from our own page.
//!
//! The address carries a key that opens once and is exchanged for a cookie; then a new key is made. `Host`
//! is checked against DNS rebinding, `Origin` and `Sec-Fetch-Site` against pages of others.

use std::sync::Mutex;

use axum::http::{HeaderMap, header};

/// Name of the cookie.
const COOKIE: &str = "notes";

/// Keys of one run.
#[derive(Debug)]
pub(super) struct Entry {
    port: u16,
    /// Value of the cookie.
    session: String,
    /// Opens once.
    key: Mutex<String>,
}

impl Entry {
    pub(super) fn new(port: u16) -> anyhow::Result<Self> {
        Ok(Self { port, session: random_name()?, key: Mutex::new(random_name()?) })
    }

    /// Address that lets one browser in.
    pub(super) fn address(&self) -> String {
        format!("http://127.0.0.1:{}/enter/{}", self.port, self.lock())
    }

    /// Exchanges the key for the cookie; the key is used up by this.
    pub(super) fn exchange(&self, key: &str) -> Option<String> {
        let mut known = self.lock();
        if !same(known.as_bytes(), key.as_bytes()) {
            return None;
        }
        // Without randomness the door stays shut for the next browser.
        *known = random_name().unwrap_or_default();
        Some(format!("{COOKIE}={}; Path=/; HttpOnly; SameSite=Strict", self.session))
    }

    /// Whether the request is addressed to this computer by its own name.
    pub(super) fn is_own_host(&self, headers: &HeaderMap) -> bool {
        let host = text(headers, header::HOST.as_str());
        [format!("127.0.0.1:{}", self.port), format!("localhost:{}", self.port)].iter().any(|own| own == host)
    }

    /// Whether the request comes from our own page, or from the address bar.
    pub(super) fn is_own_origin(&self, headers: &HeaderMap) -> bool {
        let origin = text(headers, header::ORIGIN.as_str());
        let own =
            ["127.0.0.1", "localhost"].iter().any(|name| origin == format!("http://{name}:{}", self.port));
        let from_page = matches!(text(headers, "sec-fetch-site"), "" | "same-origin" | "none");
        (origin.is_empty() || own) && from_page
    }

    /// Whether the cookie of this run is there.
    pub(super) fn is_let_in(&self, headers: &HeaderMap) -> bool {
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .any(|(name, value)| name == COOKIE && same(value.as_bytes(), self.session.as_bytes()))
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, String> {
        self.key.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> &'h str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// Compares without telling by its time where two values differ. An empty value equals nothing.
fn same(one: &[u8], other: &[u8]) -> bool {
    !one.is_empty()
        && one.len() == other.len()
        && one.iter().zip(other).fold(0, |difference, (one, other)| difference | (one ^ other)) == 0
}

/// 128 random bits as hex digits.
fn random_name() -> anyhow::Result<String> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_err(|error| anyhow::anyhow!("no random numbers: {error}"))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn the_printed_address_opens_once_and_gives_a_cookie() {
        let entry = Entry::new(4000).unwrap();
        let address = entry.address();
        let key = address.rsplit('/').next().unwrap();
        assert!(entry.exchange("0123").is_none());
        let cookie = entry.exchange(key).unwrap();
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"));
        assert!(entry.exchange(key).is_none(), "a key that somebody saw must not open a second time");
        assert_ne!(entry.address(), address);
        let pair = cookie.split(';').next().unwrap();
        assert!(entry.is_let_in(&headers(&[("cookie", pair)])));
        assert!(!entry.is_let_in(&headers(&[("cookie", "notes=")])));
        assert!(!entry.is_let_in(&headers(&[])));
    }

    #[test]
    fn other_names_for_this_computer_are_refused() {
        let entry = Entry::new(4000).unwrap();
        assert!(entry.is_own_host(&headers(&[("host", "127.0.0.1:4000")])));
        assert!(entry.is_own_host(&headers(&[("host", "localhost:4000")])));
        assert!(!entry.is_own_host(&headers(&[("host", "evil.example:4000")])));
        assert!(!entry.is_own_host(&headers(&[("host", "127.0.0.1:4001")])));
        assert!(!entry.is_own_host(&headers(&[])));
    }

    #[test]
    fn pages_of_others_cannot_ask() {
        let entry = Entry::new(4000).unwrap();
        assert!(entry.is_own_origin(&headers(&[])));
        assert!(entry.is_own_origin(&headers(&[("origin", "http://127.0.0.1:4000")])));
        assert!(!entry.is_own_origin(&headers(&[("origin", "https://evil.example")])));
        assert!(!entry.is_own_origin(&headers(&[("origin", "null")])));
        assert!(!entry.is_own_origin(&headers(&[("sec-fetch-site", "cross-site")])));
    }
}
