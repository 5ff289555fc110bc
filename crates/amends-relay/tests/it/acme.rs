//! A relay that gets its certificate by itself.

use std::path::Path;
use std::process::Output;
use std::time::Duration;

use amends_relay::{Acme, Certificates};
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::pem::PemObject;

use crate::authority::{Authority, LOCALHOST, comes_true, connect, free_port, kept, shown};
use crate::running::{Program, Within, folder, program, settings};

const NAME: &str = "relay.example.org";
const CONTACT: &str = "ana@example.org";

/// The program, that asks this authority.
fn start(data: &Path, port: u16, name: &str, authority: &Authority) -> Program {
    let root = authority.web_root();
    let (directory, listen) = (authority.directory(), format!("127.0.0.1:{port}"));
    let root = root.to_str().expect("it has a plain name");
    Program::start_on(
        &listen,
        data,
        &[
            "--acme-domain",
            name,
            "--acme-contact",
            CONTACT,
            "--acme-directory",
            &directory,
            "--acme-root",
            root,
        ],
    )
}

fn missing() {
    eprintln!("Pebble is not installed here, so no certificate is asked for: dev/setup installs it");
}

fn doctor(data: &Path) -> (Option<i32>, String) {
    let found = program().args(["doctor", "--data"]).arg(data).output().expect("it runs");
    (found.status.code(), String::from_utf8_lossy(&found.stdout).into_owned())
}

#[tokio::test]
async fn a_relay_gets_its_certificate_and_keeps_it_and_its_account() {
    let (folder, port) = (folder(), free_port().port());
    let data = folder.path().join("data");
    let Some(mut authority) = Authority::start(port, 90 * 86_400).await else {
        return missing();
    };
    let root = authority.root().await;
    let relay = start(&data, port, NAME, &authority);
    let first = shown(relay.address, NAME, &root).await;
    let said = relay.stop();
    assert!(said.contains("asking localhost for a certificate for relay.example.org"), "{said}");
    assert!(said.contains("new certificate for relay.example.org, good until 20"), "{said}");
    assert!(!said.contains("ana"), "the log is free of people: {said}");
    #[cfg(unix)]
    for (name, expected) in [("", 0o700), ("account.json", 0o600), ("certificate.pem", 0o600)] {
        let found = std::fs::metadata(data.join("acme").join(name)).expect("it is kept");
        assert_eq!(std::os::unix::fs::PermissionsExt::mode(&found.permissions()) & 0o777, expected, "{name}");
    }
    let (status, words) = doctor(&data);
    assert!(status == Some(0) && words.contains("certificate is good until 20"), "{words}");

    let account = kept(&data, "account.json").expect("it is kept");
    let relay = start(&data, port, NAME, &authority);
    assert_eq!(shown(relay.address, NAME, &root).await, first, "kept over a restart");
    assert!(!relay.stop().contains("asking"), "and nothing was ordered");

    let relay = start(&data, port, "other.example.org", &authority);
    assert_ne!(
        shown(relay.address, "other.example.org", &root).await,
        first,
        "another name, another certificate"
    );
    let said = relay.stop();
    assert!(said.contains("the kept certificate is not used: it is for another name"), "{said}");
    assert_eq!(kept(&data, "account.json").as_ref(), Some(&account), "by the same account");

    // An authority that has forgotten the account, as one for tests does from time to time.
    authority.forget_all().await;
    let root = authority.root().await;
    let relay = start(&data, port, NAME, &authority);
    shown(relay.address, NAME, &root).await;
    relay.stop();
    assert_ne!(kept(&data, "account.json"), Some(account), "a new account is made");
}

#[tokio::test]
async fn a_certificate_of_another_authority_does_not_stay() {
    let (folder, port) = (folder(), free_port().port());
    let data = folder.path().join("data");
    let Some(one) = Authority::start(port, 90 * 86_400).await else {
        return missing();
    };
    let relay = start(&data, port, NAME, &one);
    shown(relay.address, NAME, &one.root().await).await;
    relay.stop();
    let account = kept(&data, "account.json");
    drop(one);
    let other = Authority::start(port, 90 * 86_400).await.expect("it was there before");
    let relay = start(&data, port, NAME, &other);
    shown(relay.address, NAME, &other.root().await).await;
    let said = relay.stop();
    assert!(said.contains("not used: it is from another authority"), "{said}");
    assert_ne!(kept(&data, "account.json"), account, "each authority has its own account");
}

#[tokio::test]
async fn a_certificate_is_renewed_while_the_relay_runs() {
    let (folder, port) = (folder(), free_port().port());
    let data = folder.path().join("data");
    let Some(authority) = Authority::start(port, 9).await else {
        return missing();
    };
    let relay = start(&data, port, NAME, &authority);
    comes_true("there is a certificate", async || kept(&data, "certificate.pem").is_some()).await;
    let first = kept(&data, "certificate.pem");
    comes_true("there is a new certificate", async || kept(&data, "certificate.pem") != first).await;
    let root = authority.root().await;
    shown(relay.address, NAME, &root).await;
    let said = relay.stop();
    assert!(said.matches("there is a new certificate").count() >= 2, "{said}");
    assert_eq!(kept(&data, "failure"), None);
}

#[tokio::test]
async fn what_keeps_a_certificate_away_is_told_and_tried_again_until_it_works() {
    let (folder, port) = (folder(), free_port().port());
    let data = folder.path().join("data");
    let Some(authority) = Authority::start(port, 90 * 86_400).await else {
        return missing();
    };
    // At the port where the authority asks nobody listens: this relay is somewhere else.
    let relay = start(&data, free_port().port(), NAME, &authority);
    comes_true("a failure is noted", async || kept(&data, "failure").is_some()).await;
    let (status, words) = doctor(&data);
    assert!(status == Some(2) && words.contains("there is no certificate yet"), "{words}");
    assert!(words.contains("Does relay.example.org point to this machine"), "{words}");
    assert!(tokio::net::TcpStream::connect(relay.address).await.is_ok(), "the relay is up");
    let said = relay.stop();
    assert!(said.contains("Next try in 2 minutes; there is no certificate yet"), "{said}");
    assert!(!said.contains("ana") && !words.contains("ana"), "{said}{words}");

    let relay = start(&data, port, "blocked.example.org", &authority);
    comes_true("a refusal is noted", async || {
        kept(&data, "failure")
            .is_some_and(|words| words.contains("gives no certificates for blocked.example.org"))
    })
    .await;
    relay.stop();

    let relay = start(&data, port, NAME, &authority);
    shown(relay.address, NAME, &authority.root().await).await;
    relay.stop();
    assert_eq!(kept(&data, "failure"), None, "what is over is forgotten");
    let (status, words) = doctor(&data);
    assert_eq!(status, Some(0), "{words}");
}

#[cfg(unix)]
#[tokio::test]
async fn a_failure_is_tried_again_by_itself_and_at_once_when_the_operator_asks() {
    let folder = folder();
    let clients = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
    let address = clients.local_addr().expect("it has an address");
    let Some(authority) = Authority::start(address.port(), 90 * 86_400).await else {
        return missing();
    };
    let (directory, root) = (authority.directory(), authority.root().await);
    // A root that is not there yet: whatever it is, it is tried again.
    let late = folder.path().join("late.pem");
    let acme = Acme::new(folder.path().to_owned(), NAME, &directory).expect("it is a name");
    let acme = acme.with_root(late.clone()).with_first_retry(Duration::from_millis(50));
    let certificates = Certificates::by_acme(acme).expect("the settings are right");
    let relay = Within::start_with(settings(folder.path()), clients, Some(certificates)).await;
    comes_true("a failure is noted", async || kept(folder.path(), "failure").is_some()).await;
    assert!(doctor(folder.path()).1.contains("--acme-root"), "it says which file");
    std::fs::copy(authority.web_root(), &late).expect("it can be copied");
    shown(address, NAME, &root).await;
    relay.stop().await;

    let data = folder.path().join("data");
    let port = free_port().port();
    let relay = start(&data, port, NAME, &authority);
    comes_true("the name leads somewhere else", async || kept(&data, "failure").is_some()).await;
    let before = kept(&data, "failure").expect("it is there");
    comes_true("a second has passed", async || {
        std::process::Command::new("kill")
            .args(["-HUP", &relay.id().to_string()])
            .status()
            .expect("kill runs");
        kept(&data, "failure").is_some_and(|words| words != before)
    })
    .await;
    relay.stop();
}

#[tokio::test]
async fn an_authority_that_cannot_be_reached_leaves_the_relay_up() {
    let folder = folder();
    let directory = format!("https://localhost:{}/dir", free_port().port());
    let relay = Program::start(folder.path(), &["--acme-domain", NAME, "--acme-directory", &directory]);
    comes_true("a failure is noted", async || kept(folder.path(), "failure").is_some()).await;
    assert!(tokio::net::TcpStream::connect(relay.address).await.is_ok());
    let said = relay.stop();
    assert!(said.contains("localhost cannot be reached (connection refused)"), "{said}");
}

#[tokio::test]
async fn nobody_is_asked_for_what_cannot_be_kept() {
    let folder = folder();
    std::fs::write(folder.path().join("acme"), "in the way").expect("a file can be written");
    let directory = format!("https://localhost:{}/dir", free_port().port());
    let relay = Program::start(folder.path(), &["--acme-domain", NAME, "--acme-directory", &directory]);
    let root = CertificateDer::from_pem_slice(LOCALHOST.as_bytes()).expect("it is a certificate");
    assert!(connect(relay.address, NAME, root).await.is_err(), "it answers, and has no certificate");
    let said = relay.stop();
    assert!(said.contains("acme cannot be written") && !said.contains("cannot be reached"), "{said}");
}

#[test]
fn settings_that_cannot_be_are_refused_before_anything_is_asked() {
    let folder = folder();
    let refused = |arguments: &[&str]| {
        let Output { status, stderr, .. } =
            program().args(["serve", "--data"]).arg(folder.path()).args(arguments).output().expect("it runs");
        assert!(!status.success(), "{arguments:?}");
        String::from_utf8_lossy(&stderr).into_owned()
    };
    let domain = ["--acme-domain", NAME];
    let words = refused(&[&domain[..], &["--cert", "a.pem", "--key", "b.pem"]].concat());
    assert!(
        words.contains("--acme-domain") && words.contains("cannot be used with") && words.contains("--cert"),
        "{words}"
    );
    let words = refused(&[&domain[..], &["--behind-proxy"]].concat());
    assert!(words.contains("cannot be used with") && words.contains("--behind-proxy"), "{words}");
    let words = refused(&["--acme-contact", CONTACT]);
    assert!(words.contains("--acme-domain"), "{words}");
    assert!(refused(&["--acme-domain", "203.0.113.7"]).contains("not a name"));
    assert!(refused(&[&domain[..], &["--acme-contact", "Ana"]].concat()).contains("not an e-mail address"));
    assert!(refused(&[&domain[..], &["--acme-directory", "http://localhost"]].concat()).contains("https://"));
    assert!(std::fs::read_dir(folder.path()).expect("it is there").next().is_none(), "nothing was made");
}
