//! The journal of the vault, as sending and receiving sees it.

use amends_crypto::{ChainId, PersonId as Person, Zeroizing};
use amends_domain::event::{Body, Event, Space};
use amends_domain::id::{DeviceId, EventId, Millis, PersonId};
use amends_domain::prove::contact::LARGEST_PHOTO;
use amends_domain::{consent, entry};
use amends_store::Store;
use amends_sync::{Chain, GuestBundle, Leaving, Log, Named, OwnShare, PicturePart, Piece, Refusal, Which};

use super::SyncError;
use crate::journal::Reason;
use crate::vault::{self, Vault, share_of};

/// A vault at work.
pub(super) struct Journal<'a, S> {
    pub(super) vault: &'a mut Vault<S>,
    /// The partner has opened their channel at least once.
    pub(super) has_answered: bool,
}

impl<'a, S: Store> Journal<'a, S> {
    pub(super) fn new(vault: &'a mut Vault<S>) -> Self {
        let has_answered = has_answered(vault);
        Self { vault, has_answered }
    }
}

/// Whether the partner ever opened their channel: they have answered their own questions, and opted in.
pub(super) fn has_answered<S: Store>(vault: &Vault<S>) -> bool {
    let state = vault.state();
    let opens = |body: &Body| matches!(body, Body::Consent(consent::Event::OptIn));
    vault.partner().is_some_and(|partner| {
        let consent = &state.world().consent;
        let counts = |event: &Event| state.holds(event) && !consent.is_former(event.id);
        state.events().any(|event| event.author == partner && opens(&event.body) && counts(event))
    })
}

fn space(which: Which) -> Space {
    match which {
        Which::Own => Space::Private,
        Which::Pair => Space::Shared,
    }
}

fn refusal(reason: Reason) -> Refusal {
    match reason {
        Reason::Untied => Refusal::Untied,
        Reason::Conflicting => Refusal::Conflicting,
        Reason::Stranger | Reason::Misplaced => Refusal::Stranger,
        Reason::AfterRevocation => Refusal::AfterRevocation,
        Reason::Unreadable | Reason::NewerVersion | Reason::NotAnEntry => Refusal::NotAnEntry,
    }
}

impl<S: Store> Log for Journal<'_, S> {
    type Error = SyncError;

    fn chains(&self, which: Which) -> Vec<Chain> {
        let persons = [Some(self.vault.me()), self.vault.partner().filter(|_| which == Which::Pair)];
        let chains = persons.into_iter().flatten().flat_map(|person| {
            let chains = self.vault.chains_of(person, space(which)).into_iter();
            chains.map(move |(device, next)| {
                // What does not count any more is not handed on.
                let next = self.vault.cuts.get(&device).map_or(next, |cut| next.min(*cut));
                Chain { chain: ChainId(device.0), author: Person(person.0), next }
            })
        });
        chains.collect()
    }

    fn own_chain(&self, which: Which) -> ChainId {
        ChainId(self.vault.next_id(space(which)).device.0)
    }

    fn piece(&self, chain: ChainId, position: u64) -> Result<Option<Piece>, SyncError> {
        let piece = self.vault.piece(EventId { device: DeviceId(chain.0), seq: position })?;
        Ok(piece.map(|piece| match piece {
            vault::Piece::Entry(bytes) => Piece { position, erased: false, bytes },
            vault::Piece::Erased(bytes) => Piece { position, erased: true, bytes },
        }))
    }

    fn is_former(&self, chain: ChainId, position: u64) -> bool {
        let id = EventId { device: DeviceId(chain.0), seq: position };
        self.vault.state().world().consent.is_former(id)
    }

    fn trace(&self, chain: ChainId, position: u64) -> Result<Option<Piece>, SyncError> {
        let piece = self.vault.piece(EventId { device: DeviceId(chain.0), seq: position })?;
        let erased = piece.and_then(vault::Piece::without_words);
        Ok(erased.map(|bytes| Piece { position, erased: true, bytes }))
    }

    /// Private entries go to own devices. Of what is shared, only the own limits (open, pause, pace, topics, leaving; no
    /// words are in them) go before the other person has opened their channel.
    fn may_leave(&self, which: Which, chain: ChainId, position: u64) -> bool {
        let id = EventId { device: DeviceId(chain.0), seq: position };
        // What is erased has no words either.
        let is_limit = || {
            self.vault.state().event(id).is_none_or(|event| {
                matches!(event.body, Body::Consent(_) | Body::Entry(entry::Event::AskRemoval { .. }))
            })
        };
        which == Which::Own || self.has_answered || self.is_former(chain, position) || is_limit()
    }

    fn leaving(&self) -> Leaving {
        let consent = &self.vault.state().world().consent;
        let has_left = |person: PersonId| consent.has_left(person);
        if has_left(self.vault.me()) || self.vault.partner().is_some_and(has_left) {
            Leaving::AfterSending
        } else if consent.left_quietly() {
            Leaving::Now
        } else {
            Leaving::No
        }
    }

    fn take(
        &mut self,
        which: Which,
        author: Person,
        chain: ChainId,
        pieces: &[Piece],
    ) -> Result<Vec<(usize, Refusal)>, SyncError> {
        let mut refused = Vec::new();
        let mut places = Vec::new();
        let mut taken = Vec::new();
        for (place, piece) in pieces.iter().enumerate() {
            let named = EventId { device: DeviceId(chain.0), seq: piece.position };
            let inner = match piece.erased {
                false => vault::Piece::Entry(piece.bytes.clone()),
                true => vault::Piece::Erased(piece.bytes.clone()),
            };
            if inner.id() == Some(named) {
                places.push(place);
                taken.push(inner);
            } else {
                refused.push((place, Refusal::NotAnEntry));
            }
        }
        let result = self.vault.take(PersonId(author.0), space(which), &taken, Vec::new())?;
        refused.extend(result.refused.iter().map(|(index, reason)| (places[*index], refusal(*reason))));
        self.vault.note_what_came(&result.new);
        if !result.new.is_empty() && !self.has_answered {
            self.has_answered = has_answered(self.vault);
        }
        Ok(refused)
    }

    fn pictures(&self) -> Vec<Named> {
        let named = self.vault.pictures_named().map(|(id, author, _)| Named {
            author: Person(author.0),
            chain: ChainId(id.device.0),
            position: id.seq,
        });
        named.collect()
    }

    fn picture(&self, chain: ChainId, position: u64) -> Result<Option<Vec<u8>>, SyncError> {
        let id = EventId { device: DeviceId(chain.0), seq: position };
        let Some((_, photo)) = self.vault.picture_of(id) else { return Ok(None) };
        let bytes = self.vault.picture(photo.blob)?;
        // What nobody would take is not sent.
        let fits = |bytes: &[u8]| bytes.len() == photo.bytes as usize && photo.bytes <= LARGEST_PHOTO;
        Ok(bytes.map(|bytes| bytes.to_vec()).filter(|bytes| fits(bytes)))
    }

    fn take_part(
        &mut self,
        author: Person,
        chain: ChainId,
        position: u64,
        part: &PicturePart,
    ) -> Result<bool, SyncError> {
        let id = EventId { device: DeviceId(chain.0), seq: position };
        Ok(self.vault.take_picture_part(PersonId(author.0), id, part)?)
    }

    fn cut(&mut self, cuts: &[(ChainId, u64)]) -> Result<(), SyncError> {
        let cuts: Vec<(DeviceId, u64)> = cuts.iter().map(|(chain, seq)| (DeviceId(chain.0), *seq)).collect();
        Ok(self.vault.cut(&cuts)?)
    }

    fn begin_new_chains(&mut self) -> Result<(), SyncError> {
        for space in [Space::Private, Space::Shared] {
            self.vault.begin_new_chain(space)?;
        }
        Ok(())
    }

    /// A letter that was taken back, given back or deleted takes its half along, and so does leaving.
    fn own_shares(&self) -> Vec<OwnShare> {
        let has_left = self.leaving() != Leaving::No;
        let own = self.vault.state().world().communication.own_halves();
        let shares = own.filter_map(|own| {
            let withdraw = Zeroizing::new(own.kept.withdraw?.0);
            let half = Zeroizing::new(own.kept.half.0);
            let is_former = self.vault.state().world().consent.is_former(own.letter);
            let opens_at = own.opens_at.filter(|_| !has_left && !is_former).map(|at| at.0);
            Some(OwnShare { id: own.kept.share.0, half, withdraw, opens_at })
        });
        shares.collect()
    }

    fn awaited_shares(&self, now: u64) -> Vec<[u8; 16]> {
        if self.leaving() != Leaving::No {
            return Vec::new();
        }
        let me = self.vault.me();
        let all = self.vault.state().world().communication.all_delivered();
        let consent = &self.vault.state().world().consent;
        let awaited = all.filter(|(id, letter)| {
            let is_here = letter.author != me && letter.reader_has_it() && !consent.is_former(*id);
            is_here && !letter.has_words() && !letter.waits(Millis(now))
        });
        awaited.filter_map(|(_, letter)| share_of(letter)).collect()
    }

    /// Leaving ends them all.
    fn guest_bundles(&self, now: u64) -> Vec<GuestBundle> {
        let has_left = self.leaving() != Leaving::No;
        let all = self.vault.state().world().communication.guests();
        let consent = &self.vault.state().world().consent;
        let bundles = all.filter_map(|(id, guest)| {
            let pass = guest.pass?;
            let is_open = guest.is_open(Millis(now)) && !has_left && !consent.is_former(id);
            let sheet = || minicbor::to_vec(&guest.offer.sheet).expect("writing to memory cannot fail");
            Some(GuestBundle {
                key: Zeroizing::new(pass.key.0),
                append: Zeroizing::new(pass.append.0),
                until: pass.until.0,
                sheet: is_open.then(|| Zeroizing::new(sheet())),
            })
        });
        bundles.collect()
    }

    fn take_share(&mut self, now: u64, share: [u8; 16], half: &[u8]) -> Result<bool, SyncError> {
        let Ok(half) = <[u8; 32]>::try_from(half) else { return Ok(false) };
        let Some(letter) = self.vault.opened_by(share, &half) else { return Ok(false) };
        self.vault.keep_half(Millis(now), letter, share, half)?;
        Ok(true)
    }

    fn n_missing(&self, which: Which) -> u64 {
        let own = self.vault.n_missing_of(self.vault.me(), space(which));
        let partner = self.vault.partner().filter(|_| which == Which::Pair);
        let pictures = if which == Which::Pair { self.vault.n_pictures_awaited() } else { 0 };
        own + pictures + partner.map_or(0, |partner| self.vault.n_missing_of(partner, Space::Shared))
    }
}
