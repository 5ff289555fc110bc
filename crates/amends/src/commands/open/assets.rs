//! The static files of `web/`, carried in the program.

/// A file with its media type.
pub(super) struct Asset {
    pub(super) name: &'static str,
    pub(super) media_type: &'static str,
    pub(super) bytes: &'static [u8],
}

const SCRIPT: &str = "text/javascript; charset=utf-8";

macro_rules! asset {
    ($name:literal, $media_type:expr) => {
        Asset {
            name: $name,
            media_type: $media_type,
            bytes: include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../web/", $name)),
        }
    };
}

/// Everything a page asks for on loopback. The worker's files belong to the browser shell only.
pub(super) const ASSETS: [Asset; 17] = [
    asset!("amends.css", "text/css; charset=utf-8"),
    asset!("guard.js", SCRIPT),
    asset!("app.js", SCRIPT),
    asset!("desk.js", SCRIPT),
    asset!("door.js", SCRIPT),
    asset!("exit.js", SCRIPT),
    asset!("keep.js", SCRIPT),
    asset!("morph.js", SCRIPT),
    asset!("notices.js", SCRIPT),
    asset!("passkey.js", SCRIPT),
    asset!("policy.js", SCRIPT),
    asset!("shell-browser.js", SCRIPT),
    asset!("shell-native.js", SCRIPT),
    asset!("timer.js", SCRIPT),
    asset!("update.js", SCRIPT),
    asset!("icon.svg", "image/svg+xml"),
    asset!("manifest.webmanifest", "application/manifest+json"),
];
