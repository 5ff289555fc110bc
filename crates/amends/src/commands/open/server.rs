//! Requests on loopback: guarded, answered by the core, nothing logged.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use amends_client::{GuestVisit, Vault};
use amends_domain::view::Moment;
use amends_messages::Locale;
use amends_ui::{
    Answer, AnyStore, CONTENT_SECURITY_POLICY, Core, Date, Door, Effect, Live, Method, Request, Session,
    Shell, State, Visit,
};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Form, Path, Query, State as Shared};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use tokio::sync::Notify;

use super::assets::ASSETS;
use super::entry::Entry;
use super::form::{self, MAX_BODY};
use super::store::Store;
use crate::commands::together::ask_as_guest;
use crate::commands::vault::{now, offset_at, zone};

/// Sent by the page script: it shows the answer itself and need not be sent to another address.
const FROM_SCRIPT: &str = "x-script";
/// Tells the page script which address the answer belongs to.
const SHOWN: &str = "x-shown";

type Fields = Vec<(String, String)>;

/// The language of the screens. Builds for development may ask for a pseudo-language.
fn locale() -> Locale {
    let wanted = std::env::var("AMENDS_LANGUAGE").unwrap_or_default();
    let pseudo = [Locale::Accented, Locale::Mirrored].into_iter().find(|locale| locale.tag() == wanted);
    pseudo.filter(|_| cfg!(debug_assertions)).unwrap_or_default()
}

/// The running app.
pub(super) struct App {
    core: Core,
    entry: Entry,
    store: Store,
    state: Mutex<State>,
    session: Mutex<Session>,
    /// When somebody last used the app.
    used: Mutex<Instant>,
    /// Something may have been written that is to be sent.
    pub(super) written: Notify,
}

impl App {
    pub(super) fn new(port: u16, store: Store, session: Session) -> anyhow::Result<Arc<Self>> {
        let mut state = store.load();
        let mut random = [0_u8; 32];
        getrandom::fill(&mut random).map_err(|error| anyhow::anyhow!("no random numbers: {error}"))?;
        state.ensure_key(random);
        let core = Core::with_locale(crate::commands::reader::reader(false), Shell::default(), locale());
        let (state, session) = (Mutex::new(state), Mutex::new(session));
        Ok(Arc::new(Self {
            core,
            entry: Entry::new(port)?,
            store,
            state,
            session,
            used: Mutex::new(Instant::now()),
            written: Notify::new(),
        }))
    }

    /// The address that lets a browser in.
    pub(super) fn entry_address(&self) -> String {
        self.entry.address()
    }

    /// Drops the keys, if there are any.
    pub(super) fn lock_vault(&self) {
        held(&self.session).lock(now());
    }

    /// How long nobody has used an open vault.
    pub(super) fn idle_for(&self) -> Duration {
        match held(&self.session).door() {
            Door::Open => held(&self.used).elapsed(),
            _ => Duration::ZERO,
        }
    }

    /// After how long an open vault is to be locked.
    pub(super) fn idle_limit(&self) -> Duration {
        Duration::from_secs(60 * u64::from(held(&self.state).settings.idle_minutes))
    }

    /// Address of the relay, if the open vault knows one and has somebody to send to.
    pub(super) fn relay(&self) -> Option<String> {
        let session = held(&self.session);
        let vault = session.vault().filter(|_| !session.place().is_demo())?;
        let wants = vault.sync_status().has_begun || vault.pairing().is_some();
        vault.relay_address().ok().flatten().filter(|_| wants)
    }

    /// Does something with the open vault, if there is one.
    pub(super) fn with_vault<T>(&self, work: impl FnOnce(&mut Vault<AnyStore>) -> T) -> Option<T> {
        held(&self.session).vault_mut().map(work)
    }

    fn state(&self) -> State {
        held(&self.state).clone()
    }

    fn answer(&self, request: &Request, language: &str) -> Answer {
        *held(&self.used) = Instant::now();
        if request.method == Method::Post && request.path == "/guest" && request.has("link") {
            self.bring_guest(request.field("link"));
        }
        let state = self.state();
        let mut session = held(&self.session);
        let answer = self.core.handle(request, &visit(&state, language), &mut session);
        self.perform(&answer.effects);
        if request.method == Method::Post {
            self.written.notify_one();
        }
        answer
    }

    /// Asks the relay of a guest link, without holding anything while the network is slow.
    fn bring_guest(&self, link: &str) {
        let question = held(&self.session).ask_as_guest(link);
        if question.is_empty() {
            return;
        }
        let answer = GuestVisit::new(link).ok().and_then(|visit| ask_as_guest(link, &visit));
        held(&self.session).answer_guest(&answer.unwrap_or_default(), now());
    }

    fn live(&self, request: &Request, language: &str) -> Live {
        *held(&self.used) = Instant::now();
        let state = self.state();
        let live = self.core.live(request, &visit(&state, language), &held(&self.session));
        self.perform(&live.effects);
        live
    }

    /// Performs effects and keeps the state.
    fn perform(&self, effects: &[Effect]) {
        if effects.is_empty() {
            return;
        }
        let mut state = held(&self.state);
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

/// What is in the lock: nothing panics while one is held, and if something did, the data would still be whole.
fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(super) fn router(app: Arc<App>) -> Router {
    let guarded = Router::new()
        .route("/assets/{name}", get(asset))
        .route("/live", post(live))
        .route("/stay", post(stay))
        .fallback(get(page_get).post(page_post))
        .layer(from_fn_with_state(app.clone(), guard));
    Router::new()
        .route("/enter/{key}", get(enter))
        .merge(guarded)
        .layer(from_fn_with_state(app.clone(), own_host))
        .layer(from_fn(private_headers))
        .layer(DefaultBodyLimit::max(MAX_BODY))
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
    let request = Request { fields, ..Request::get(uri.path()) };
    page(app, request, &headers).await
}

async fn page_post(
    Shared(app): Shared<Arc<App>>,
    headers: HeaderMap,
    sent: axum::extract::Request,
) -> Response {
    let path = sent.uri().path().to_owned();
    match form::read(sent).await {
        Ok((fields, files)) => {
            let request = Request { method: Method::Post, path, fields, files };
            page(app, request, &headers).await
        }
        Err(refused) => refused,
    }
}

/// Answers beside the loop that takes requests: making a key out of a passphrase takes seconds.
async fn page(app: Arc<App>, request: Request, headers: &HeaderMap) -> Response {
    let language = language(headers);
    let from_script = headers.contains_key(FROM_SCRIPT);
    let (was_sent, asked) = (request.method == Method::Post, request.path.clone());
    let working = app.clone();
    let done = tokio::task::spawn_blocking(move || working.answer(&request, &language)).await;
    let Ok(answer) = done else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    if let Some(file) = answer.file {
        return download(&file.name, file.media_type, file.bytes);
    }
    if was_sent && !from_script && answer.path != asked {
        if let Some(said) = answer.said {
            held(&app.session).say(said);
        }
        return (StatusCode::SEE_OTHER, [(header::LOCATION, answer.path)]).into_response();
    }
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    (status, [(SHOWN, answer.path)], Html(answer.html)).into_response()
}

/// A file to be saved, not shown. Its name has only letters, digits, `-` and `.` in it.
fn download(name: &str, media_type: &'static str, bytes: Vec<u8>) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    let headers = [(header::CONTENT_TYPE, media_type.to_owned()), (header::CONTENT_DISPOSITION, disposition)];
    (headers, bytes).into_response()
}

async fn live(Shared(app): Shared<Arc<App>>, headers: HeaderMap, Form(fields): Form<Fields>) -> Response {
    let request = Request { fields, ..Request::post("/live", &[]) };
    let live = app.live(&request, &language(&headers));
    let json = serde_json::to_string(&live).expect("marks and texts always encode");
    ([(header::CONTENT_TYPE, "application/json")], json).into_response()
}

/// Somebody is there: reads or thinks.
async fn stay(Shared(app): Shared<Arc<App>>) -> StatusCode {
    *held(&app.used) = Instant::now();
    StatusCode::NO_CONTENT
}

fn language(headers: &HeaderMap) -> String {
    let accepted =
        headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepted.split([',', ';']).next().unwrap_or_default().to_owned()
}

fn visit<'s>(state: &'s State, language: &'s str) -> Visit<'s> {
    let now = now();
    let moment = Moment { now, utc_offset: offset_at(now) };
    Visit { language, zone: zone(), ..Visit::new(state).at(moment) }
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

pub(super) fn refused(app: &App) -> Response {
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
