//! Connections that take a place as long as they live.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

use crate::addresses::Address;
use crate::bucket::Tick;

/// How many places there are, and how many are taken.
#[derive(Debug)]
pub(super) struct Places {
    most: usize,
    most_per_address: usize,
    taken: AtomicUsize,
}

/// One place, given back when dropped.
#[derive(Debug)]
pub(super) struct Place {
    places: Arc<Places>,
    address: Option<Arc<Address>>,
}

impl Places {
    pub(super) fn new(most: usize, most_per_address: usize) -> Arc<Self> {
        Arc::new(Self { most, most_per_address, taken: AtomicUsize::new(0) })
    }

    pub(super) fn taken(&self) -> usize {
        self.taken.load(Ordering::Relaxed)
    }

    /// A place, unless all are taken or this address has its share.
    pub(super) fn take(self: &Arc<Self>, now: Tick, address: Option<Arc<Address>>) -> Option<Place> {
        if address.as_ref().is_some_and(|address| !address.connect(now, self.most_per_address)) {
            return None;
        }
        let place = Place { places: Arc::clone(self), address };
        let before = self.taken.fetch_add(1, Ordering::Relaxed);
        (before < self.most).then_some(place)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.places.taken.fetch_sub(1, Ordering::Relaxed);
        if let Some(address) = &self.address {
            address.disconnect();
        }
    }
}

/// A connection with its place.
#[derive(Debug)]
pub(super) struct Counted {
    stream: TcpStream,
    _place: Place,
}

impl Counted {
    pub(super) fn new(stream: TcpStream, place: Place) -> Self {
        Self { stream, _place: place }
    }
}

impl AsyncRead for Counted {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Counted {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::addresses::Addresses;

    #[test]
    fn one_address_cannot_take_all_places_and_a_proxy_can() {
        let (places, addresses) = (Places::new(4, 2), Addresses::new());
        let address = || addresses.of("203.0.113.5".parse().unwrap());
        let held: Vec<_> = (0..4).filter_map(|_| places.take(Tick(0), address())).collect();
        assert_eq!(held.len(), 2);
        let local: Vec<_> = (0..4).filter_map(|_| places.take(Tick(0), None)).collect();
        assert_eq!(local.len(), 2, "all places are taken");
        drop((held, local));
        assert_eq!(places.taken(), 0);
        assert_eq!((0..4).filter_map(|_| places.take(Tick(0), address())).count(), 4, "each was given back");
    }
}
