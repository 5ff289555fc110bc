//! One certificate: an order, the proof that the name leads here, the key.

use std::sync::Arc;
use std::time::Duration;

use instant_acme::{
    AuthorizationStatus, ChallengeType, Error, Identifier, NewOrder, Order, OrderStatus, RetryPolicy,
};
use rcgen::{CertificateParams, CustomExtension, KeyPair};
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_rustls::rustls::sign::CertifiedKey;

use super::Acme;
use super::account;
use super::ask::Wait;
use super::failure::{Failure, Kind};
use super::kept::{Certificate, try_folder};
use crate::tls::{Shown, provider};

/// How often it looks how far the authority is, where that does not say it by itself.
const LOOK: RetryPolicy = RetryPolicy::new()
    .initial_delay(Duration::from_millis(250))
    .backoff(1.5)
    .timeout(Duration::from_secs(180));

/// The longest that all of it may take.
const PATIENCE: Duration = Duration::from_secs(600);

/// Gets a new certificate and keeps it.
pub(super) async fn order(acme: &Acme, shown: &Shown, wait: &Wait) -> Result<Certificate, Failure> {
    // What cannot be kept would be ordered again and again, and authorities count.
    try_folder(&acme.folder).map_err(|error| Kind::Folder(error.kind().to_string()))?;
    let got = tokio::time::timeout(PATIENCE, get(acme, shown, wait)).await;
    shown.answer(None);
    let (chain, key) = got.map_err(|_| Kind::Slow)??;
    let kept = Certificate::keep(acme, &chain, &key).map_err(|useless| Kind::Useless(useless.to_string()))?;
    kept.map_err(|error| Kind::Folder(error.kind().to_string()).into())
}

/// Chain and key, as PEM.
async fn get(acme: &Acme, shown: &Shown, wait: &Wait) -> Result<(String, String), Failure> {
    let account = account::account(acme, wait).await?;
    let names = [Identifier::Dns(acme.domain.clone())];
    let mut order = match account.new_order(&NewOrder::new(&names)).await {
        Err(error) if is_unknown_account(&error) => {
            account::make(acme, wait).await?.new_order(&NewOrder::new(&names)).await?
        }
        order => order?,
    };
    prove(&mut order, acme, shown).await?;
    let key = order.finalize().await?;
    let chain = order.poll_certificate(&LOOK).await?;
    Ok((chain, key))
}

fn is_unknown_account(error: &Error) -> bool {
    match error {
        Error::Api(problem) => {
            problem.r#type.as_deref() == Some("urn:ietf:params:acme:error:accountDoesNotExist")
        }
        _ => false,
    }
}

/// Shows at the name what only this account can know.
async fn prove(order: &mut Order, acme: &Acme, shown: &Shown) -> Result<(), Failure> {
    let mut authorizations = order.authorizations();
    while let Some(authorization) = authorizations.next().await {
        let mut authorization = authorization?;
        if authorization.status == AuthorizationStatus::Valid {
            continue;
        }
        let mut challenge = authorization.challenge(ChallengeType::TlsAlpn01).ok_or(Kind::NoChallenge)?;
        let digest = challenge.key_authorization().digest();
        shown.answer(Some(answer(&acme.domain, digest.as_ref())?));
        challenge.set_ready().await.map_err(asked_back)?;
    }
    match order.poll_ready(&LOOK).await {
        Ok(OrderStatus::Ready) => Ok(()),
        Ok(_) => Err(why_not(order).await.unwrap_or(Kind::Other("the order is invalid".to_owned())).into()),
        Err(error) => match why_not(order).await {
            Some(kind) => Err(kind.into()),
            None => Err(asked_back(error)),
        },
    }
}

/// What the authority found when it asked at the name.
async fn why_not(order: &mut Order) -> Option<Kind> {
    let mut authorizations = order.authorizations();
    while let Some(authorization) = authorizations.next().await {
        let mut authorization = authorization.ok()?;
        let state = authorization.refresh().await.ok()?;
        if let Some(problem) = state.challenges.iter().find_map(|challenge| challenge.error.as_ref()) {
            return Some(Kind::of_problem(problem, true));
        }
    }
    None
}

fn asked_back(error: Error) -> Failure {
    match error {
        Error::Api(problem) => Kind::of_problem(&problem, true).into(),
        error => error.into(),
    }
}

/// The certificate that answers a challenge (RFC 8737, 3).
fn answer(domain: &str, digest: &[u8]) -> Result<Arc<CertifiedKey>, Kind> {
    let make = || -> Result<_, rcgen::Error> {
        let mut wanted = CertificateParams::new(vec![domain.to_owned()])?;
        wanted.custom_extensions = vec![CustomExtension::new_acme_identifier(digest)];
        let key = KeyPair::generate()?;
        Ok((wanted.self_signed(&key)?, key))
    };
    let (certificate, key) = make().map_err(|error| Kind::Answer(error.to_string()))?;
    let key = PrivateKeyDer::Pkcs8(key.serialize_der().into());
    let key =
        provider().key_provider.load_private_key(key).map_err(|error| Kind::Answer(error.to_string()))?;
    // Not checked as others are: nobody but an authority understands its extension.
    Ok(Arc::new(CertifiedKey::new(vec![certificate.der().clone()], key)))
}
