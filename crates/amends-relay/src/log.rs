//! What the operator reads on standard error: starts, stops and failures. No address, name, token, size or content of anybody.

use std::io::Write;

/// Writes one line.
pub(crate) fn line(words: &str) {
    // Where nobody listens there is nobody to tell.
    let _ = writeln!(std::io::stderr(), "amends-relay: {words}");
}
