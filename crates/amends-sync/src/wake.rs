//! Being woken by the relay when something waits (docs/formats/wire.md): what this device asked for, and what the relay may still
//! hold of it or of devices that are gone.

use std::collections::BTreeSet;

use amends_wire::{About, ClientFrame, Code, Endpoint, MailboxId, ServerFrame, Token, UnixSeconds, WakeId};
use minicbor::{Decode, Encode};

/// A relay forgets a wish when its device has not come for so long, in seconds.
const LASTS: u64 = 60 * 86_400;

/// Where and when a device wants to be woken.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Waking {
    /// Address at the push service of its browser.
    #[n(0)]
    pub endpoint: String,
    /// Not before this minute of the day, where the person is.
    #[n(1)]
    pub from: u16,
    /// Nor from this minute on.
    #[n(2)]
    pub until: u16,
    /// Minutes to the east of UTC where the person is.
    #[n(3)]
    pub offset: i16,
}

/// How a wish to be woken stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum WakeStanding {
    /// The relay has not answered yet.
    #[n(0)]
    Asked,
    /// The relay knows it.
    #[n(1)]
    Set,
    /// The relay wakes nobody, or not through this push service.
    #[n(2)]
    Refused,
}

/// A wish as the relay knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub(crate) struct Wish {
    #[n(0)]
    pub(crate) mailbox: MailboxId,
    #[n(1)]
    pub(crate) read: Token,
    #[n(2)]
    pub(crate) wake: WakeId,
}

/// Where this device could be woken now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Where {
    /// There is no pair: nobody to be woken by.
    Nowhere,
    /// There is one, but its mailbox is not open yet.
    NotYet,
    /// Here.
    At(Wish),
}

#[derive(Default, Clone, Encode, Decode)]
#[cbor(map)]
pub(crate) struct Wakes {
    #[n(0)]
    waking: Option<Waking>,
    #[n(1)]
    standing: Option<WakeStanding>,
    /// Own wishes that the relay may know.
    #[n(2)]
    at_relay: Vec<Wish>,
    #[cbor(skip)]
    said: Said,
}

/// What was said on the present connection.
#[derive(Default, Clone)]
struct Said {
    wish: Option<(Wish, Waking)>,
    cleared: BTreeSet<WakeId>,
}

impl Wakes {
    pub(crate) fn is_empty(&self) -> bool {
        self.waking.is_none() && self.at_relay.is_empty()
    }

    pub(crate) fn waking(&self) -> Option<(&Waking, WakeStanding)> {
        self.waking.as_ref().map(|waking| (waking, self.standing.unwrap_or(WakeStanding::Asked)))
    }

    pub(crate) fn set(&mut self, waking: Option<Waking>) {
        self.standing = None;
        self.waking = waking;
    }

    pub(crate) fn disconnected(&mut self) {
        self.said = Said::default();
    }

    /// Says what is still to be said on an open connection; gives whether something is to be stored before it goes.
    pub(crate) fn tend(
        &mut self,
        place: Where,
        of_others: &[Wish],
        now: u64,
        out: &mut Vec<ClientFrame>,
    ) -> bool {
        let mut changed = false;
        if place == Where::Nowhere && self.waking.is_some() {
            self.set(None);
            changed = true;
        }
        let wanted = match (place, &self.waking) {
            (Where::At(wish), Some(waking)) => Some((wish, waking.clone())),
            _ => None,
        };
        // While the mailbox is not open, what it holds is let be.
        let is_waiting = place == Where::NotYet && self.waking.is_some();
        let unwanted = self
            .at_relay
            .iter()
            .filter(|wish| !is_waiting && wanted.as_ref().is_none_or(|(at, _)| at != *wish));
        for Wish { mailbox, read, wake } in unwanted.chain(of_others).copied() {
            if self.said.cleared.insert(wake) {
                out.push(ClientFrame::WakeClear { mailbox, read, wake });
            }
        }
        if let Some((wish, waking)) = wanted.filter(|wanted| self.said.wish.as_ref() != Some(wanted)) {
            if !self.at_relay.contains(&wish) {
                self.at_relay.push(wish);
                changed = true;
            }
            self.said.cleared.remove(&wish.wake);
            out.push(waking.frame(wish, now));
            self.said.wish = Some((wish, waking));
        }
        changed
    }

    /// Takes an answer about a wish; gives whether something is to be told. Other frames are not for it.
    pub(crate) fn frame(&mut self, frame: &ServerFrame) -> Option<bool> {
        let (wake, refused) = match frame {
            ServerFrame::Done { about: About::Wake(wake) } => (*wake, None),
            ServerFrame::Refused { about: About::Wake(wake), code, .. } => (*wake, Some(*code)),
            _ => return None,
        };
        let is_wanted = self.said.wish.as_ref().is_some_and(|(wish, _)| wish.wake == wake)
            && !self.said.cleared.contains(&wake);
        let before = (self.standing, self.at_relay.len());
        match (is_wanted, refused) {
            (true, None) => self.standing = self.waking.as_ref().map(|_| WakeStanding::Set),
            (true, Some(Code::UnknownItem | Code::BadFrame | Code::Full)) => {
                self.standing = self.waking.as_ref().map(|_| WakeStanding::Refused);
                self.at_relay.retain(|wish| wish.wake != wake);
            }
            (false, None | Some(Code::UnknownMailbox | Code::WrongToken)) => {
                self.at_relay.retain(|wish| wish.wake != wake);
            }
            // Another time, on the next connection.
            (_, Some(_)) => {}
        }
        Some(before != (self.standing, self.at_relay.len()))
    }
}

impl Waking {
    fn frame(&self, wish: Wish, now: u64) -> ClientFrame {
        let Wish { mailbox, read, wake } = wish;
        let (from, until) = (self.in_utc(self.from), self.in_utc(self.until));
        let expires = UnixSeconds(now / 1_000 + LASTS);
        ClientFrame::WakeSet {
            mailbox,
            read,
            wake,
            endpoint: Endpoint(self.endpoint.clone()),
            from,
            until,
            expires,
        }
    }

    fn in_utc(&self, minute: u16) -> u16 {
        let there = i32::from(minute) - i32::from(self.offset);
        u16::try_from(there.rem_euclid(1_440)).unwrap_or(0)
    }
}

impl core::fmt::Debug for Waking {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Waking(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 1_800_000_000_000;

    fn wish(n: u8) -> Wish {
        Wish { mailbox: MailboxId([n; 32]), read: Token([n; 32]), wake: WakeId([n; 16]) }
    }

    fn waking(from: u16, until: u16, offset: i16) -> Waking {
        Waking { endpoint: "https://push.example/1".to_owned(), from, until, offset }
    }

    fn tend(wakes: &mut Wakes, place: Where, of_others: &[Wish]) -> Vec<ClientFrame> {
        let mut out = Vec::new();
        wakes.tend(place, of_others, NOW, &mut out);
        out
    }

    fn done(n: u8) -> ServerFrame {
        ServerFrame::Done { about: About::Wake(WakeId([n; 16])) }
    }

    fn is_clear(frame: &ClientFrame, n: u8) -> bool {
        matches!(frame, ClientFrame::WakeClear { wake, .. } if *wake == WakeId([n; 16]))
    }

    #[test]
    fn it_is_said_once_on_each_connection_and_in_the_time_of_the_relay() {
        let mut wakes = Wakes::default();
        assert!(tend(&mut wakes, Where::At(wish(1)), &[]).is_empty(), "off until somebody asks");
        wakes.set(Some(waking(540, 1_320, -300)));
        let said = tend(&mut wakes, Where::At(wish(1)), &[]);
        let [ClientFrame::WakeSet { from: 840, until: 180, expires, .. }] = said[..] else {
            panic!("{said:?}")
        };
        assert_eq!(expires.0, NOW / 1_000 + LASTS);
        assert!(tend(&mut wakes, Where::At(wish(1)), &[]).is_empty());
        assert_eq!(wakes.frame(&done(1)), Some(true));
        assert_eq!(wakes.waking().unwrap().1, WakeStanding::Set);
        wakes.disconnected();
        assert_eq!(tend(&mut wakes, Where::At(wish(1)), &[]).len(), 1, "the device is here again");
        wakes.set(Some(waking(600, 1_320, 60)));
        assert_eq!(tend(&mut wakes, Where::At(wish(1)), &[]).len(), 1, "other hours");
    }

    #[test]
    fn what_is_taken_back_is_said_until_the_relay_says_that_it_is_so() {
        let mut wakes = Wakes::default();
        wakes.set(Some(waking(540, 1_200, 0)));
        tend(&mut wakes, Where::At(wish(1)), &[]);
        wakes.frame(&done(1));
        wakes.set(None);
        let said = tend(&mut wakes, Where::At(wish(1)), &[]);
        assert!(matches!(&said[..], [one] if is_clear(one, 1)));
        wakes.disconnected();
        assert_eq!(tend(&mut wakes, Where::NotYet, &[]).len(), 1, "the answer was lost");
        wakes.frame(&done(1));
        wakes.disconnected();
        assert!(tend(&mut wakes, Where::At(wish(1)), &[]).is_empty());
        assert!(wakes.is_empty());
    }

    #[test]
    fn after_leaving_it_is_off_and_taken_back() {
        let mut wakes = Wakes::default();
        wakes.set(Some(waking(540, 1_200, 0)));
        tend(&mut wakes, Where::At(wish(1)), &[]);
        wakes.frame(&done(1));
        let said = tend(&mut wakes, Where::Nowhere, &[]);
        assert!(matches!(&said[..], [one] if is_clear(one, 1)));
        assert!(wakes.waking().is_none());
    }

    #[test]
    fn while_the_mailbox_is_not_open_nothing_is_taken_back() {
        let mut wakes = Wakes::default();
        wakes.set(Some(waking(540, 1_200, 0)));
        tend(&mut wakes, Where::At(wish(1)), &[]);
        wakes.disconnected();
        assert!(tend(&mut wakes, Where::NotYet, &[]).is_empty());
    }

    #[test]
    fn what_removed_devices_left_is_taken_back_once() {
        let mut wakes = Wakes::default();
        let said = tend(&mut wakes, Where::At(wish(1)), &[wish(2), wish(3)]);
        assert!(said.len() == 2 && is_clear(&said[0], 2) && is_clear(&said[1], 3));
        assert!(tend(&mut wakes, Where::At(wish(1)), &[wish(2), wish(3)]).is_empty());
    }

    #[test]
    fn a_relay_that_wakes_nobody_is_not_asked_again_and_again() {
        let mut wakes = Wakes::default();
        wakes.set(Some(waking(540, 1_200, 0)));
        tend(&mut wakes, Where::At(wish(1)), &[]);
        let refused =
            ServerFrame::Refused { about: About::Wake(WakeId([1; 16])), code: Code::UnknownItem, wait: None };
        assert_eq!(wakes.frame(&refused), Some(true));
        assert_eq!(wakes.waking().unwrap().1, WakeStanding::Refused);
        assert!(tend(&mut wakes, Where::At(wish(1)), &[]).is_empty());
    }

    #[test]
    fn other_frames_are_not_for_it() {
        assert_eq!(Wakes::default().frame(&ServerFrame::Pong), None);
    }
}
