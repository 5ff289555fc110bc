//! The web app's files: those of the bundle and no others, in the shortest form that the browser takes.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use tokio::io::AsyncReadExt;

/// Bytes of a file in memory for each reader.
const PIECE: usize = 32 * 1024;

/// The bundle in a folder, listed once at the start.
#[derive(Debug, Clone)]
pub(crate) struct App {
    files: Arc<HashMap<String, File>>,
}

#[derive(Debug)]
struct File {
    path: PathBuf,
    media_type: &'static str,
    /// Its name holds the hash of its content, so that it never changes.
    is_hashed: bool,
    brotli: bool,
    gzip: bool,
}

impl App {
    /// Lists the files of a bundle.
    pub(crate) fn open(folder: &Path) -> std::io::Result<Self> {
        let mut files = HashMap::new();
        list(folder, "", &mut files)?;
        if !files.contains_key("/index.html") {
            let words = format!("{} holds no index.html", folder.display());
            return Err(std::io::Error::new(std::io::ErrorKind::NotFound, words));
        }
        Ok(Self { files: Arc::new(files) })
    }

    pub(crate) fn router(self) -> Router {
        Router::new().fallback(serve).with_state(self)
    }

    /// The file at an address. Addresses of screens are not files: each is the one page, which finds its way itself.
    fn find(&self, path: &str) -> Option<&File> {
        let looks_like_a_file = path.rsplit('/').next().is_some_and(|last| last.contains('.'));
        let is_ours = path.starts_with("/v1/") || path.starts_with("/assets/");
        match self.files.get(path) {
            None if !looks_like_a_file && !is_ours => self.files.get("/index.html"),
            found => found,
        }
    }
}

fn list(folder: &Path, prefix: &str, files: &mut HashMap<String, File>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        let address = format!("{prefix}/{name}");
        if path.is_dir() {
            list(&path, &address, files)?;
        } else if let Some(media_type) = media_type(name) {
            let beside = |ending: &str| folder.join(format!("{name}.{ending}")).is_file();
            let (brotli, gzip) = (beside("br"), beside("gz"));
            files.insert(address, File { media_type, is_hashed: is_hashed(name), brotli, gzip, path });
        }
    }
    Ok(())
}

async fn serve(State(app): State<App>, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    if method != Method::GET && method != Method::HEAD {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let Some(file) = app.find(uri.path()) else { return StatusCode::NOT_FOUND.into_response() };
    let accepts = |name: &str| accepts(&headers, name);
    let encoding = match file {
        File { brotli: true, .. } if accepts("br") => Some(("br", "br")),
        File { gzip: true, .. } if accepts("gzip") => Some(("gzip", "gz")),
        _ => None,
    };
    let mut path = file.path.clone().into_os_string();
    if let Some((_, ending)) = encoding {
        path.push(".");
        path.push(ending);
    }
    let Ok((len, body)) = stream(Path::new(&path)).await else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let cache = if file.is_hashed { "public, max-age=31536000, immutable" } else { "no-store" };
    let mut response = (
        [
            (header::CONTENT_TYPE, file.media_type),
            (header::CACHE_CONTROL, cache),
            (header::VARY, "accept-encoding"),
        ],
        body,
    )
        .into_response();
    response.headers_mut().insert(header::CONTENT_LENGTH, len.into());
    if let Some((name, _)) = encoding {
        response.headers_mut().insert(header::CONTENT_ENCODING, header::HeaderValue::from_static(name));
    }
    response
}

/// A file piece by piece: many slow readers of a large file take little memory.
async fn stream(path: &Path) -> std::io::Result<(u64, Body)> {
    let file = tokio::fs::File::open(path).await?;
    let len = file.metadata().await?.len();
    let pieces = futures_util::stream::try_unfold(file, |mut file| async move {
        let mut piece = vec![0; PIECE];
        let n_read = file.read(&mut piece).await?;
        piece.truncate(n_read);
        Ok::<_, std::io::Error>((n_read > 0).then_some((Bytes::from(piece), file)))
    });
    Ok((len, Body::from_stream(pieces)))
}

fn accepts(headers: &HeaderMap, name: &str) -> bool {
    let all = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    all.split(',').any(|one| {
        let mut parts = one.split(';').map(str::trim);
        parts.next() == Some(name) && parts.all(|part| part != "q=0")
    })
}

/// `None` for what is no file of its own: the shorter forms of others, and what a bundle does not hold.
fn media_type(name: &str) -> Option<&'static str> {
    Some(match name.rsplit('.').next()? {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webmanifest" => "application/manifest+json",
        "json" => "application/json",
        "amdl" => "application/octet-stream",
        "txt" => "text/plain; charset=utf-8",
        "woff2" => "font/woff2",
        _ => return None,
    })
}

/// `name.0123456789ab.js`
fn is_hashed(name: &str) -> bool {
    let mut parts = name.rsplit('.').skip(1);
    let hash = parts.next().unwrap_or_default();
    parts.next().is_some() && hash.len() >= 12 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_hash_never_change() {
        assert!(is_hashed("app.1cd14343f0c3.js"));
        assert!(is_hashed("amends_wasm_bg.335c019397ae.wasm"));
        for name in ["index.html", "sw.js", "app.js", "app.min.js", "1cd14343f0c3.js"] {
            assert!(!is_hashed(name), "{name}");
        }
    }
}
