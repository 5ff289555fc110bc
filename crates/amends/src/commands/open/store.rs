//! The small file that holds settings, "not here" marks and a kept draft. Not encrypted; the page says so.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use amends_ui::State;

/// Name of the file in the data folder.
const FILE: &str = "desk.json";

/// Where the state is kept, if there is a place for it.
#[derive(Debug)]
pub(super) struct Store {
    file: Option<PathBuf>,
}

impl Store {
    /// In this folder, if there is one.
    pub(super) fn open(folder: Option<PathBuf>) -> Self {
        Self { file: folder.map(|folder| folder.join(FILE)) }
    }

    /// What was kept; nothing if there is no file or it cannot be read.
    pub(super) fn load(&self) -> State {
        let text = self.file.as_ref().and_then(|file| std::fs::read_to_string(file).ok());
        text.map(|text| State::from_json(&text)).unwrap_or_default()
    }

    /// Keeps the state; removes the file when there is nothing to keep.
    pub(super) fn save(&self, state: &State) -> std::io::Result<()> {
        let Some(file) = &self.file else { return Ok(()) };
        if state.is_blank() {
            return match std::fs::remove_file(file) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
                _ => Ok(()),
            };
        }
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let half = file.with_extension("new");
        write_private(&half, state.to_json().as_bytes())?;
        std::fs::rename(half, file)
    }
}

/// Writes a file that only its owner can read.
fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;
    use amends_ui::{DeskDraft, Effect};

    #[test]
    fn a_kept_draft_survives_and_erasing_removes_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(Some(folder.path().join("new")));
        let mut state = State::default();
        store.save(&state).unwrap();
        assert!(!folder.path().join("new").exists(), "nothing is written before there is something to keep");
        state.apply(&Effect::Keep(DeskDraft { text: "I lied.".into(), ..DeskDraft::default() }));
        store.save(&state).unwrap();
        assert_eq!(store.load(), state);
        state.apply(&Effect::EraseAll);
        store.save(&state).unwrap();
        assert!(!folder.path().join("new").join(FILE).exists());
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_on_this_computer_can_read_it() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(Some(folder.path().to_owned()));
        let mut state = State::default();
        state.apply(&Effect::Begin);
        store.save(&state).unwrap();
        let mode = std::fs::metadata(folder.path().join(FILE)).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0);
    }
}
