//! What the operator is told about a data folder that is not well, and what to do about it.

use std::path::Path;

use crate::client::{Socket, box_};
use crate::running::{Program, folder, program};

/// What the doctor says of a folder, and with which status it ends.
fn says(data: &Path) -> (Option<i32>, String) {
    let found = program().args(["doctor", "--data"]).arg(data).output().expect("it runs");
    let words = [found.stdout, found.stderr].concat();
    (found.status.code(), String::from_utf8_lossy(&words).into_owned())
}

/// A folder with some records, and no relay that runs.
async fn used(data: &Path) {
    let relay = Program::start(data, &["--burst", "100000"]);
    let mut ana = Socket::open(relay.address).await;
    ana.ask(&box_(1).create()).await;
    for n in 0..200 {
        ana.ask(&box_(1).publish(n, vec![n as u8; 3_000])).await;
    }
    drop(ana);
    relay.stop();
}

#[tokio::test]
async fn a_sick_folder_is_named_and_what_to_do_is_said() {
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    let (status, words) = says(&at("nowhere"));
    assert!(status == Some(2) && words.contains("right folder"), "{words}");

    used(&at("well")).await;
    let (status, words) = says(&at("well"));
    assert_eq!(status, Some(0), "{words}");
    let whole = std::fs::read(at("well").join("relay.sqlite")).expect("it is there");

    let sick = |name: &str, bytes: &[u8]| {
        std::fs::create_dir(at(name)).expect("a folder can be made");
        std::fs::write(at(name).join("relay.sqlite"), bytes).expect("a file can be written");
        #[cfg(unix)]
        {
            let private = std::os::unix::fs::PermissionsExt::from_mode(0o700);
            std::fs::set_permissions(at(name), private).expect("it is ours");
        }
        says(&at(name))
    };
    let (status, words) = sick("empty", b"");
    assert!(status == Some(2) && words.contains("Start the relay"), "{words}");
    let (status, words) = sick("cut", &whole[..whole.len() / 2]);
    assert!(status == Some(2) && words.contains("restore a backup"), "{words}");
    let (status, words) = sick("cut within a page", &whole[..5_000]);
    assert!(status == Some(2) && words.contains("restore a backup"), "{words}");
    let zeros = vec![0; whole.len() / 4096 * 2048];
    let holed = [&whole[..8_192], &zeros[..], &whole[8_192 + zeros.len()..]].concat();
    let (status, words) = sick("with holes", &holed);
    assert!(status == Some(2) && words.contains("restore a backup"), "{words}");
    let (status, words) = sick("of another program", b"my diary, please keep; it is longer than a header of SQLite. ................................................");
    assert!(status != Some(0) && words.contains("restore a backup"), "{words}");
    for name in ["cut", "with holes", "of another program"] {
        let after = std::fs::read(at(name).join("relay.sqlite")).expect("it is there");
        assert!(after.len() <= whole.len() && !after.is_empty(), "looking changes nothing: {name}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_folder_that_others_may_read_is_told() {
    let folder = folder();
    let data = folder.path().join("data");
    used(&data).await;
    let open = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(&data, open).expect("it is ours");
    let (status, words) = says(&data);
    assert!(status == Some(2) && words.contains("chmod 700"), "{words}");
}
