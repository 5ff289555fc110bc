//! The same frames over plain HTTP: a body of frames in, a body of frames out. `?wait=20` lets a request that asks for records
//! and finds none wait so many seconds for the first.

use std::convert::Infallible;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use amends_wire::{About, ClientFrame, Code, MAX_FRAME, ServerFrame};
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Extension, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use hyper::body::{Frame, SizeHint};
use tokio::sync::{OwnedSemaphorePermit, SemaphorePermit};
use tokio::time::{Instant, timeout_at};

use crate::addresses::{Address, Visitor};
use crate::outbox::Taken;
use crate::relay::Relay;
use crate::session::Session;

/// Largest body of a request, in bytes.
const MOST_IN: usize = 4 * MAX_FRAME;
/// When an answer has grown to so many bytes, further questions are put off.
const MOST_OUT: usize = 512 * 1024;
const PIECE: usize = 32 * 1024;
const LONGEST_WAIT: u64 = 50;
/// How long writing and reading may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// Second byte of a frame: its kind (docs/formats/wire.md).
const WELCOME: u8 = 0;
const UP_TO_DATE: u8 = 3;

/// Query of the address.
#[derive(Debug, Default)]
pub(super) struct Wait(u64);

impl Wait {
    fn of(query: &[(String, String)]) -> Self {
        let asked = query.iter().find(|(name, _)| name == "wait");
        Self(asked.and_then(|(_, value)| value.parse().ok()).unwrap_or(0).min(LONGEST_WAIT))
    }
}

pub(super) async fn call(
    State(relay): State<Arc<Relay>>,
    Extension(visitor): Extension<Visitor>,
    Query(query): Query<Vec<(String, String)>>,
    body: Body,
) -> Response {
    let reading = read_body(&relay, &visitor, body);
    let body = match tokio::time::timeout(relay.settings.greeting, reading).await {
        Ok(Ok(body)) => body,
        Ok(Err(NotRead::TooLarge)) => return refused(StatusCode::PAYLOAD_TOO_LARGE, Code::TooLarge),
        Ok(Err(NotRead::NoRoom)) => return refused(StatusCode::SERVICE_UNAVAILABLE, Code::Unavailable),
        Err(_) => return refused(StatusCode::REQUEST_TIMEOUT, Code::Unavailable),
    };
    let Ok(frames) = ClientFrame::all_from_bytes(&body) else {
        return refused(StatusCode::BAD_REQUEST, Code::BadFrame);
    };
    drop(body);
    Box::pin(answer(&relay, &visitor, frames, Wait::of(&query))).await
}

enum NotRead {
    TooLarge,
    NoRoom,
}

/// Reads a body piece by piece: each counts as memory in use from the moment on when it is there, and not before, so that
/// somebody who announces much and sends little takes nothing from others.
async fn read_body(relay: &Relay, visitor: &Visitor, mut body: Body) -> Result<Vec<u8>, NotRead> {
    let mut share = visitor.address.as_ref().map(Address::body);
    let (mut bytes, mut permits) = (Vec::new(), None::<SemaphorePermit<'_>>);
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let Ok(piece) = frame.map_err(|_| NotRead::TooLarge)?.into_data() else { continue };
        if bytes.len() + piece.len() > MOST_IN {
            return Err(NotRead::TooLarge);
        }
        let n_kib = u32::try_from(piece.len().div_ceil(1024)).unwrap_or(u32::MAX);
        let more = relay.bodies.try_acquire_many(n_kib).map_err(|_| NotRead::NoRoom)?;
        match &mut permits {
            Some(permits) => permits.merge(more),
            None => permits = Some(more),
        }
        if share.as_mut().is_some_and(|share| !share.grow(piece.len())) {
            return Err(NotRead::NoRoom);
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}

async fn answer(relay: &Arc<Relay>, visitor: &Visitor, frames: Vec<ClientFrame>, wait: Wait) -> Response {
    let mut session = Session::new(relay, visitor.address.clone());
    let mut out = Answer::default();
    for frame in frames {
        if out.bytes.len() >= MOST_OUT {
            out.put_off(&frame);
            continue;
        }
        let stays = session.handle(frame).await;
        out.take_from(&session);
        if !stays {
            break;
        }
    }
    let latest = Instant::now() + PATIENCE;
    while !session.outbox.is_settled() && timeout_at(latest, session.outbox.filled()).await.is_ok() {
        out.take_from(&session);
        if out.bytes.len() >= MOST_OUT {
            break;
        }
    }
    out.take_from(&session);
    let latest = Instant::now() + Duration::from_secs(wait.0);
    while out.waits_for_records()
        && !session.outbox.is_over()
        && timeout_at(latest, session.outbox.filled()).await.is_ok()
    {
        session.outbox.hear(relay.ticker.now());
        out.take_from(&session);
    }
    drop(session);
    let size = u32::try_from(out.bytes.len().div_ceil(1024)).unwrap_or(u32::MAX);
    match Arc::clone(&relay.answers).try_acquire_many_owned(size) {
        Ok(permit) => {
            let mut response = body_of(StatusCode::OK, Vec::new());
            *response.body_mut() = Body::new(Counted { bytes: out.bytes.into(), _permit: permit });
            response
        }
        Err(_) => refused(StatusCode::SERVICE_UNAVAILABLE, Code::Unavailable),
    }
}

/// A body that counts as memory in use until it is sent.
struct Counted {
    bytes: Bytes,
    _permit: OwnedSemaphorePermit,
}

impl HttpBody for Counted {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        // In pieces, so that the last is handed over only when the others are gone.
        let n_next = self.bytes.len().min(PIECE);
        let next = self.bytes.split_to(n_next);
        Poll::Ready((n_next > 0).then(|| Ok(Frame::data(next))))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.bytes.len() as u64)
    }
}

#[derive(Debug, Default)]
struct Answer {
    bytes: Vec<u8>,
    up_to_date: bool,
    anything_else: bool,
}

impl Answer {
    fn take_from(&mut self, session: &Session) {
        if let Taken::Frames(frames) = session.outbox.take() {
            for frame in frames {
                match frame.get(1) {
                    Some(&WELCOME) => {}
                    Some(&UP_TO_DATE) => self.up_to_date = true,
                    _ => self.anything_else = true,
                }
                self.bytes.extend_from_slice(&frame);
            }
        }
    }

    fn put_off(&mut self, frame: &ClientFrame) {
        let refused = ServerFrame::Refused { about: frame.about(), code: Code::TooMany, wait: Some(0) };
        refused.append_to(&mut self.bytes);
    }

    /// Everything is sent that there was, and it was nothing.
    fn waits_for_records(&self) -> bool {
        self.up_to_date && !self.anything_else
    }
}

fn refused(status: StatusCode, code: Code) -> Response {
    body_of(status, ServerFrame::Refused { about: About::Frame, code, wait: None }.to_bytes())
}

fn body_of(status: StatusCode, bytes: Vec<u8>) -> Response {
    let headers = [(header::CONTENT_TYPE, "application/cbor-seq"), (header::CACHE_CONTROL, "no-store")];
    (status, headers, bytes).into_response()
}
