//! CBOR as our formats use it (RFC 8949): integer keys, one item, nothing after it.

use minicbor::{Decode, Encode};
use zeroize::Zeroizing;

use crate::device::StoredKeyError;

/// The bytes of a value. Writing to memory cannot fail.
pub(crate) fn encode<T: Encode<()>>(value: &T) -> Vec<u8> {
    minicbor::to_vec(value).expect("a Vec takes all bytes")
}

/// The bytes of a value that holds secrets, in memory that was reserved in full, so that growing leaves no copies.
pub(crate) fn encode_secret<T: Encode<()>>(value: &T) -> Zeroizing<Vec<u8>> {
    let mut counter = Counter(0);
    minicbor::encode(value, &mut counter).expect("counting cannot fail");
    let mut bytes = Zeroizing::new(Vec::with_capacity(counter.0));
    minicbor::encode(value, &mut *bytes).expect("a Vec takes all bytes");
    bytes
}

/// One value and nothing after it.
pub(crate) fn decode<'b, T: Decode<'b, ()>>(bytes: &'b [u8]) -> Option<T> {
    let mut decoder = minicbor::Decoder::new(bytes);
    let value = decoder.decode().ok()?;
    (decoder.position() == bytes.len()).then_some(value)
}

/// One stored value whose key 0 is the version, which must be 1.
pub(crate) fn decode_stored<'b, T: Decode<'b, ()>>(bytes: &'b [u8]) -> Result<T, StoredKeyError> {
    #[derive(Decode)]
    #[cbor(map)]
    struct Version(#[n(0)] u64);

    match decode::<Version>(bytes) {
        Some(Version(1)) => decode(bytes).ok_or(StoredKeyError::Damaged),
        Some(Version(version)) if version > 1 => Err(StoredKeyError::NewerVersion),
        _ => Err(StoredKeyError::Damaged),
    }
}

/// Counts bytes and forgets them.
struct Counter(usize);

impl minicbor::encode::Write for Counter {
    type Error = core::convert::Infallible;

    fn write_all(&mut self, bytes: &[u8]) -> Result<(), Self::Error> {
        self.0 += bytes.len();
        Ok(())
    }
}

/// 32 secret bytes as a CBOR byte string.
pub(crate) struct Secret(pub(crate) Zeroizing<[u8; 32]>);

impl<C> Encode<C> for Secret {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        ctx: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        secret::encode(&self.0, e, ctx)
    }
}

impl<'b, C> Decode<'b, C> for Secret {
    fn decode(d: &mut minicbor::Decoder<'b>, ctx: &mut C) -> Result<Self, minicbor::decode::Error> {
        secret::decode(d, ctx).map(Self)
    }
}

/// The same for fields.
pub(crate) mod secret {
    use minicbor::decode::Error as DecodeError;
    use minicbor::encode::{Error as EncodeError, Write};
    use minicbor::{Decoder, Encoder};
    use zeroize::Zeroizing;

    pub(crate) fn encode<C, W: Write>(
        value: &Zeroizing<[u8; 32]>,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), EncodeError<W::Error>> {
        e.bytes(value.as_ref())?.ok()
    }

    pub(crate) fn decode<C>(d: &mut Decoder<'_>, _: &mut C) -> Result<Zeroizing<[u8; 32]>, DecodeError> {
        let bytes = d.bytes()?;
        let mut value = Zeroizing::new([0; 32]);
        if bytes.len() != value.len() {
            return Err(DecodeError::message("secret is not 32 bytes"));
        }
        value.copy_from_slice(bytes);
        Ok(value)
    }
}
