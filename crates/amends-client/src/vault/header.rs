//! The part of a vault that can be read without a key.

use minicbor::{Decode, Encode};

use crate::layout::VAULT_VERSION;

/// Version, id, and whether it is a demonstration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub(crate) struct Header {
    #[n(0)]
    pub(crate) version: u8,
    #[cbor(n(1), with = "minicbor::bytes")]
    pub(crate) vault_id: [u8; 16],
    #[n(2)]
    pub(crate) is_demo: bool,
}

/// The header cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HeaderError {
    Damaged,
    NewerVersion,
}

impl Header {
    pub(crate) fn new(vault_id: [u8; 16], is_demo: bool) -> Self {
        Self { version: VAULT_VERSION, vault_id, is_demo }
    }

    pub(crate) fn encode(&self) -> Vec<u8> {
        minicbor::to_vec(self).expect("writing to memory cannot fail")
    }

    /// Reads the version first, so that a newer header is told from a damaged one.
    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, HeaderError> {
        #[derive(Decode)]
        #[cbor(map)]
        struct Version {
            #[n(0)]
            version: u8,
        }
        let found: Version = minicbor::decode(bytes).map_err(|_| HeaderError::Damaged)?;
        match found.version {
            VAULT_VERSION => minicbor::decode(bytes).map_err(|_| HeaderError::Damaged),
            newer if newer > VAULT_VERSION => Err(HeaderError::NewerVersion),
            _ => Err(HeaderError::Damaged),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_newer_header_is_told_from_a_damaged_one() {
        let header = Header::new([7; 16], false);
        let mut bytes = header.encode();
        assert_eq!(Header::decode(&bytes), Ok(header));
        assert_eq!(Header::decode(&bytes[..5]), Err(HeaderError::Damaged));
        assert_eq!(Header::decode(b""), Err(HeaderError::Damaged));
        bytes[2] = 2;
        assert_eq!(Header::decode(&bytes), Err(HeaderError::NewerVersion));
        bytes[2] = 0;
        assert_eq!(Header::decode(&bytes), Err(HeaderError::Damaged));
    }
}
