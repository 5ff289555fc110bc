//! A device is woken when something waits: seldom, in its hours, with no word, and not when it is here.

use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use amends_relay::{Push, Settings};
use amends_wire::{About, ClientFrame, Code, Endpoint, PushKey, ServerFrame, UnixSeconds, WakeId};
use axum::http::StatusCode;
use base64ct::{Base64UrlUnpadded, Encoding};
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};

use crate::client::{Box_, HELLO, Socket, box_, call, request};
use crate::push_service::PushService;
use crate::running::{Within, folder, settings};

const WAKE: WakeId = WakeId([9; 16]);
/// Long enough for a look at what is due, and more.
const A_WHILE: Duration = Duration::from_millis(2_500);

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs()
}

/// Hours around this moment.
fn hours_now() -> (u16, u16) {
    let minute = now() / 60 % 1_440;
    let of = |minute: u64| u16::try_from(minute % 1_440).expect("a minute of the day");
    (of(minute + 1_440 - 120), of(minute + 120))
}

/// Knocks at once, and again as soon as it may.
fn quick(data: &Path, service: &PushService) -> Settings {
    let mut settings = settings(data);
    let mut push = Push::new("mailto:host@relay.example").expect("a contact");
    push.loopback = Some(service.address);
    (push.soonest, push.latest, push.rest) = (Duration::ZERO, Duration::ZERO, Duration::ZERO);
    (push.look, push.again) = (Duration::from_millis(50), Duration::from_secs(1));
    settings.push = Some(push);
    settings
}

fn wake_set(pair: &Box_, endpoint: &str, (from, until): (u16, u16)) -> ClientFrame {
    ClientFrame::WakeSet {
        mailbox: pair.mailbox,
        read: pair.read,
        wake: WAKE,
        endpoint: Endpoint(endpoint.to_owned()),
        from,
        until,
        expires: UnixSeconds(now() + 30 * 86_400),
    }
}

fn wake_clear(pair: &Box_) -> ClientFrame {
    ClientFrame::WakeClear { mailbox: pair.mailbox, read: pair.read, wake: WAKE }
}

const DONE: ServerFrame = ServerFrame::Done { about: About::Wake(WAKE) };
const REFUSED: ServerFrame =
    ServerFrame::Refused { about: About::Wake(WAKE), code: Code::UnknownItem, wait: None };

/// The device comes by, says so, and goes.
async fn come_by(relay: &Within, pair: &Box_, endpoint: &str) {
    let answers = call(relay.address, &[HELLO, pair.create(), wake_set(pair, endpoint, hours_now())]).await;
    assert_eq!(answers[2], DONE);
}

/// The other person writes.
async fn write(relay: &Within, pair: &Box_, n: u32) {
    let answers = call(relay.address, &[HELLO, pair.publish(n, vec![7; 300])]).await;
    assert!(matches!(answers[1], ServerFrame::Ack { .. }));
}

#[tokio::test]
async fn a_device_that_is_gone_gets_one_knock_without_a_word_and_none_before_it_comes_by() {
    let (folder, service) = (folder(), PushService::start().await);
    let relay = Within::start(quick(folder.path(), &service)).await;
    let pair = box_(1);
    come_by(&relay, &pair, &service.endpoint("ana")).await;
    tokio::time::sleep(A_WHILE).await;
    assert!(service.knocks().is_empty(), "nothing waits");

    write(&relay, &pair, 1).await;
    let knocks = service.wait_for(1).await;
    assert_eq!(knocks[0].path, "/ana");
    assert!(knocks[0].body.is_empty(), "no word");
    let ttl: u64 = knocks[0].headers["ttl"].to_str().unwrap().parse().unwrap();
    assert!((1..=2 * 3_600).contains(&ttl), "not after the hours: {ttl}");
    let told: Vec<&str> = knocks[0].headers.keys().map(|name| name.as_str()).collect();
    for name in told {
        assert!(
            ["authorization", "ttl", "host", "content-length", "accept", "accept-encoding"].contains(&name),
            "{name}"
        );
    }

    write(&relay, &pair, 2).await;
    write(&relay, &pair, 3).await;
    tokio::time::sleep(A_WHILE).await;
    assert_eq!(service.knocks().len(), 1, "one is enough");

    come_by(&relay, &pair, &service.endpoint("ana")).await;
    write(&relay, &pair, 4).await;
    service.wait_for(2).await;
    relay.stop().await;
}

#[tokio::test]
async fn the_push_service_can_check_who_knocks_and_learns_a_contact_and_nothing_else() {
    let (folder, service) = (folder(), PushService::start().await);
    let relay = Within::start(quick(folder.path(), &service)).await;
    let welcome = call(relay.address, &[HELLO]).await.remove(0);
    let ServerFrame::Welcome { version: 2, push_key: Some(PushKey(key)), .. } = welcome else {
        panic!("{welcome:?}")
    };
    let pair = box_(1);
    come_by(&relay, &pair, &service.endpoint("ana")).await;
    write(&relay, &pair, 1).await;
    let knock = service.wait_for(1).await.remove(0);
    let note = knock.headers["authorization"].to_str().unwrap();
    let (token, public) = note.strip_prefix("vapid t=").unwrap().split_once(", k=").unwrap();
    let decode = |text: &str| Base64UrlUnpadded::decode_vec(text).unwrap();
    assert_eq!(decode(public), key);
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let verified =
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, key).verify(signed.as_bytes(), &decode(signature));
    assert!(verified.is_ok());
    let (head, claims) = signed.split_once('.').unwrap();
    assert_eq!(decode(head), br#"{"typ":"JWT","alg":"ES256"}"#);
    let claims: serde_json::Value = serde_json::from_slice(&decode(claims)).unwrap();
    assert_eq!(claims["aud"], format!("http://{}", service.address));
    assert_eq!(claims["sub"], "mailto:host@relay.example");
    let expires = claims["exp"].as_u64().unwrap();
    assert!(expires > now() && expires <= now() + 24 * 3_600);
    assert_eq!(claims.as_object().unwrap().len(), 3);
    relay.stop().await;
}

#[tokio::test]
async fn nobody_is_woken_who_is_here() {
    let (folder, service) = (folder(), PushService::start().await);
    let relay = Within::start(quick(folder.path(), &service)).await;
    let pair = box_(1);
    let mut ana = Socket::open(relay.address).await;
    ana.ask(&pair.create()).await;
    assert_eq!(ana.ask(&wake_set(&pair, &service.endpoint("ana"), hours_now())).await, DONE);
    write(&relay, &pair, 1).await;
    tokio::time::sleep(A_WHILE).await;
    assert!(service.knocks().is_empty());
    drop(ana);
    tokio::time::sleep(Duration::from_millis(300)).await;
    write(&relay, &pair, 2).await;
    service.wait_for(1).await;
    relay.stop().await;
}

#[tokio::test]
async fn what_is_planned_survives_a_restart_and_goes_when_the_device_comes_first() {
    let (folder, service) = (folder(), PushService::start().await);
    let later = |seconds| {
        let mut settings = quick(folder.path(), &service);
        if let Some(push) = &mut settings.push {
            (push.soonest, push.latest) = (Duration::from_secs(seconds), Duration::from_secs(seconds));
        }
        settings
    };
    let (pair, other) = (box_(1), box_(2));
    let relay = Within::start(later(4)).await;
    come_by(&relay, &pair, &service.endpoint("ana")).await;
    come_by(&relay, &other, &service.endpoint("ben")).await;
    write(&relay, &pair, 1).await;
    write(&relay, &other, 1).await;
    relay.stop().await;
    let relay = Within::start(later(4)).await;
    come_by(&relay, &other, &service.endpoint("ben")).await;
    let knocks = service.wait_for(1).await;
    tokio::time::sleep(A_WHILE).await;
    assert_eq!(knocks[0].path, "/ana");
    assert_eq!(service.knocks().len(), 1, "the other one has been here");
    relay.stop().await;
}

#[tokio::test]
async fn at_most_one_in_twenty_hours_and_only_in_its_hours() {
    let (folder, service) = (folder(), PushService::start().await);
    let mut settings = quick(folder.path(), &service);
    if let Some(push) = &mut settings.push {
        push.rest = Duration::from_secs(20 * 3_600);
    }
    let relay = Within::start(settings).await;
    let (pair, night) = (box_(1), box_(2));
    // Twelve hours away from now, for two hours.
    let (from, until) = hours_now();
    let away = ((from + 720) % 1_440, (from + 840) % 1_440);
    assert_ne!(away.1, until);
    let frames = [HELLO, night.create(), wake_set(&night, &service.endpoint("night"), away)];
    assert_eq!(call(relay.address, &frames).await[2], DONE);
    write(&relay, &night, 1).await;
    come_by(&relay, &pair, &service.endpoint("ana")).await;
    write(&relay, &pair, 1).await;
    service.wait_for(1).await;
    come_by(&relay, &pair, &service.endpoint("ana")).await;
    write(&relay, &pair, 2).await;
    tokio::time::sleep(A_WHILE).await;
    let knocks = service.knocks();
    assert_eq!(knocks.len(), 1);
    assert_eq!(knocks[0].path, "/ana");
    relay.stop().await;
}

#[tokio::test]
async fn what_is_taken_back_is_gone_at_once() {
    let (folder, service) = (folder(), PushService::start().await);
    let relay = Within::start(quick(folder.path(), &service)).await;
    let pair = box_(1);
    come_by(&relay, &pair, &service.endpoint("a-name-to-look-for")).await;
    let answers = call(relay.address, &[HELLO, wake_clear(&pair), wake_clear(&pair)]).await;
    assert_eq!(answers[1..], [DONE, DONE], "the second time, too");
    write(&relay, &pair, 1).await;
    tokio::time::sleep(A_WHILE).await;
    assert!(service.knocks().is_empty());
    relay.stop().await;
    let database = std::fs::read(folder.path().join("relay.sqlite")).unwrap();
    assert!(!database.windows(18).any(|part| part == b"a-name-to-look-for"), "nor its bytes are left");
}

#[tokio::test]
async fn an_address_that_is_gone_is_forgotten_and_one_that_fails_is_tried_three_times() {
    let (folder, service) = (folder(), PushService::start().await);
    let relay = Within::start(quick(folder.path(), &service)).await;
    let (gone, broken) = (box_(1), box_(2));
    service.answers(StatusCode::GONE);
    come_by(&relay, &gone, &service.endpoint("gone")).await;
    write(&relay, &gone, 1).await;
    service.wait_for(1).await;
    tokio::time::sleep(A_WHILE).await;
    write(&relay, &gone, 2).await;

    service.answers(StatusCode::SERVICE_UNAVAILABLE);
    come_by(&relay, &broken, &service.endpoint("broken")).await;
    write(&relay, &broken, 1).await;
    service.wait_for(4).await;
    write(&relay, &broken, 2).await;
    tokio::time::sleep(2 * A_WHILE).await;
    let paths: Vec<String> = service.knocks().into_iter().map(|knock| knock.path).collect();
    assert_eq!(paths, ["/gone", "/broken", "/broken", "/broken"]);
    relay.stop().await;
}

#[tokio::test]
async fn a_push_service_that_sends_elsewhere_is_not_followed() {
    let (folder, service) = (folder(), PushService::start().await);
    let relay = Within::start(quick(folder.path(), &service)).await;
    let pair = box_(1);
    service.answers(StatusCode::TEMPORARY_REDIRECT);
    come_by(&relay, &pair, &service.endpoint("ana")).await;
    write(&relay, &pair, 1).await;
    let knocks = service.wait_for(3).await;
    assert!(knocks.iter().all(|knock| knock.path == "/ana"));
    relay.stop().await;
}

#[tokio::test]
async fn an_address_of_anybody_else_is_refused() {
    let (folder, service) = (folder(), PushService::start().await);
    let relay = Within::start(quick(folder.path(), &service)).await;
    let pair = box_(1);
    let mut ana = Socket::open(relay.address).await;
    ana.ask(&pair.create()).await;
    for endpoint in [
        "http://127.0.0.1:22/",
        "http://169.254.169.254/latest/meta-data",
        "https://localhost/",
        "https://fcm.googleapis.com.example.org/x",
        "https://fcm.googleapis.com@10.0.0.1/x",
        "file:///etc/passwd",
        "",
    ] {
        let asked = wake_set(&pair, endpoint, hours_now());
        assert_eq!(ana.ask(&asked).await, REFUSED, "{endpoint}");
    }
    let day = ana.ask(&wake_set(&pair, &service.endpoint("ana"), (600, 610))).await;
    assert!(matches!(day, ServerFrame::Refused { code: Code::BadFrame, .. }), "ten minutes tell too much");
    let mut stranger = wake_set(&pair, &service.endpoint("eve"), hours_now());
    if let ClientFrame::WakeSet { read, .. } = &mut stranger {
        *read = pair.append;
    }
    assert!(matches!(ana.ask(&stranger).await, ServerFrame::Refused { code: Code::WrongToken, .. }));
    relay.stop().await;
}

#[tokio::test]
async fn a_relay_that_wakes_nobody_says_so_and_an_old_client_hears_nothing_of_it() {
    let (folder, service) = (folder(), PushService::start().await);
    let relay = Within::start(settings(folder.path())).await;
    let pair = box_(1);
    let frames =
        [HELLO, pair.create(), wake_set(&pair, "https://fcm.googleapis.com/fcm/send/a", hours_now())];
    let answers = call(relay.address, &frames).await;
    assert!(matches!(answers[0], ServerFrame::Welcome { version: 2, push_key: None, .. }));
    assert_eq!(answers[2], REFUSED);
    assert!(!folder.path().join("push-key").exists());
    relay.stop().await;

    let relay = Within::start(quick(folder.path(), &service)).await;
    let old = ClientFrame::Hello { version: 1 };
    let answers = call(relay.address, &[old.clone(), pair.create()]).await;
    assert!(matches!(answers[0], ServerFrame::Welcome { version: 1, push_key: None, .. }));
    let mut body = old.to_bytes();
    wake_set(&pair, &service.endpoint("ana"), hours_now()).append_to(&mut body);
    let answer = request(relay.address, "POST /v1/call HTTP/1.1", &body).await;
    let answers = ServerFrame::all_from_bytes(&answer.body).unwrap();
    assert!(matches!(answers[1], ServerFrame::Refused { code: Code::BadFrame, .. }), "not in version 1");
    let newer = call(relay.address, &[ClientFrame::Hello { version: 3 }]).await;
    assert!(matches!(newer[0], ServerFrame::Refused { code: Code::NewerVersion, .. }));
    relay.stop().await;
}

#[tokio::test]
async fn a_folder_of_the_version_before_goes_on() {
    let (folder, service) = (folder(), PushService::start().await);
    let pair = box_(1);
    let relay = Within::start(settings(folder.path())).await;
    call(relay.address, &[HELLO, pair.create(), pair.publish(1, vec![1])]).await;
    relay.stop().await;
    // As the version before left it.
    let database = rusqlite::Connection::open(folder.path().join("relay.sqlite")).unwrap();
    database.execute_batch("DROP TABLE wake; PRAGMA user_version = 1;").unwrap();
    drop(database);
    let relay = Within::start(quick(folder.path(), &service)).await;
    let mut ana = Socket::open(relay.address).await;
    assert_eq!(ana.fetch(&pair, 0).await.0, [(1, vec![1])]);
    drop(ana);
    come_by(&relay, &pair, &service.endpoint("ana")).await;
    write(&relay, &pair, 2).await;
    service.wait_for(1).await;
    relay.stop().await;
}
