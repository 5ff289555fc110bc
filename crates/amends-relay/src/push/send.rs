//! One knock: a request without a body. What is answered is not read.

use std::time::Duration;

use axum::http::Uri;

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Came {
    /// The push service has taken it.
    Taken,
    /// The address is gone for good.
    Gone,
    /// Something else; it may work another time.
    Failed,
}

/// Asks push services.
#[derive(Debug, Clone)]
pub(crate) struct Sender(ureq::Agent);

impl Sender {
    pub(crate) fn new() -> Self {
        let config = ureq::Agent::config_builder()
            .max_redirects(0)
            .http_status_as_error(false)
            .user_agent("")
            .proxy(None)
            .timeout_global(Some(Duration::from_secs(20)))
            .build();
        Self(config.into())
    }

    /// Knocks; `keep` is for how many seconds the service may keep it for a device that is off. Blocks.
    pub(crate) fn knock(&self, address: &Uri, note: &str, keep: u64) -> Came {
        let answer =
            self.0.post(address).header("Authorization", note).header("TTL", keep.to_string()).send_empty();
        match answer.map(|answer| answer.status().as_u16()) {
            Ok(200..=299) => Came::Taken,
            Ok(404 | 410) => Came::Gone,
            Ok(_) | Err(_) => Came::Failed,
        }
    }
}
