//! One picture: drawn anew on this device, so that no place, no time and no camera is in it.

use amends_domain::permit::Action;
use amends_domain::prove::contact::{ContactKind, Event, LARGEST_PHOTO, Photo};
use amends_domain::refusal::Refusal;
use amends_lint::Genre;
use amends_photo::{PhotoError, clean};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{Markup, html};

use super::super::Look;
use super::super::kit::hidden;
use super::super::write::{Did, Next, Wrong, write};
use super::PATH;
use crate::area::Turn;

pub(super) fn form(look: &Look<'_>) -> Markup {
    if look.world().partner.is_none() {
        return html! {};
    }
    let closed = look.why_not(ContactKind::Photo);
    html! {
        details class="card" open[look.request.field("do") == "photo"] {
            summary { (look.text("look-photo")) }
            (look.quiet("look-photo-about"))
            @if let Some(refusal) = closed { p { (look.text(&refusal.message_key())) } }
            @else {
                form method="post" action=(PATH) enctype="multipart/form-data" autocomplete="off" class="look-form" {
                    (hidden("do", "photo"))
                    div class="field" {
                        label for="picture" { (look.text("look-photo-choose")) }
                        input type="file" id="picture" name="picture" accept="image/jpeg,image/png";
                    }
                    (look.line("alt", "look-photo-alt", ""))
                    (look.button("look-photo-send"))
                }
            }
        }
    }
}

/// A picture with its words; where it is not on this device, or not yet, the words alone.
pub(super) fn show(look: &Look<'_>, picture: &Photo) -> Markup {
    match look.vault.picture(picture.blob) {
        Ok(Some(bytes)) => html! {
            img src=(format!("data:image/jpeg;base64,{}", STANDARD.encode(&*bytes))) alt=(picture.alt)
                width=(picture.width) height=(picture.height);
        },
        _ => html! {
            p { (picture.alt) }
            @let on_its_way = look.vault.sync_status().partner.is_some();
            p class="quiet" { (look.text(if on_its_way { "look-photo-coming" } else { "look-photo-gone" })) }
        },
    }
}

pub(super) fn send(turn: &mut Turn<'_>) -> Did {
    let file = turn.request.file("picture").ok_or(Wrong::Say("look-no-file"))?;
    let drawn = clean(file, LARGEST_PHOTO as usize).map_err(|error| match error {
        PhotoError::TooLarge | PhotoError::NotSmallEnough => Wrong::Refused(Refusal::PhotoTooLarge),
        _ => Wrong::Say("look-photo-unreadable"),
    })?;
    let alt = turn.words("alt");
    let vault = turn.vault().ok_or(Wrong::Unknown)?;
    let blob = vault.keep_picture(&drawn.bytes).map_err(|error| Wrong::Append(error.into()))?;
    let bytes = u32::try_from(drawn.bytes.len()).unwrap_or(u32::MAX);
    let photo = Photo { blob, bytes, width: drawn.width, height: drawn.height, alt };
    let event = Event::Send { kind: ContactKind::Photo, text: String::new(), photo: Some(photo) };
    match write(turn, Action::shared(event), Some(Genre::Message)) {
        Ok(_) => Ok(Next::Go(PATH.to_owned(), "look-sent")),
        Err(wrong) => {
            if let Some(vault) = turn.vault() {
                // A picture that stays behind goes when the vault is tidied.
                let _ = vault.discard_picture(blob);
            }
            Err(wrong)
        }
    }
}
