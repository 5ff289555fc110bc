//! Grants that a member makes on purpose wrong: signed by an active device, and refused all the same.

use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

use super::apply::{ApplyGrantError, GrantApplied, Opener};
use super::book::EpochBook;
use super::grant::{Body, Grant, Head, Inside, Link, ListState, SecretBox, box_info, epoch_id};
use super::secret::EpochSecret;
use crate::ids::{ChainId, EpochId, PersonId};
use crate::padding::pad;
use crate::{Chains, DeviceKeys, DeviceList, Members, SpaceRoot, aead, cbor};

struct Hostile {
    rng: ChaCha20Rng,
    root: SpaceRoot,
    partner: DeviceKeys,
    me: DeviceKeys,
    lists: [DeviceList; 2],
}

/// What a hostile member may change about a grant.
struct Wrong {
    secret_for_me: Option<EpochSecret>,
    leave_me_out: bool,
    depth: u32,
    parents: Vec<EpochId>,
    links: Vec<Link>,
    inside_with: Option<EpochSecret>,
}

const FINE: Wrong = Wrong {
    secret_for_me: None,
    leave_me_out: false,
    depth: 0,
    parents: Vec::new(),
    links: Vec::new(),
    inside_with: None,
};

impl Hostile {
    fn new() -> Self {
        let mut rng = ChaCha20Rng::from_seed([5; 32]);
        let chains = |n| Chains { private: ChainId([n; 16]), shared: ChainId([n + 1; 16]) };
        let partner = DeviceKeys::make(chains(1), &mut rng);
        let me = DeviceKeys::make(chains(3), &mut rng);
        let lists =
            [(&partner, 1), (&me, 2)].map(|(keys, n)| DeviceList::begin(PersonId([n; 16]), keys, None, 0).0);
        Self { root: SpaceRoot::make(&mut rng), rng, partner, me, lists }
    }

    fn grant(&mut self, wrong: Wrong) -> Grant {
        let space = self.root.space();
        let secret = EpochSecret::make(&mut self.rng);
        let lists = self.lists.iter().map(|list| ListState { person: list.person(), head: list.head() });
        let head = cbor::encode(&Head {
            space,
            depth: wrong.depth,
            parents: wrong.parents,
            lists: lists.collect(),
            signer: self.partner.id(),
            at: 0,
            commitment: secret.commitment(space),
            key_id: secret.key_id(),
        });
        let epoch = epoch_id(&head);
        let mut boxes = Vec::new();
        for (device, other) in [(&self.partner, None), (&self.me, wrong.secret_for_me.as_ref())] {
            let secret = other.unwrap_or(&secret);
            let sealed = device.public().kem.seal(
                &box_info(epoch, device.id()),
                None,
                secret.bytes().as_ref(),
                &mut self.rng,
            );
            boxes.push(SecretBox { recipient: device.id(), generation: 0, sealed: sealed.into() });
        }
        boxes.retain(|sealed| !(wrong.leave_me_out && sealed.recipient == self.me.id()));
        boxes.sort_by_key(|sealed| sealed.recipient);
        let inside = cbor::encode(&Inside { cuts: Vec::new(), links: wrong.links });
        let key = wrong.inside_with.as_ref().unwrap_or(&secret).link_key();
        let inside = aead::seal(&key, &epoch.0, &pad(&inside), &mut self.rng);
        let body = Body { head: head.into(), boxes, inside: inside.into() };
        Grant::sign(&body, |purpose, bytes| self.partner.sign(purpose, bytes))
    }

    fn apply(&self, book: &mut EpochBook, grant: &Grant) -> Result<GrantApplied, ApplyGrantError> {
        let members = Members::new(&[&self.lists[0], &self.lists[1]]).unwrap();
        book.apply(grant, &members, Opener::Device(&self.me))
    }

    fn check(&mut self, wrong: Wrong) -> Result<GrantApplied, ApplyGrantError> {
        let grant = self.grant(wrong);
        self.apply(&mut EpochBook::new(self.root.space()), &grant)
    }
}

#[test]
fn a_grant_made_as_described_opens() {
    assert_eq!(Hostile::new().check(FINE), Ok(GrantApplied::Opened));
}

#[test]
fn nobody_gives_two_devices_two_secrets_under_one_name() {
    let mut hostile = Hostile::new();
    let other = EpochSecret::make(&mut hostile.rng);
    assert_eq!(hostile.check(Wrong { secret_for_me: Some(other), ..FINE }), Err(ApplyGrantError::Forged));
}

#[test]
fn nobody_is_left_out_in_silence() {
    let applied = Hostile::new().check(Wrong { leave_me_out: true, ..FINE });
    assert_eq!(applied, Err(ApplyGrantError::OtherRecipients));
}

#[test]
fn nobody_puts_an_epoch_deeper_than_it_is() {
    let applied = Hostile::new().check(Wrong { depth: 1_000_000, ..FINE });
    assert_eq!(applied, Err(ApplyGrantError::Forged));
}

#[test]
fn an_inside_sealed_with_another_secret_is_refused() {
    let mut hostile = Hostile::new();
    let other = EpochSecret::make(&mut hostile.rng);
    assert_eq!(hostile.check(Wrong { inside_with: Some(other), ..FINE }), Err(ApplyGrantError::Forged));
}

#[test]
fn a_false_secret_for_an_older_epoch_harms_nothing() {
    let mut hostile = Hostile::new();
    let older = hostile.grant(FINE);
    let false_link = Link {
        epoch: older.epoch(),
        secret: cbor::Secret(EpochSecret::make(&mut hostile.rng).bytes().clone()),
    };
    let newer =
        hostile.grant(Wrong { depth: 1, parents: vec![older.epoch()], links: vec![false_link], ..FINE });
    for order in [[&older, &newer], [&newer, &older]] {
        let mut book = EpochBook::new(hostile.root.space());
        for grant in order {
            assert_eq!(hostile.apply(&mut book, grant), Ok(GrantApplied::Opened));
        }
        assert!(book.is_open(older.epoch()) && book.is_open(newer.epoch()));
    }
}
