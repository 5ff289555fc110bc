//! Requests on loopback: guarded, answered by the core, nothing logged.

use std::sync::{Arc, Mutex};

use amends_ui::{CONTENT_SECURITY_POLICY, Core, Date, Effect, Method, Request, Session, Shell, State, Visit};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Form, Path, Query, State as Shared};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;

use super::assets::ASSETS;
use super::entry::Entry;
use super::store::Store;

/// Largest form taken: a long letter is a few kilobytes.
const MAX_FORM: usize = 32 << 20;

type Fields = Vec<(String, String)>;

/// The running app.
pub(super) struct App {
    core: Core,
    entry: Entry,
    store: Store,
    state: Mutex<State>,
}

impl App {
    pub(super) fn new(port: u16, store: Store) -> anyhow::Result<Arc<Self>> {
        let mut state = store.load();
        let mut random = [0_u8; 32];
        getrandom::fill(&mut random).map_err(|error| anyhow::anyhow!("no random numbers: {error}"))?;
        state.ensure_key(random);
        let core = Core::new(crate::commands::reader::reader(false), Shell::default());
        Ok(Arc::new(Self { core, entry: Entry::new(port)?, store, state: Mutex::new(state) }))
    }

    /// The address that lets a browser in.
    pub(super) fn entry_address(&self) -> String {
        self.entry.address()
    }

    fn state(&self) -> State {
        self.lock().clone()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Performs effects and keeps the state.
    fn perform(&self, effects: &[Effect]) {
        if effects.is_empty() {
            return;
        }
        let mut state = self.lock();
        for effect in effects {
            state.apply(effect);
        }
        let mut random = [0_u8; 32];
        if getrandom::fill(&mut random).is_ok() {
            state.ensure_key(random);
        }
        if let Err(error) = self.store.save(&state) {
            anstream::eprintln!("amends: settings cannot be kept: {error}");
        }
    }
}

pub(super) fn router(app: Arc<App>) -> Router {
    let guarded = Router::new()
        .route("/assets/{name}", get(asset))
        .route("/live", axum::routing::post(live))
        .fallback(get(page_get).post(page_post))
        .layer(from_fn_with_state(app.clone(), guard));
    Router::new()
        .route("/enter/{key}", get(enter))
        .merge(guarded)
        .layer(from_fn_with_state(app.clone(), own_host))
        .layer(from_fn(private_headers))
        .layer(DefaultBodyLimit::max(MAX_FORM))
        .with_state(app)
}

/// Exchanges the key in the address for the cookie.
async fn enter(Shared(app): Shared<Arc<App>>, Path(key): Path<String>) -> Response {
    match app.entry.exchange(&key) {
        Some(cookie) => {
            let messages = app.core.messages();
            anstream::println!("{}\n\n  {}\n", messages.text("open-another"), app.entry.address());
            (StatusCode::SEE_OTHER, [(header::LOCATION, "/".to_owned()), (header::SET_COOKIE, cookie)])
                .into_response()
        }
        None => refused(&app),
    }
}

async fn page_get(
    Shared(app): Shared<Arc<App>>,
    uri: axum::http::Uri,
    headers: HeaderMap,
    Query(fields): Query<Fields>,
) -> Response {
    page(&app, Method::Get, uri.path(), fields, &headers)
}

async fn page_post(
    Shared(app): Shared<Arc<App>>,
    uri: axum::http::Uri,
    headers: HeaderMap,
    Form(fields): Form<Fields>,
) -> Response {
    page(&app, Method::Post, uri.path(), fields, &headers)
}

fn page(app: &App, method: Method, path: &str, fields: Fields, headers: &HeaderMap) -> Response {
    let request = Request { method, path: path.to_owned(), fields, files: Vec::new() };
    let state = app.state();
    let answer = app.core.handle(&request, &visit(&state, headers), &mut Session::without_keeper());
    app.perform(&answer.effects);
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    (status, Html(answer.html)).into_response()
}

async fn live(Shared(app): Shared<Arc<App>>, headers: HeaderMap, Form(fields): Form<Fields>) -> Response {
    let request = Request { fields, ..Request::post("/live", &[]) };
    let state = app.state();
    let live = app.core.live(&request, &visit(&state, &headers), &Session::without_keeper());
    app.perform(&live.effects);
    let json = serde_json::to_string(&live).expect("marks and texts always encode");
    ([(header::CONTENT_TYPE, "application/json")], json).into_response()
}

fn visit<'s>(state: &'s State, headers: &'s HeaderMap) -> Visit<'s> {
    let language =
        headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let first = language.split([',', ';']).next().unwrap_or_default();
    Visit { today: today(), language: first, ..Visit::new(state) }
}

/// Today, as far as the computer's clock knows.
pub(crate) fn today() -> Option<Date> {
    let seconds = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok()?.as_secs();
    u32::try_from(seconds / 86_400).ok().map(Date::from_unix_days)
}

async fn asset(Path(name): Path<String>) -> Response {
    match ASSETS.iter().find(|asset| asset.name == name) {
        Some(asset) => ([(header::CONTENT_TYPE, asset.media_type)], asset.bytes).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Lets through what comes from our own page with the cookie of this run.
async fn guard(
    Shared(app): Shared<Arc<App>>,
    headers: HeaderMap,
    request: axum::extract::Request,
    next: Next,
) -> Response {
    match app.entry.is_own_origin(&headers) && app.entry.is_let_in(&headers) {
        true => next.run(request).await,
        false => refused(&app),
    }
}

async fn own_host(
    Shared(app): Shared<Arc<App>>,
    headers: HeaderMap,
    request: axum::extract::Request,
    next: Next,
) -> Response {
    match app.entry.is_own_host(&headers) {
        true => next.run(request).await,
        false => refused(&app),
    }
}

fn refused(app: &App) -> Response {
    let text = |key: &str| app.core.messages().text(key);
    let words = format!("{}\n\n{}\n", text("not-allowed-title"), text("not-allowed-text"));
    (StatusCode::FORBIDDEN, words).into_response()
}

/// Nothing is cached, framed, sniffed or told to others.
async fn private_headers(request: axum::extract::Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let policy = format!("{CONTENT_SECURITY_POLICY}; frame-ancestors 'none'");
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    for (name, value) in [
        ("cache-control", "no-store"),
        ("referrer-policy", "no-referrer"),
        ("x-content-type-options", "nosniff"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", "camera=(), microphone=(), geolocation=()"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}
