//! The app in its two houses, each started for one test and stopped with it.

use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use anyhow::{Context as _, ensure};
use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Response};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};
use tokio::task::JoinHandle;

/// `amends open`, from this build.
#[derive(Debug)]
pub struct NativeShell {
    // Killed when dropped.
    _process: Child,
    _data: tempfile::TempDir,
    /// Address that lets one browser in.
    pub entry: String,
    /// Address of the app, without path.
    pub origin: String,
}

impl NativeShell {
    /// Builds the program if it is stale, and starts it.
    ///
    /// # Errors
    /// What the build or the program says.
    pub async fn start() -> anyhow::Result<Self> {
        Self::start_with(&[]).await
    }

    /// The same, with these words for the program: `AMENDS_LANGUAGE` (`en-XA` and `en-XB` are pseudo-languages),
    /// `AMENDS_BEGIN_AT` (milliseconds since 1970) and `TZ` (name of a time zone; else one where it is noon).
    ///
    /// # Errors
    /// What the build or the program says.
    pub async fn start_with(words: &[(&str, &str)]) -> anyhow::Result<Self> {
        let data = tempfile::tempdir()?;
        let mut process = Command::new(program("amends").await?)
            .args(["open", "--no-browser", "--data-dir"])
            .arg(data.path())
            .env("AMENDS_LOWEST_COST", "1")
            .env("TZ", crate::zone::at_noon())
            .envs(words.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let output = process.stdout.take().context("the program has no output")?;
        let mut lines = BufReader::new(output).lines();
        while let Some(line) = lines.next_line().await? {
            let Some(start) = line.find("http://127.0.0.1:") else { continue };
            let entry = line[start..].trim().to_owned();
            let origin = entry.split("/enter/").next().unwrap_or_default().to_owned();
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return Ok(Self { _process: process, _data: data, entry, origin });
        }
        anyhow::bail!("amends open ended before it was ready")
    }
}

/// A program of this build, by the name of it and of its package.
///
/// # Errors
/// What the build says.
pub async fn program(name: &str) -> anyhow::Result<PathBuf> {
    let folder = crate::build_folder()?;
    let target = folder.parent().context("a build folder lies in the target folder")?;
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .current_dir(crate::root())
        .args(["build", "--quiet", "--package", name, "--bin", name, "--target-dir"])
        .arg(target)
        .status()
        .await?;
    ensure!(status.success(), "{name} does not build");
    Ok(target.join("debug").join(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
}

/// The bundle, served as any web server would.
#[derive(Debug)]
pub struct BrowserShell {
    server: JoinHandle<()>,
    asked: Arc<Mutex<Vec<String>>>,
    is_newer: Arc<AtomicBool>,
    has_weights: Arc<AtomicBool>,
    /// Address of the app, without path.
    pub origin: String,
}

#[derive(Debug, Clone)]
struct Served {
    folder: PathBuf,
    asked: Arc<Mutex<Vec<String>>>,
    is_newer: Arc<AtomicBool>,
    has_weights: Arc<AtomicBool>,
}

impl BrowserShell {
    /// Builds the bundle and serves it.
    ///
    /// # Errors
    /// Says what to install when no compiler for WebAssembly is found.
    pub async fn start() -> anyhow::Result<Self> {
        Self::serving(bundle()?).await
    }

    /// Serves another folder under the same rules for what a page may do.
    ///
    /// # Errors
    /// When there is no free port.
    pub async fn serving(folder: PathBuf) -> anyhow::Result<Self> {
        let asked = Arc::new(Mutex::new(Vec::new()));
        let is_newer = Arc::new(AtomicBool::new(false));
        let has_weights = Arc::new(AtomicBool::new(true));
        let served = Served {
            folder,
            asked: asked.clone(),
            is_newer: is_newer.clone(),
            has_weights: has_weights.clone(),
        };
        let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let origin = format!("http://localhost:{}", listener.local_addr()?.port());
        let router = Router::new().fallback(serve).with_state(served);
        let server = tokio::spawn(async move {
            // Ends when the test stops it.
            let _ = axum::serve(listener, router).await;
        });
        Ok(Self { server, asked, is_newer, has_weights, origin })
    }

    /// Paths that were asked for since the last call.
    pub fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.asked.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    /// Serves the same files under the version of another build from now on.
    pub fn publish_again(&self) {
        self.is_newer.store(true, Ordering::Relaxed);
    }

    /// Whether the weights of the learned model can be had; else they are asked for in vain.
    pub fn offer_weights(&self, are_there: bool) {
        self.has_weights.store(are_there, Ordering::Relaxed);
    }

    /// Takes the network away.
    pub fn stop(&self) {
        self.server.abort();
    }
}

/// What was built by this process: tests that run beside each other share it.
static BUILT: Mutex<Option<PathBuf>> = Mutex::new(None);

/// Builds the bundle into a folder beside the tests, once, so that one made for people is left alone.
///
/// # Errors
/// Says what to install when no compiler for WebAssembly is found.
pub fn bundle() -> anyhow::Result<PathBuf> {
    let mut built = BUILT.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(there) = &*built {
        return Ok(there.clone());
    }
    let options = amends_bundle::Options {
        out: crate::build_folder()?.join("browser-tests/web"),
        packing: amends_bundle::Packing::Quick,
        ..amends_bundle::Options::new(&crate::root().canonicalize()?)
    };
    amends_bundle::build(&options)?;
    *built = Some(options.out.clone());
    Ok(options.out)
}

async fn serve(State(served): State<Served>, uri: Uri) -> Response {
    let path = uri.path().to_owned();
    served.asked.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(path.clone());
    let file = if path == "/" { "index.html" } else { path.trim_start_matches('/') };
    if file.ends_with(".amdl") && !served.has_weights.load(Ordering::Relaxed) {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    let Ok(mut content) = std::fs::read(served.folder.join(file)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    if file == "sw.js" && served.is_newer.load(Ordering::Relaxed) {
        let text = String::from_utf8_lossy(&content);
        content = text.replacen("const VERSION = \"", "const VERSION = \"newer-", 1).into_bytes();
    }
    let policy = format!("{}; frame-ancestors 'none'", amends_ui::CONTENT_SECURITY_POLICY);
    let headers = [
        (header::CONTENT_TYPE, media_type(Path::new(file)).to_owned()),
        (header::CONTENT_SECURITY_POLICY, policy),
    ];
    (headers, content).into_response()
}

/// What a web server says of a file.
pub fn media_type(file: &Path) -> &'static str {
    match file.extension().and_then(|end| end.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("webmanifest") => "application/manifest+json",
        _ => "application/octet-stream",
    }
}
