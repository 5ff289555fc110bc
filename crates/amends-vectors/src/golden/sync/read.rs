//! What the file holds opens, and says what it said.

use amends_crypto::{
    BlindingSecret, BlobRef, DeviceKeys, DeviceList, EpochBook, Grant, GuestKey, Invite, Joining,
    LetterShare, Members, Opener, Paired, RecoveryBox, SpaceKeys, SpaceRoot, WireContent, open_letter,
};

use super::{ANA, BEN, golden};
use crate::checks::{Checks, Wrong, holds, same};
use crate::golden::people::{NOW, REQUEST, recovery};
use crate::golden::rng;

pub(crate) fn all(checks: &mut Checks) {
    checks.vector("lists, grants, entry and control open", space);
    checks.vector("pairing-invite and pairing-join open", || {
        let mut invite = Invite::from_bytes(&golden("pairing-invite")?)?;
        same("link", invite.link().to_fragment(), golden("pairing-link")?)?;
        let (paired, _) = invite.answer(&golden("pairing-join")?, NOW, &mut rng())?;
        same("payload of the joiner", paired.joiner_payload().unwrap_or_default(), b"Ben")?;
        same_pairing(&paired)
    });
    checks.vector("pairing-joining and pairing-reveal open", || {
        let joining = Joining::from_bytes(&golden("pairing-joining")?)?;
        same_pairing(&joining.finish(&golden("pairing-reveal")?)?)
    });
    checks.vector("pairing-shared opens", || {
        same_pairing(&Paired::from_bytes(&golden("pairing-shared")?.try_into()?))
    });
    checks.vector("recovery-note opens", || {
        same("note", &*recovery().open_note(&golden("recovery-note")?)?, b"roots and lists")
    });
    checks.vector("recovery-box opens", || {
        RecoveryBox::from_bytes(&golden("recovery-box")?)?;
        Ok(())
    });
    checks.vector("letter opens", || {
        let share = LetterShare::from_bytes(&golden("letter-share")?)?;
        same("letter", &*open_letter(&golden("letter")?, share.half())?, b"Read this later.")
    });
    checks.vector("blob-reference opens", || {
        holds("one part", BlobRef::from_bytes(&golden("blob-reference")?)?.n_parts() == 1)
    });
    checks.vector("guest-link opens", || {
        GuestKey::parse(&String::from_utf8(golden("guest-link")?)?)?;
        Ok(())
    });
    checks.vector("blinding-secret opens", || {
        let blinding = BlindingSecret::from_bytes(&golden("blinding-secret")?).ok_or("no secret")?;
        same("blinded word", blinding.blind(b"swim"), golden("blinded-swim")?)
    });
}

fn space() -> Result<(), Wrong> {
    let names = ["list-begin", "list-add", "list-revoke", "list-recovery", "list-rekey"];
    let records = names.into_iter().map(golden).collect::<Result<Vec<_>, _>>()?;
    let ana = DeviceList::from_records(records.iter().map(Vec::as_slice))?;
    let ben = DeviceList::from_records([golden("list-begin-of-partner")?.as_slice()])?;
    let members = Members::new(&[&ana, &ben])?;
    let keys = DeviceKeys::from_bytes(&golden("device-keys-of-partner")?)?;
    let root = SpaceRoot::from_bytes(&golden("root")?.try_into()?);
    let mut book = EpochBook::new(root.space());
    for name in ["grant-first", "grant-second"] {
        book.apply(&Grant::parse(&golden(name)?)?, &members, Opener::Device(&keys))?;
    }
    let space = SpaceKeys { root: &root, book: &book, own: &book, members: &members, me: BEN };
    let WireContent::Entry(entry) = space.open(&golden("entry")?, REQUEST)? else {
        return Err(Wrong("entry is something else".to_owned()));
    };
    holds("the entry is of Ana", entry.author == ANA)?;
    same("entry", entry.bytes.as_slice(), b"It was my choice.")?;
    let Some(WireContent::Grant(grant)) = root.open_control(&golden("control")?, REQUEST)? else {
        return Err(Wrong("control is something else".to_owned()));
    };
    same("grant in control", &*grant, golden("grant-second")?)?;
    let stored = EpochBook::from_bytes(&golden("book")?)?;
    holds("the stored book is as new", stored.current(&members) == book.current(&members))?;
    DeviceKeys::from_bytes(&golden("device-keys")?)?;
    Ok(())
}

fn same_pairing(paired: &Paired) -> Result<(), Wrong> {
    same("safety words", paired.safety_words().join(" "), golden("pairing-words")?)?;
    same("payload", &*paired.open_payload(&golden("pairing-payload")?)?, b"Ana")
}
