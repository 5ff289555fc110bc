//! The web app's files.

use std::path::Path;

use amends_relay::CONTENT_SECURITY_POLICY;

use crate::client::{Answer, request};
use crate::running::{Within, folder, settings};

fn bundle(folder: &Path) {
    std::fs::create_dir_all(folder.join("assets")).expect("a folder can be made");
    for (name, bytes) in [
        ("index.html", "<!doctype html>"),
        ("index.html.br", "brotli of index"),
        ("index.html.gz", "gzip of index"),
        ("sw.js", "worker"),
        ("assets/app.1cd14343f0c3.js", "script"),
        ("assets/app.1cd14343f0c3.js.gz", "gzip of script"),
        ("assets/amends_wasm_bg.335c019397ae.wasm", "wasm"),
        ("assets/en.amdl", "weights"),
        ("assets/notes.secret", "not ours"),
    ] {
        std::fs::write(folder.join(name), bytes).expect("a file can be written");
    }
}

async fn get(address: std::net::SocketAddr, path: &str, accept: &str) -> Answer {
    request(address, &format!("GET {path} HTTP/1.1\r\naccept-encoding: {accept}"), b"").await
}

#[test]
fn the_policy_is_the_one_that_the_pages_are_written_for() {
    let source = include_str!("../../../amends-ui/src/layout.rs").replace("\\\n", "");
    let words: Vec<&str> = source.split_whitespace().collect();
    let own = CONTENT_SECURITY_POLICY.strip_suffix("; frame-ancestors 'none'").unwrap();
    assert!(words.join(" ").contains(&format!("\"{own}\"")));
}

#[tokio::test]
async fn the_app_comes_with_the_right_headers_in_the_shortest_form() {
    let folder = folder();
    let app = folder.path().join("web");
    bundle(&app);
    let mut settings = settings(&folder.path().join("data"));
    settings.app = Some(app);
    let relay = Within::start(settings).await;
    let address = relay.address;
    for (path, accept, body, media_type, cache) in [
        ("/", "gzip, deflate, br", "brotli of index", "text/html; charset=utf-8", "no-store"),
        ("/", "gzip", "gzip of index", "text/html; charset=utf-8", "no-store"),
        ("/", "identity", "<!doctype html>", "text/html; charset=utf-8", "no-store"),
        ("/path", "br;q=0, gzip;q=0", "<!doctype html>", "text/html; charset=utf-8", "no-store"),
        ("/sw.js", "br", "worker", "text/javascript; charset=utf-8", "no-store"),
        (
            "/assets/app.1cd14343f0c3.js",
            "br, gzip",
            "gzip of script",
            "text/javascript; charset=utf-8",
            "immutable",
        ),
        ("/assets/amends_wasm_bg.335c019397ae.wasm", "br", "wasm", "application/wasm", "immutable"),
        ("/assets/en.amdl", "br", "weights", "application/octet-stream", "no-store"),
    ] {
        let answer = get(address, path, accept).await;
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(String::from_utf8_lossy(&answer.body), body, "{path}");
        assert!(
            answer.headers.contains(&format!("content-type: {media_type}\r\n")),
            "{path}: {}",
            answer.headers
        );
        assert!(answer.headers.contains(cache), "{path}: {}", answer.headers);
        assert!(answer.headers.contains("frame-ancestors 'none'"), "{path}");
        assert!(answer.headers.contains("nosniff") && answer.headers.contains("no-referrer"), "{path}");
        assert_eq!(answer.headers.contains("content-encoding"), body.contains(" of "), "{path}");
    }
    for path in [
        "/assets/notes.secret",
        "/index.html.br",
        "/../data/relay.sqlite",
        "/assets/../../data/relay.sqlite",
        "/%2e%2e/data/relay.sqlite",
        "/v1/nothing",
        "/assets/none.js",
    ] {
        assert_eq!(get(address, path, "br").await.status, 404, "{path}");
    }
    assert_eq!(request(address, "POST / HTTP/1.1", b"").await.status, 405);
    relay.stop().await;
}
