//! A meeting as it is kept over a restart.

use amends_crypto::{DeviceKeys, Invite, Joining, Paired, PairingLink, PairingPurpose, Zeroizing};
use amends_wire::Rid;
use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

use super::{Meeting, Role};
use crate::link::{Link, Place};
use crate::space::access_of;

/// A meeting as it is kept.
#[derive(Encode, Decode)]
#[cbor(map)]
struct Stored {
    #[n(0)]
    version: u8,
    #[n(1)]
    fragment: String,
    #[n(2)]
    purpose: PairingPurpose,
    #[n(3)]
    until: u64,
    #[n(4)]
    confirmed: bool,
    #[n(5)]
    outgoing: Vec<(Rid, ByteVec)>,
    #[n(6)]
    invite: Option<ByteVec>,
    #[n(7)]
    joining: Option<ByteVec>,
    #[n(8)]
    paired: Option<ByteVec>,
    #[n(9)]
    payload: ByteVec,
    #[n(10)]
    device: Option<ByteVec>,
    #[n(11)]
    last: Option<ByteVec>,
}

impl Meeting {
    pub(crate) fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let outgoing = self.outgoing.iter().map(|(rid, bytes)| (*rid, bytes.clone().into())).collect();
        let mut stored = Stored {
            version: 1,
            fragment: self.fragment.to_string(),
            purpose: self.purpose,
            until: self.until,
            confirmed: self.confirmed,
            outgoing,
            invite: None,
            joining: None,
            paired: None,
            payload: Vec::new().into(),
            device: None,
            last: None,
        };
        let kept = |paired: &Paired| ByteVec::from(paired.to_bytes().to_vec());
        match &self.role {
            Role::Inviter { invite, paired } => {
                stored.invite = Some(invite.to_bytes().to_vec().into());
                stored.paired = paired.as_ref().map(|(paired, _)| kept(paired));
                stored.payload =
                    paired.as_ref().map(|(_, payload)| payload.to_vec()).unwrap_or_default().into();
            }
            Role::Joiner { payload, device, joining, paired, last } => {
                stored.payload = payload.clone().into();
                stored.device = device.as_ref().map(|device| device.to_bytes().to_vec().into());
                stored.joining = joining.as_ref().map(|joining| joining.to_bytes().to_vec().into());
                stored.paired = paired.as_ref().map(kept);
                stored.last = last.clone().map(ByteVec::from);
            }
        }
        Zeroizing::new(minicbor::to_vec(&stored).expect("writing to memory cannot fail"))
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let stored: Stored = minicbor::decode(bytes).ok().filter(|stored: &Stored| stored.version == 1)?;
        let link = PairingLink::parse(&stored.fragment).ok()?;
        let paired = match &stored.paired {
            Some(bytes) => Some(Paired::from_bytes(bytes.as_slice().try_into().ok()?)),
            None => None,
        };
        let role = match &stored.invite {
            Some(invite) => Role::Inviter {
                invite: Invite::from_bytes(invite).ok()?,
                paired: paired.map(|paired| (paired, Zeroizing::new(stored.payload.into()))),
            },
            None => Role::Joiner {
                payload: stored.payload.into(),
                device: stored.device.and_then(|bytes| DeviceKeys::from_bytes(&bytes).ok()),
                joining: stored.joining.and_then(|bytes| Joining::from_bytes(&bytes).ok()),
                paired,
                last: stored.last.map(Vec::from),
            },
        };
        Some(Self {
            fragment: Zeroizing::new(stored.fragment),
            purpose: stored.purpose,
            until: stored.until,
            role,
            confirmed: stored.confirmed,
            outgoing: stored.outgoing.into_iter().map(|(rid, bytes)| (rid, bytes.into())).collect(),
            link: Link::new(access_of(&link.mailbox()), Place::new(None)),
            last_seen: 0,
        })
    }
}
