//! A push service on this machine: takes knocks, remembers them, and answers what it is told to.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use tokio::net::TcpListener;

/// What came.
#[derive(Debug, Clone)]
pub(crate) struct Knock {
    pub(crate) path: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

#[derive(Debug, Default)]
struct Inside {
    knocks: Vec<Knock>,
    answer: Option<StatusCode>,
}

#[derive(Debug, Clone)]
pub(crate) struct PushService {
    pub(crate) address: SocketAddr,
    inside: Arc<Mutex<Inside>>,
}

impl PushService {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let address = listener.local_addr().expect("it has an address");
        let inside = Arc::<Mutex<Inside>>::default();
        let router = Router::new().fallback(take).with_state(Arc::clone(&inside));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address, inside }
    }

    /// Where it takes knocks for one device.
    pub(crate) fn endpoint(&self, name: &str) -> String {
        format!("http://{}/{name}", self.address)
    }

    /// From now on it answers this.
    pub(crate) fn answers(&self, status: StatusCode) {
        self.inside.lock().expect("nobody panicked").answer = Some(status);
    }

    pub(crate) fn knocks(&self) -> Vec<Knock> {
        self.inside.lock().expect("nobody panicked").knocks.clone()
    }

    /// Waits for so many knocks.
    pub(crate) async fn wait_for(&self, n_knocks: usize) -> Vec<Knock> {
        for _ in 0..600 {
            let knocks = self.knocks();
            if knocks.len() >= n_knocks {
                return knocks;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{n_knocks} knocks did not come");
    }
}

async fn take(
    State(inside): State<Arc<Mutex<Inside>>>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, HeaderMap) {
    let mut inside = inside.lock().expect("nobody panicked");
    inside.knocks.push(Knock { path: uri.path().to_owned(), headers, body });
    let mut answer = HeaderMap::new();
    answer.insert("location", "/elsewhere".parse().expect("a header"));
    (inside.answer.unwrap_or(StatusCode::CREATED), answer)
}
