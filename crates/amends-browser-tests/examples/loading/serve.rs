//! A web server as each of the apps wishes it, which counts what it sends.

use std::collections::HashMap;
use std::io::Write as _;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use amends_browser_tests::media_type;
use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Response};

/// What brotli is asked for: 0 to 11. The same for all, below the best that we build, to be done soon.
const QUALITY: u32 = 9;

/// Larger files are packed when they are asked for, if they are.
const LARGEST: u64 = 20_000_000;

/// A folder behind an address.
#[derive(Clone)]
pub(crate) struct Served {
    folder: PathBuf,
    policy: Option<&'static str>,
    packed: Arc<Mutex<HashMap<String, Arc<Vec<u8>>>>>,
    sent: Arc<AtomicU64>,
    /// Address, without path.
    pub(crate) origin: String,
}

impl Served {
    /// Serves until the program ends. `policy`: what our own app is served with.
    pub(crate) async fn start(folder: &Path, policy: Option<&'static str>) -> anyhow::Result<Self> {
        let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let origin = format!("http://localhost:{}", listener.local_addr()?.port());
        let (packed, sent) = (Arc::default(), Arc::default());
        let served = Self { folder: folder.to_owned(), policy, packed, sent, origin };
        served.pack_all("")?;
        let router = Router::new().fallback(answer).with_state(served.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(served)
    }

    /// Bytes of the files sent since the last call, packed, without headers.
    pub(crate) fn sent(&self) -> u64 {
        self.sent.swap(0, Ordering::Relaxed)
    }

    /// Before anybody waits for it.
    fn pack_all(&self, below: &str) -> anyhow::Result<()> {
        for entry in std::fs::read_dir(self.folder.join(below))? {
            let entry = entry?;
            let name = format!("{below}{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                self.pack_all(&format!("{name}/"))?;
            } else if entry.metadata()?.len() < LARGEST && !name.ends_with(".br") && !name.ends_with(".gz") {
                self.packed(&name);
            }
        }
        Ok(())
    }

    fn packed(&self, file: &str) -> Option<Arc<Vec<u8>>> {
        let mut packed = self.packed.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(bytes) = packed.get(file) {
            return Some(bytes.clone());
        }
        let content = std::fs::read(self.folder.join(file)).ok()?;
        let mut writer = brotli::CompressorWriter::new(Vec::new(), 1 << 16, QUALITY, 22);
        writer.write_all(&content).ok()?;
        let bytes = Arc::new(writer.into_inner());
        packed.insert(file.to_owned(), bytes.clone());
        Some(bytes)
    }
}

async fn answer(State(served): State<Served>, uri: Uri) -> Response {
    let path = uri.path().trim_start_matches('/');
    let file = if path.is_empty() { "index.html" } else { path };
    let Some(bytes) = served.packed(file) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    served.sent.fetch_add(bytes.len() as u64, Ordering::Relaxed);
    let mut response = Response::new(axum::body::Body::from(bytes.to_vec()));
    let headers = response.headers_mut();
    let mut set = |name, value: &str| {
        headers.insert(name, value.parse().expect("these are plain words"));
    };
    set(header::CONTENT_TYPE, media_type(Path::new(file)));
    set(header::CONTENT_ENCODING, "br");
    // What is kept for offline use is not sent twice.
    set(header::CACHE_CONTROL, "max-age=600");
    // Some apps share memory with their workers, which needs these two.
    set(header::HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(header::HeaderName::from_static("cross-origin-embedder-policy"), "require-corp");
    if let Some(policy) = served.policy {
        set(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}
