//! Builds the browser bundle into a folder: WASM, scripts under hashed names, a service worker with the list
//! of files, a pre-rendered first page, and everything once more in gzip and brotli.
//!
//! Kept apart from `xtask`, so that the tools it needs are compiled only by those who build the bundle. The
//! same sources give the same bytes in any folder.

mod files;
mod toolchain;
mod wasm;

use std::path::{Path, PathBuf};

use amends_ui::{Assets, Core, Request, Session, Shell, ShellKind, State, Visit};
use anyhow::{Context as _, ensure};

pub use files::Size;
pub use toolchain::Route;

/// What to build, and where.
#[derive(Debug, Clone)]
pub struct Options {
    /// Root of the workspace.
    pub root: PathBuf,
    /// Folder for the bundle; what was there is replaced.
    pub out: PathBuf,
    /// Folder for compiled files.
    pub target: PathBuf,
    /// Which compiler to take; the first that works if none.
    pub route: Option<Route>,
    /// How hard to pack.
    pub packing: Packing,
}

/// How hard the copies in gzip and brotli are packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    /// As small as they can be, which takes most of a minute: for people.
    Smallest,
    /// In a moment: for tests.
    Quick,
}

impl Options {
    /// The usual places in a workspace.
    pub fn new(root: &Path) -> Self {
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
        let (out, target) = (root.join("dist/web"), target.join("web"));
        Self { root: root.to_owned(), out, target, route: None, packing: Packing::Smallest }
    }
}

/// Builds the bundle and tells the size of each file.
///
/// # Errors
/// Says what to install when no compiler for WebAssembly can be found, and passes on what a tool says.
pub fn build(options: &Options) -> anyhow::Result<Vec<Size>> {
    let bindings = wasm::build(options, wasm::APP)?;
    let web = options.root.join("web");
    let mut sources = files::Sources::default();
    sources.add_folder(&web)?;
    sources.add_folder(&bindings)?;
    let models = options.root.join("models");
    if models.is_dir() {
        sources.add_folder(&models)?;
    }
    let mut bundle = files::Bundle::new(sources);
    let asset =
        |bundle: &mut files::Bundle, name: &str| bundle.publish(name).map(|file| format!("/assets/{file}"));
    let assets = Assets {
        style: asset(&mut bundle, "amends.css")?,
        guard: asset(&mut bundle, "guard.js")?,
        script: asset(&mut bundle, "app.js")?,
        icon: asset(&mut bundle, "icon.svg")?,
        manifest: asset(&mut bundle, "manifest.webmanifest")?,
    };
    ensure!(bundle.has("amends_wasm_bg.wasm"), "no script refers to the core");
    let shell = Shell { kind: ShellKind::Browser, assets };
    let core = Core::new(amends_reader::Reader::by_rules(), shell);
    bundle.page("index.html", first_page(&core));
    let words = [("__NOTICE_TITLE__", "notice-title"), ("__NOTICE_TEXT__", "notice-text")];
    bundle.service_worker("sw.js", &words.map(|(place, key)| (place, core.messages().text(key))))?;
    bundle.write(&options.out, options.packing).with_context(|| format!("writing {}", options.out.display()))
}

/// Compiles the checks of `amends-vectors` as the app is compiled, and gives the folder with `amends-vectors.js` and
/// `amends-vectors_bg.wasm`. They are no part of the bundle.
///
/// # Errors
/// As [`build`].
pub fn build_vectors(options: &Options) -> anyhow::Result<PathBuf> {
    wasm::build(options, wasm::VECTORS)
}

/// The page before the first use, as it is shown before any script has run.
fn first_page(core: &Core) -> String {
    core.handle(&Request::get("/"), &Visit::new(&State::default()), &mut Session::without_keeper()).html
}
