//! Where a push service takes a knock for one device. It cannot be read in a log.

use alloc::string::String;
use core::fmt;

use minicbor::{Decode, Encode};

/// An address at the push service of a browser. Whoever knows it can be refused there, but it names a device all the same.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub struct Endpoint(#[n(0)] pub String);

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Endpoint(..)")
    }
}
