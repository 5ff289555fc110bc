//! Listening: connections within limits, with or without TLS, until it is time to stop.

mod counted;

use std::future::Future;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use self::counted::{Counted, Places};
use crate::addresses::{Address, Visitor};
use crate::bucket::Tick;
use crate::log;
use crate::push;
use crate::relay::Relay;
use crate::tls::{self, Certificates};
use crate::web::{self, App};

/// How often silent connections are looked for.
const LOOK: Duration = Duration::from_secs(5);

/// How long one connection may bring requests and take answers; enough for the whole app on a slow line.
const LONGEST_REQUESTS: Duration = Duration::from_secs(1_200);

/// How long connections may take to end when the relay stops.
const LAST_WORDS: Duration = Duration::from_secs(5);

/// What the relay listens on.
#[derive(Debug)]
pub struct Listen {
    /// For clients.
    pub clients: TcpListener,
    /// Certificate and key, unless a proxy in front has them.
    pub certificates: Option<Certificates>,
    /// For the operator's metrics.
    pub operator: Option<TcpListener>,
}

/// Serves until `stop` is there, then ends all connections, writes what waits and closes the database.
///
/// # Errors
/// The app's folder cannot be read.
pub async fn serve(relay: Arc<Relay>, listen: Listen, stop: impl Future<Output = ()>) -> io::Result<()> {
    let app = relay.settings.app.as_deref().map(App::open).transpose()?;
    let router = web::router(Arc::clone(&relay), app);
    let certificates = listen.certificates.map(Arc::new);
    let (stopping, stopped) = watch::channel(false);
    if let Some(operator) = listen.operator {
        let router = web::operator_router(Arc::clone(&relay));
        let places = Places::new(32, 32);
        tokio::spawn(accept(Arc::clone(&relay), operator, None, router, places, stopped.clone()));
    }
    let places = Places::new(relay.settings.connections, relay.settings.connections_per_address);
    let accepting = accept(
        Arc::clone(&relay),
        listen.clients,
        certificates.clone(),
        router,
        Arc::clone(&places),
        stopped.clone(),
    );
    tokio::select! {
        () = accepting => {}
        () = look_after(&relay, certificates.as_deref()) => {}
        () = renew(certificates.as_deref()) => {}
        () = push::keep_waking(&relay) => {}
        () = stop => {}
    }
    log::line("stopping");
    let _ = stopping.send(true);
    relay.end_all();
    let ended = async {
        while places.taken() > 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let _ = tokio::time::timeout(LAST_WORDS, ended).await;
    let closing = tokio::task::spawn_blocking(move || relay.close()).await;
    closing.map_err(io::Error::other)
}

async fn renew(certificates: Option<&Certificates>) {
    match certificates {
        Some(certificates) => certificates.keep().await,
        None => std::future::pending().await,
    }
}

/// Ends silent connections, and looks for renewed certificates on SIGHUP.
async fn look_after(relay: &Relay, certificates: Option<&Certificates>) {
    let mut hang_up = HangUp::new();
    loop {
        tokio::select! {
            () = tokio::time::sleep(LOOK.min(relay.settings.greeting)) => {
                relay.end_silent();
                relay.addresses.forget(relay.ticker.now());
            }
            () = hang_up.next() => if let Some(certificates) = certificates {
                certificates.look_again();
            }
        }
    }
}

/// SIGHUP, where there is such a thing.
struct HangUp {
    #[cfg(unix)]
    signal: Option<tokio::signal::unix::Signal>,
}

impl HangUp {
    fn new() -> Self {
        Self {
            #[cfg(unix)]
            signal: tokio::signal::unix::signal(tokio::signal::unix::SignalKind::hangup()).ok(),
        }
    }

    async fn next(&mut self) {
        #[cfg(unix)]
        if let Some(signal) = &mut self.signal
            && signal.recv().await.is_some()
        {
            return;
        }
        std::future::pending().await
    }
}

async fn accept(
    relay: Arc<Relay>,
    listener: TcpListener,
    certificates: Option<Arc<Certificates>>,
    router: Router,
    places: Arc<Places>,
    mut stopped: watch::Receiver<bool>,
) {
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stopped.changed() => return,
        };
        let (stream, address) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // Out of file descriptors, mostly: others will end soon.
                log::line(&format!(
                    "a connection could not be accepted ({}): is LimitNOFILE high enough?",
                    error.kind()
                ));
                tokio::time::sleep(Duration::from_millis(200)).await;
                continue;
            }
        };
        let address = relay.addresses.of(address.ip());
        let Some(stream) = count(stream, relay.ticker.now(), address.clone(), &places) else {
            relay.metrics.turned_away.add(1);
            continue;
        };
        let (router, stopped) = (router.clone(), stopped.clone());
        let greeting = relay.settings.greeting;
        match &certificates {
            None => drop(tokio::spawn(converse(Arc::clone(&relay), stream, router, address, stopped))),
            Some(certificates) => {
                let handshake = certificates.acceptor().accept(stream);
                let relay = Arc::clone(&relay);
                tokio::spawn(async move {
                    let Ok(Ok(mut stream)) = tokio::time::timeout(greeting, handshake).await else {
                        return;
                    };
                    if tls::is_challenge(stream.get_ref().1) {
                        // The handshake was the answer.
                        let _ = tokio::time::timeout(greeting, stream.shutdown()).await;
                        return;
                    }
                    converse(relay, stream, router, address, stopped).await;
                });
            }
        }
    }
}

fn count(
    stream: TcpStream,
    now: Tick,
    address: Option<Arc<Address>>,
    places: &Arc<Places>,
) -> Option<Counted> {
    let place = places.take(now, address)?;
    // Small frames are sent at once; where that cannot be had it is only slower.
    let _ = stream.set_nodelay(true);
    Some(Counted::new(stream, place))
}

async fn converse<S>(
    relay: Arc<Relay>,
    stream: S,
    router: Router,
    address: Option<Arc<Address>>,
    mut stopped: watch::Receiver<bool>,
) where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let greeting = relay.settings.greeting;
    // Whoever answers a request may see which address it is from.
    let router = TowerToHyperService::new(router);
    let service = service_fn(move |mut request: Request<Incoming>| {
        let visitor = Visitor::of(&relay, address.as_ref(), request.headers());
        request.extensions_mut().insert(visitor);
        router.call(request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(greeting)
        .max_buf_size(16 * 1024)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    let mut connection = std::pin::pin!(connection);
    tokio::select! {
        // A connection that ends in an error concerns the client alone.
        _ = connection.as_mut() => {}
        // Sockets are not meant: their connection has left here.
        () = tokio::time::sleep(LONGEST_REQUESTS) => {}
        () = async { drop(stopped.wait_for(|stopped| *stopped).await) } => {
            connection.as_mut().graceful_shutdown();
            let _ = tokio::time::timeout(LAST_WORDS, connection).await;
        }
    }
}
