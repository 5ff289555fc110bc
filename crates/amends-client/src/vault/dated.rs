//! Letters that open on a day: sealed when they are written, opened with both halves of their key.

use amends_crypto::{SealedLetter, letter_opens_at, open_letter};
use amends_domain::event::{Body, Event};
use amends_domain::id::{DAY, EntryId, EventId, Millis, ShareId};
use amends_domain::permit::{Action, Local};
use amends_domain::prove::communication::{self, Delivered, Half, SealedLetter as SealedBytes, SenderSees};
use amends_domain::refusal::Refusal;
use amends_domain::state::State;
use amends_store::Store;
use amends_sync::ShareTrouble;

use super::{AppendError, NewEvent, Vault, WriteError};

/// How the half of a key that waits at the relay stands, as this device knows it. Nothing in it says whether anybody read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HalfStanding {
    /// The writer's device has not given it to the relay yet; for the reader: it has not come yet.
    NotYet,
    /// It is at the relay; for the reader: it is here.
    There,
    /// It was taken back.
    TakenBack,
    /// The relay does not do what it should.
    Trouble(ShareTrouble),
    /// The letter itself cannot be opened with any half.
    Unfit,
}

/// A body with words that are to be sealed before they are written.
pub(super) fn is_open_letter(body: &Body) -> bool {
    use communication::Event::SendSealed;
    matches!(body, Body::Communication(SendSealed { letter, .. }) if letter.0.is_empty())
}

/// The body with the half that this device keeps, where it stands for that one.
pub(super) fn with_kept_half(state: &State, body: Body) -> Body {
    use communication::Event::Half as Given;
    match body {
        Body::Communication(Given { letter, half, withdraw: None, .. }) if half == Half::none() => {
            let mut halves = state.world().communication.halves(letter);
            let kept = halves.find(|kept| kept.withdraw.is_some());
            let (share, half) = kept.map_or((Half::no_share(), half), |kept| (kept.share, kept.half));
            Given { letter, share, half, withdraw: None }.into()
        }
        other => other,
    }
}

impl<S: Store> Vault<S> {
    /// Seals the words until the day, keeps the second half for own devices, and writes both in one commit.
    pub(super) fn append_dated<'l>(
        &mut self,
        now: Millis,
        new: NewEvent,
        know: impl FnOnce(&mut Local<'l>),
    ) -> Result<EventId, AppendError> {
        let NewEvent { mut action, finishes } = new;
        let Body::Communication(communication::Event::SendSealed { opens_at, letter, text, .. }) =
            &mut action.body
        else {
            return Err(AppendError::Refused(Refusal::NotFound));
        };
        if text.trim().is_empty() {
            return Err(AppendError::Refused(Refusal::Empty));
        }
        let seconds = opens_at.0.div_ceil(1000);
        *opens_at = Millis(seconds.saturating_mul(1000));
        let sealed = SealedLetter::seal(text.as_bytes(), seconds, &mut *self.rng);
        *letter = SealedBytes(sealed.letter);
        let mut local = Local::new(self.next_id(action.space), self.next_stamp(now));
        know(&mut local);
        let sent = self.state.permit(action, local).map_err(AppendError::Refused)?;
        let half = communication::Event::Half {
            letter: sent.id,
            share: ShareId(sealed.share.id()),
            half: Half(*sealed.share.half()),
            withdraw: Some(Half(*sealed.share.withdraw_token())),
        };
        let kept = self.own_event(now, Action::private(half), &sent)?;
        let changes = self.removal_of(finishes.as_deref());
        self.write([&sent, &kept], changes)?;
        self.forget_draft(finishes);
        let id = sent.id;
        self.state.extend([sent, kept]);
        self.undoable.push(id);
        Ok(id)
    }

    fn own_event(&self, now: Millis, action: Action, after: &Event) -> Result<Event, AppendError> {
        let local = Local::new(self.next_id(action.space), after.at.tick(now));
        self.state.permit(action, local).map_err(AppendError::Refused)
    }

    /// Puts the words of letters with a day beside their events, as far as the halves of their keys are here.
    pub(crate) fn reveal_letters(&mut self) {
        let step = &self.state.world().communication;
        let opened = step.all_delivered().filter_map(|(id, letter)| {
            letter.unread_seal()?;
            step.halves(id).find_map(|kept| open(letter, &kept.half.0)).map(|words| (id, words))
        });
        let opened: Vec<(EntryId, String)> = opened.collect();
        for (id, words) in opened {
            self.state.reveal(id, &words);
        }
    }

    /// A letter to this person whose second half has this name, if the half opens it.
    pub(crate) fn opened_by(&self, share: [u8; 16], half: &[u8; 32]) -> Option<EntryId> {
        let all = self.state.world().communication.all_delivered();
        let mut named = all.filter(|(_, letter)| share_of(letter) == Some(share));
        named.find_map(|(id, letter)| open(letter, half).map(|_| id))
    }

    /// Keeps the second half of a letter to this person, for all own devices, and puts its words beside it.
    pub(crate) fn keep_half(
        &mut self,
        now: Millis,
        letter: EntryId,
        share: [u8; 16],
        half: [u8; 32],
    ) -> Result<(), WriteError> {
        let body =
            communication::Event::Half { letter, share: ShareId(share), half: Half(half), withdraw: None };
        let action = Action::private(body);
        let local = Local::new(self.next_id(action.space), self.next_stamp(now));
        let Ok(event) = self.state.permit(action, local) else { return Ok(()) };
        self.write([&event], Vec::new())?;
        self.state.apply(event);
        self.reveal_letters();
        Ok(())
    }

    /// How the half of a key of a letter with a day stands; none for other letters.
    pub fn half_standing(&self, letter: EntryId) -> Option<HalfStanding> {
        let step = &self.state.world().communication;
        let found = step.delivered(letter).filter(|found| found.opens_at().is_some())?;
        let machine = self.sync.as_ref().and_then(|session| session.machine());
        let own = found.author == self.me();
        let share = step.halves(letter).map(|kept| kept.share.0).next().or_else(|| share_of(found));
        let Some(share) = share else {
            return Some(if found.has_words() { HalfStanding::There } else { HalfStanding::Unfit });
        };
        let standing = machine.map(|machine| machine.share_standing(share)).unwrap_or_default();
        Some(match standing.trouble {
            _ if !own && found.has_words() => HalfStanding::There,
            _ if standing.is_withdrawn => HalfStanding::TakenBack,
            Some(trouble) => HalfStanding::Trouble(trouble),
            None if standing.is_given => HalfStanding::There,
            None => HalfStanding::NotYet,
        })
    }
}

impl<S: Store> Vault<S> {
    /// Own letters with a day whose half of the key should have gone to the relay and is still on this device: they were written more
    /// than a day ago, or their day has come. Without it they do not open.
    pub fn halves_still_here(&self, now: Millis) -> Vec<EntryId> {
        if self.sync_status().partner.is_none() {
            return Vec::new();
        }
        let step = &self.state.world().communication;
        let stands = step.all_delivered().filter(|(id, letter)| {
            let was_sent = letter.author == self.me() && letter.sender_sees() == SenderSees::Sent;
            was_sent && !self.state.world().consent.is_former(*id)
        });
        let late = stands.filter(|(id, letter)| {
            let given_otherwise = step.halves(*id).any(|kept| kept.withdraw.is_none());
            let is_old = self.state.event(*id).is_some_and(|event| now.since(event.at.time()) > DAY);
            !given_otherwise && (is_old || letter.opens_at().is_some_and(|day| day <= now))
        });
        late.map(|(id, _)| id).filter(|id| self.half_standing(*id) == Some(HalfStanding::NotYet)).collect()
    }
}

/// The name of the second half; none if the letter is not the one that its entry says.
pub(crate) fn share_of(letter: &Delivered) -> Option<[u8; 16]> {
    let sealed = letter.seal()?;
    let (share, seconds) = letter_opens_at(&sealed.0).ok()?;
    (letter.opens_at() == Some(Millis(seconds.saturating_mul(1000)))).then_some(share)
}

fn open(letter: &Delivered, half: &[u8; 32]) -> Option<String> {
    share_of(letter)?;
    let words = open_letter(&letter.seal()?.0, half).ok()?;
    String::from_utf8(words.to_vec()).ok()
}
