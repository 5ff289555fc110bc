//! Which addresses may be knocked at: those of known push services. A client chooses the address, so without this the relay
//! could be made to ask anything of anybody, its own network included.

use axum::http::Uri;
use axum::http::uri::Scheme;

use super::Push;

/// Push services of browser makers: these names.
const NAMES: [&str; 3] = ["fcm.googleapis.com", "updates.push.services.mozilla.com", "web.push.apple.com"];
/// And names that end so.
const ENDS: [&str; 2] = [".push.apple.com", ".notify.windows.com"];

/// The address, if it is one of a push service that is known here.
pub(crate) fn allowed(endpoint: &str, push: &Push) -> Option<Uri> {
    if endpoint.len() > amends_wire::MAX_ENDPOINT || !endpoint.bytes().all(|byte| byte.is_ascii_graphic()) {
        return None;
    }
    let address: Uri = endpoint.parse().ok()?;
    let authority = address.authority()?;
    // Nobody has a name or a password there.
    if authority.as_str().contains('@') {
        return None;
    }
    if let Some(here) = push.loopback
        && here.ip().is_loopback()
        && address.scheme() == Some(&Scheme::HTTP)
        && authority.as_str() == here.to_string()
    {
        return Some(address);
    }
    let is_usual =
        address.scheme() == Some(&Scheme::HTTPS) && address.port_u16().is_none_or(|port| port == 443);
    let host = authority.host().to_ascii_lowercase();
    let is_known = NAMES.contains(&host.as_str())
        || ENDS.iter().any(|end| host.strip_suffix(end).is_some_and(is_name))
        || push.hosts.iter().any(|own| own.eq_ignore_ascii_case(&host));
    (is_usual && is_known).then_some(address)
}

/// Labels of a host name, with dots between.
fn is_name(text: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    text.split('.').all(is_label)
}

/// Scheme, host and port: whom a knock is signed for.
pub(crate) fn origin(address: &Uri) -> String {
    let scheme = address.scheme_str().unwrap_or_default();
    let authority = address.authority().map_or("", |authority| authority.as_str());
    format!("{scheme}://{}", authority.trim_end_matches(":443"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn push() -> Push {
        let mut push = Push::new("mailto:host@relay.example").unwrap();
        push.hosts.push("push.example.org".to_owned());
        push
    }

    #[test]
    fn only_push_services_are_asked_and_only_with_tls() {
        for good in [
            "https://fcm.googleapis.com/fcm/send/abc:def",
            "https://updates.push.services.mozilla.com/wpush/v2/gAAA",
            "https://web.push.apple.com/QOx",
            "https://api.push.apple.com:443/QOx",
            "https://wns2-par02p.notify.windows.com/w/?token=BQ%3d",
            "https://PUSH.example.org/1",
        ] {
            assert!(allowed(good, &push()).is_some(), "{good}");
        }
        for bad in [
            "",
            "/fcm/send",
            "http://fcm.googleapis.com/fcm/send/abc",
            "https://fcm.googleapis.com:8443/x",
            "https://fcm.googleapis.com.example.org/x",
            "https://fcm.googleapis.com@127.0.0.1/x",
            "https://me:secret@fcm.googleapis.com/x",
            "https://evil.example/?https://fcm.googleapis.com/",
            "https://push.apple.com/x",
            "https://.push.apple.com/x",
            "https://a..push.apple.com/x",
            "https://127.0.0.1/x",
            "https://[::1]/x",
            "https://localhost/x",
            "https://169.254.169.254/latest/meta-data",
            "http://127.0.0.1:9/x",
            "ftp://fcm.googleapis.com/x",
            "https://fcm.googleapis.com/x y",
            "https://fcm.googleapis.com/x\r\nhost: y",
        ] {
            assert!(allowed(bad, &push()).is_none(), "{bad}");
        }
        assert!(allowed(&format!("https://fcm.googleapis.com/{}", "x".repeat(1_024)), &push()).is_none());
    }

    #[test]
    fn a_test_on_this_machine_goes_without_tls_to_one_place_only() {
        let mut push = push();
        push.loopback = Some("127.0.0.1:4000".parse().unwrap());
        assert!(allowed("http://127.0.0.1:4000/x", &push).is_some());
        assert!(allowed("http://127.0.0.1:4001/x", &push).is_none());
        push.loopback = Some("192.0.2.1:4000".parse().unwrap());
        assert!(allowed("http://192.0.2.1:4000/x", &push).is_none(), "another machine");
    }

    #[test]
    fn a_knock_is_signed_for_the_service_alone() {
        let of = |endpoint: &str| origin(&endpoint.parse().unwrap());
        assert_eq!(of("https://fcm.googleapis.com/fcm/send/abc?x"), "https://fcm.googleapis.com");
        assert_eq!(of("https://api.push.apple.com:443/a"), "https://api.push.apple.com");
        assert_eq!(of("http://127.0.0.1:4000/a"), "http://127.0.0.1:4000");
    }
}
