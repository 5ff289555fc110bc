//! What can be asked over HTTP.

mod app;
mod call;
mod socket;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

pub(crate) use app::App;

use crate::relay::Relay;

/// What a page of the app may load and reach: nothing but its own host. The same as in the pages themselves (a test compares),
/// and beside it that no other page may hold it in a frame.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; img-src 'self' data:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; \
    form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types amends; \
    frame-ancestors 'none'";

/// Sent with every answer.
const HEADERS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()"),
];

/// The relay and, where there is one, the app.
pub(crate) fn router(relay: Arc<Relay>, app: Option<App>) -> Router {
    let mut router = Router::new()
        .route("/v1/ws", get(socket::open))
        .route("/v1/call", post(call::call))
        .route("/health", get(health))
        .with_state(relay);
    if let Some(app) = app {
        router = router.merge(app.router());
    }
    router
        .layer(axum::middleware::from_fn(only_plain_bodies))
        .layer(axum::middleware::map_response(with_headers))
}

/// What only the operator sees, on an address of its own: how busy a relay for two is tells when they are there.
pub(crate) fn operator_router(relay: Arc<Relay>) -> Router {
    Router::new().route("/metrics", get(metrics)).route("/health", get(health)).with_state(relay)
}

async fn health(State(relay): State<Arc<Relay>>) -> Response {
    let no_store = [(header::CACHE_CONTROL, "no-store")];
    match relay.is_healthy() {
        true => (no_store, "ok\n").into_response(),
        false => (StatusCode::SERVICE_UNAVAILABLE, no_store, "not writing\n").into_response(),
    }
}

async fn metrics(State(relay): State<Arc<Relay>>) -> Response {
    let file = crate::store::file_of(&relay.settings.data);
    let size = std::fs::metadata(file).map_or(0, |found| found.len());
    let text = relay.metrics.text(relay.n_connections(), relay.directory.len(), size);
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4"), (header::CACHE_CONTROL, "no-store")], text)
        .into_response()
}

/// A length and nothing else says where a body ends: two ways to say so are how requests are smuggled past a proxy. No client of
/// ours sends a body in chunks.
async fn only_plain_bodies(request: Request, next: Next) -> Response {
    if request.headers().contains_key(header::TRANSFER_ENCODING) {
        return (StatusCode::LENGTH_REQUIRED, [(header::CONNECTION, "close")]).into_response();
    }
    next.run(request).await
}

async fn with_headers(mut response: Response) -> Response {
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}
