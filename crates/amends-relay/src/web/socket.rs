//! A WebSocket: one frame in each binary message.

use std::sync::Arc;
use std::time::Duration;

use amends_wire::MAX_FRAME;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade, close_code};
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use futures_util::SinkExt;

use crate::addresses::Visitor;
use crate::outbox::{End, Taken};
use crate::relay::Relay;
use crate::session::Session;

/// Room for one usual record; larger ones take several reads.
const READ_BUFFER: usize = 2 * 1024;

/// How long a closing word may take.
const FAREWELL: Duration = Duration::from_secs(2);

pub(super) async fn open(
    State(relay): State<Arc<Relay>>,
    Extension(visitor): Extension<Visitor>,
    upgrade: WebSocketUpgrade,
) -> Response {
    let Ok(seat) = Seat::take(&relay, visitor) else {
        relay.metrics.turned_away.add(1);
        return StatusCode::TOO_MANY_REQUESTS.into_response();
    };
    upgrade
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(0)
        .max_write_buffer_size(4 * MAX_FRAME)
        .max_message_size(MAX_FRAME)
        .max_frame_size(MAX_FRAME)
        .on_upgrade(move |socket| run(socket, relay, seat))
}

/// A socket of somebody behind a proxy counts as a connection of theirs; without a proxy, the connection itself does.
struct Seat(Visitor);

impl Seat {
    fn take(relay: &Relay, visitor: Visitor) -> Result<Self, ()> {
        if let (true, Some(address)) = (visitor.is_behind_proxy, &visitor.address)
            && !address.connect(relay.ticker.now(), relay.settings.connections_per_address)
        {
            return Err(());
        }
        Ok(Self(visitor))
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        if let (true, Some(address)) = (self.0.is_behind_proxy, &self.0.address) {
            address.disconnect();
        }
    }
}

async fn run(mut socket: WebSocket, relay: Arc<Relay>, seat: Seat) {
    let mut session = Session::new(&relay, seat.0.address.clone());
    loop {
        tokio::select! {
            biased;
            () = session.outbox.filled() => match flush(&mut socket, &session, &relay).await {
                Ok(()) => {}
                Err(end) => return say_goodbye(socket, end).await,
            },
            message = socket.recv() => {
                let stays = match message {
                    Some(Ok(Message::Binary(bytes))) => session.hear(&bytes).await,
                    Some(Ok(Message::Text(_))) => session.bad_frame(),
                    // The library answers a ping by itself with the next flush.
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => true,
                    Some(Ok(Message::Close(_)) | Err(_)) | None => return,
                };
                if !stays {
                    let _ = flush(&mut socket, &session, &relay).await;
                    return say_goodbye(socket, End::Gone).await;
                }
            }
        }
    }
}

/// Sends what waits, all with one flush.
async fn flush(socket: &mut WebSocket, session: &Session, relay: &Relay) -> Result<(), End> {
    let frames = match session.outbox.take() {
        Taken::End(end) => {
            if end == End::TooSlow {
                relay.metrics.too_slow.add(1);
            }
            return Err(end);
        }
        Taken::Frames(frames) => frames,
    };
    let sending = async {
        for frame in frames {
            socket.feed(Message::Binary(frame)).await?;
        }
        socket.flush().await
    };
    match tokio::time::timeout(relay.settings.send_timeout, sending).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) => Err(End::Gone),
        Err(_) => {
            relay.metrics.too_slow.add(1);
            Err(End::TooSlow)
        }
    }
}

async fn say_goodbye(mut socket: WebSocket, end: End) {
    let (code, reason) = match end {
        End::Gone => (close_code::POLICY, ""),
        End::TooSlow => (close_code::AGAIN, "too slow"),
        End::Silent => (close_code::NORMAL, "silent"),
        End::Stopping => (close_code::RESTART, "stopping"),
    };
    let goodbye = Message::Close(Some(CloseFrame { code, reason: reason.into() }));
    // Who does not listen any more misses nothing.
    let _ = tokio::time::timeout(FAREWELL, socket.send(goodbye)).await;
}
