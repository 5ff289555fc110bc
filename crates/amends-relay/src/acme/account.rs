//! The account with the authority: made once, then kept.

use instant_acme::{Account, AccountCredentials, NewAccount};
use serde::{Deserialize, Serialize};

use super::Acme;
use super::ask::{Asker, Wait};
use super::failure::{Failure, Kind};
use super::kept::{ACCOUNT, save};

/// What is in the file.
#[derive(Serialize, Deserialize)]
struct Kept {
    directory: String,
    contact: Option<String>,
    credentials: AccountCredentials,
}

/// The kept account, with the contact as it is now; or a new one where none is kept for this directory.
pub(super) async fn account(acme: &Acme, wait: &Wait) -> Result<Account, Failure> {
    let Some(kept) = load(acme) else {
        return make(acme, wait).await;
    };
    let account = Account::builder_with_http(asker(acme, wait)?).from_credentials(kept.credentials).await?;
    if kept.contact != acme.contact {
        let contacts: Vec<&str> = acme.contact.as_deref().into_iter().collect();
        account.update_contacts(&contacts).await?;
        if let Some(kept) = load(acme) {
            keep(acme, kept.credentials)?;
        }
    }
    Ok(account)
}

/// Makes a new account. Whoever names an authority agrees to its terms; the setting says so.
pub(super) async fn make(acme: &Acme, wait: &Wait) -> Result<Account, Failure> {
    let contacts: Vec<&str> = acme.contact.as_deref().into_iter().collect();
    let wanted =
        NewAccount { contact: &contacts, terms_of_service_agreed: true, only_return_existing: false };
    let builder = Account::builder_with_http(asker(acme, wait)?);
    let (account, credentials) = builder.create(&wanted, acme.directory.clone(), None).await?;
    keep(acme, credentials)?;
    Ok(account)
}

fn asker(acme: &Acme, wait: &Wait) -> Result<Box<Asker>, Failure> {
    Ok(Box::new(Asker::new(acme.root.as_deref(), wait).map_err(Kind::Root)?))
}

/// None where there is no file, where it is damaged, or from another directory.
fn load(acme: &Acme) -> Option<Kept> {
    let text = std::fs::read_to_string(acme.folder.join(ACCOUNT)).ok()?;
    let kept: Kept = serde_json::from_str(&text).ok()?;
    (kept.directory == acme.directory).then_some(kept)
}

fn keep(acme: &Acme, credentials: AccountCredentials) -> Result<(), Failure> {
    let kept = Kept { directory: acme.directory.clone(), contact: acme.contact.clone(), credentials };
    let text = serde_json::to_string(&kept).map_err(|error| Kind::Folder(error.to_string()))?;
    save(&acme.folder, ACCOUNT, text.as_bytes())
        .map_err(|error| Kind::Folder(error.kind().to_string()).into())
}
