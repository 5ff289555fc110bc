//! What one network address may do in a short time. Addresses themselves are not kept: each is known by a hash with a key that
//! lives in memory only, as long as somebody is connected from there and until its buckets are empty again, some minutes at most.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use axum::http::HeaderMap;

use crate::bucket::{Bucket, Tick};
use crate::relay::Relay;
use crate::store::random;

/// So many addresses are told apart; more than that share one.
const MOST_ADDRESSES: usize = 100_000;

/// Connections: at once, and each minute.
const CONNECTS: (u32, u32) = (600, 300);
/// Questions other than records, over all connections.
const QUESTIONS: (u32, u32) = (4_800, 2_400);
/// Mailboxes that are asked for, with or without a valid invite.
const MAILBOXES: (u32, u32) = (80, 20);

/// Bytes of bodies that are being sent.
const BODIES: usize = 4 << 20;

/// All addresses that count at present.
#[derive(Debug)]
pub(crate) struct Addresses {
    key: [u8; 32],
    known: Mutex<HashMap<[u8; 16], Arc<Address>>>,
    crowd: Arc<Address>,
}

/// What one address, or one network of them, has done of late.
#[derive(Debug, Default)]
pub(crate) struct Address {
    connections: AtomicUsize,
    bodies: AtomicUsize,
    connects: Mutex<Bucket>,
    questions: Mutex<Bucket>,
    mailboxes: Mutex<Bucket>,
}

/// Bytes of a body that is being sent; given back when dropped.
#[derive(Debug)]
pub(crate) struct BodyShare {
    address: Arc<Address>,
    bytes: usize,
}

/// Who sends a request, as far as that is counted.
#[derive(Debug, Clone)]
pub(crate) struct Visitor {
    pub(crate) address: Option<Arc<Address>>,
    /// Named by a proxy in front: the connection itself is the proxy's.
    pub(crate) is_behind_proxy: bool,
}

impl Visitor {
    /// The one whose connection it is; or, where a proxy is trusted and this is its connection, the one it names last.
    pub(crate) fn of(relay: &Relay, address: Option<&Arc<Address>>, headers: &HeaderMap) -> Self {
        match address {
            None if relay.settings.behind_proxy => Self {
                address: named_last(headers).and_then(|address| relay.addresses.of(address)),
                is_behind_proxy: true,
            },
            address => Self { address: address.cloned(), is_behind_proxy: false },
        }
    }
}

/// The address that the proxy added; what stands before it, anybody can write.
fn named_last(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
    last.rsplit(',').next()?.trim().parse().ok()
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

impl Addresses {
    pub(crate) fn new() -> Self {
        Self { key: random(), known: Mutex::default(), crowd: Arc::default() }
    }

    /// Who comes from this address. None for this machine and private networks, where a proxy is.
    pub(crate) fn of(&self, address: IpAddr) -> Option<Arc<Address>> {
        let network = counted(address)?;
        let mut hasher = blake3::Hasher::new_keyed(&self.key);
        match network {
            IpAddr::V4(v4) => hasher.update(&v4.octets()),
            IpAddr::V6(v6) => hasher.update(&v6.octets()),
        };
        let mut name = [0; 16];
        name.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        let mut known = lock(&self.known);
        if known.len() >= MOST_ADDRESSES && !known.contains_key(&name) {
            return Some(Arc::clone(&self.crowd));
        }
        Some(Arc::clone(known.entry(name).or_default()))
    }

    /// Forgets who is gone and has used up nothing any more.
    pub(crate) fn forget(&self, now: Tick) {
        let mut known = lock(&self.known);
        known.retain(|_, address| Arc::strong_count(address) > 1 || address.is_in_debt(now));
        if known.capacity() > 4 * known.len() + 64 {
            known.shrink_to_fit();
        }
    }

    #[cfg(test)]
    fn len(&self) -> usize {
        lock(&self.known).len()
    }
}

/// Whole networks for IPv6; none for this machine and private networks.
fn counted(address: IpAddr) -> Option<IpAddr> {
    match address.to_canonical() {
        IpAddr::V4(v4) => (!v4.is_loopback() && !v4.is_private()).then_some(v4.into()),
        IpAddr::V6(v6) if v6.is_loopback() || v6.is_unique_local() => None,
        IpAddr::V6(v6) => Some(Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64).into()),
    }
}

impl Address {
    fn is_in_debt(&self, now: Tick) -> bool {
        [&self.connects, &self.questions, &self.mailboxes].iter().any(|bucket| !lock(bucket).is_empty(now))
    }

    /// One more connection, if there are not too many at one time or in a short time.
    pub(crate) fn connect(&self, now: Tick, most: usize) -> bool {
        if lock(&self.connects).take(now, CONNECTS.0, CONNECTS.1).is_err() {
            return false;
        }
        if self.connections.fetch_add(1, Ordering::Relaxed) >= most {
            self.connections.fetch_sub(1, Ordering::Relaxed);
            return false;
        }
        true
    }

    pub(crate) fn disconnect(&self) {
        self.connections.fetch_sub(1, Ordering::Relaxed);
    }

    /// Takes one question.
    ///
    /// # Errors
    /// Seconds after which one can be had.
    pub(crate) fn ask(&self, now: Tick) -> Result<(), u32> {
        lock(&self.questions).take(now, QUESTIONS.0, QUESTIONS.1)
    }

    /// Takes one try to make a mailbox.
    ///
    /// # Errors
    /// Seconds after which one can be had.
    pub(crate) fn ask_for_mailbox(&self, now: Tick) -> Result<(), u32> {
        lock(&self.mailboxes).take(now, MAILBOXES.0, MAILBOXES.1)
    }

    /// Room for a body, of which nothing is there yet.
    pub(crate) fn body(self: &Arc<Self>) -> BodyShare {
        BodyShare { address: Arc::clone(self), bytes: 0 }
    }
}

impl BodyShare {
    /// Takes so many bytes more; `false` where this address has its share.
    pub(crate) fn grow(&mut self, bytes: usize) -> bool {
        self.bytes += bytes;
        self.address.bodies.fetch_add(bytes, Ordering::Relaxed) + bytes <= BODIES
    }
}

impl Drop for BodyShare {
    fn drop(&mut self) {
        self.address.bodies.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn one_address_is_counted_as_one_and_a_proxy_not_at_all() {
        let addresses = Addresses::new();
        let (one, other) = (addresses.of(address("203.0.113.5")), addresses.of(address("203.0.113.6")));
        let (Some(one), Some(other)) = (one, other) else { panic!("both are counted") };
        assert!(Arc::ptr_eq(&one, &addresses.of(address("::ffff:203.0.113.5")).unwrap()));
        assert!(!Arc::ptr_eq(&one, &other));
        for proxy in ["127.0.0.1", "10.1.2.3", "::1", "fd00::1"] {
            assert!(addresses.of(address(proxy)).is_none(), "{proxy}");
        }
    }

    #[test]
    fn only_the_last_name_of_a_proxy_counts() {
        let mut headers = HeaderMap::new();
        assert_eq!(named_last(&headers), None);
        headers.append("x-forwarded-for", "198.51.100.9".parse().unwrap());
        headers.append("x-forwarded-for", "198.51.100.9, 203.0.113.5".parse().unwrap());
        assert_eq!(named_last(&headers), Some(address("203.0.113.5")));
        headers.append("x-forwarded-for", "no address".parse().unwrap());
        assert_eq!(named_last(&headers), None);
    }

    #[test]
    fn a_home_with_many_ipv6_addresses_is_one() {
        let addresses = Addresses::new();
        let home = addresses.of(address("2001:db8::1")).unwrap();
        assert!(Arc::ptr_eq(&home, &addresses.of(address("2001:db8::2")).unwrap()));
        assert!(!Arc::ptr_eq(&home, &addresses.of(address("2001:db8:0:1::1")).unwrap()));
    }

    #[test]
    fn an_address_is_forgotten_minutes_after_it_was_here_and_not_before() {
        let addresses = Addresses::new();
        let address = addresses.of(address("203.0.113.5")).unwrap();
        for _ in 0..CONNECTS.0 {
            assert!(address.connect(Tick(0), usize::MAX));
        }
        assert!(!address.connect(Tick(0), usize::MAX), "so many at once nobody needs");
        drop(address);
        addresses.forget(Tick(60_000));
        assert_eq!(addresses.len(), 1, "who comes back at once finds the bucket as it was");
        addresses.forget(Tick(3 * 60_000));
        assert_eq!(addresses.len(), 0);
    }

    #[test]
    fn memory_for_addresses_has_an_end() {
        let addresses = Addresses::new();
        for number in 0..120_000_u32 {
            let v4 = std::net::Ipv4Addr::from_bits(0x0b00_0000 + number);
            addresses.of(v4.into());
        }
        assert_eq!(addresses.len(), MOST_ADDRESSES);
        assert!(addresses.of(address("203.0.113.77")).is_some(), "whoever comes then shares one count");
        addresses.forget(Tick(0));
        assert_eq!(addresses.len(), 0);
    }

    #[test]
    fn bodies_of_one_address_have_an_end_and_their_room_comes_back() {
        let address = Arc::new(Address::default());
        let mut body = address.body();
        assert!(body.grow(BODIES) && !body.grow(1));
        drop(body);
        assert!(address.body().grow(1));
    }
}
