//! Files of the bundle: names that carry a hash of what is in them, references rewritten, compressed copies.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, ensure};

use crate::Packing;

/// Size of one file, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Size {
    /// Path within the bundle.
    pub name: String,
    /// As it is.
    pub raw: usize,
    /// In gzip.
    pub gzip: usize,
    /// In brotli.
    pub brotli: usize,
}

/// Files by name, as they were written.
#[derive(Debug, Default)]
pub(crate) struct Sources(BTreeMap<String, Vec<u8>>);

impl Sources {
    pub(crate) fn add_folder(&mut self, folder: &Path) -> anyhow::Result<()> {
        for entry in std::fs::read_dir(folder).with_context(|| folder.display().to_string())? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if entry.file_type()?.is_file() && !name.ends_with(".d.ts") {
                self.0.insert(name, std::fs::read(entry.path())?);
            }
        }
        Ok(())
    }
}

/// The bundle in the making.
#[derive(Debug)]
pub(crate) struct Bundle {
    sources: Sources,
    /// Source name to published name.
    published: BTreeMap<String, String>,
    /// Path within the bundle to content.
    files: BTreeMap<String, Vec<u8>>,
}

impl Bundle {
    pub(crate) fn new(sources: Sources) -> Self {
        Self { sources, published: BTreeMap::new(), files: BTreeMap::new() }
    }

    /// Publishes a file with everything it refers to and gives its name with the hash.
    pub(crate) fn publish(&mut self, name: &str) -> anyhow::Result<String> {
        if let Some(published) = self.published.get(name) {
            return Ok(published.clone());
        }
        let source = self.sources.0.get(name).with_context(|| format!("no file {name}"))?.clone();
        let content = match String::from_utf8(source) {
            Ok(text) => self.rewritten(name, text)?.into_bytes(),
            Err(binary) => binary.into_bytes(),
        };
        let hash = blake3::hash(&content).to_hex();
        let (stem, end) = name.rsplit_once('.').unwrap_or((name, ""));
        let published = format!("{stem}.{}.{end}", &hash[..12]);
        self.files.insert(format!("assets/{published}"), content);
        self.published.insert(name.to_owned(), published.clone());
        Ok(published)
    }

    /// Whether a file has been published.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.published.contains_key(name)
    }

    /// The text with the names of other files replaced by their published ones.
    fn rewritten(&mut self, name: &str, mut text: String) -> anyhow::Result<String> {
        let others: Vec<String> = self.sources.0.keys().filter(|other| *other != name).cloned().collect();
        for other in others {
            for (before, after) in
                [("\"./", "\""), ("'./", "'"), ("\"/assets/", "\""), ("'", "'"), ("\"", "\"")]
            {
                let reference = format!("{before}{other}{after}");
                if text.contains(&reference) {
                    let published = self.publish(&other)?;
                    text = text.replace(&reference, &format!("{before}{published}{after}"));
                }
            }
        }
        Ok(text)
    }

    /// Adds a page under its own name.
    pub(crate) fn page(&mut self, name: &str, html: String) {
        self.files.insert(name.to_owned(), html.into_bytes());
    }

    /// Adds the service worker with the list of all files so far, and with the words that it may show.
    pub(crate) fn service_worker(&mut self, name: &str, words: &[(&str, String)]) -> anyhow::Result<()> {
        let mut hasher = blake3::Hasher::new();
        let mut list = vec!["\"/\"".to_owned()];
        for (path, content) in &self.files {
            hasher.update(path.as_bytes()).update(content);
            if path != "index.html" && !is_weights(path) {
                list.push(format!("\"/{path}\""));
            }
        }
        let source = self.sources.0.get(name).with_context(|| format!("no file {name}"))?;
        let text = std::str::from_utf8(source)?;
        ensure!(
            text.contains("\"__FILES__\"") && text.contains("__VERSION__"),
            "{name} has no place for its list"
        );
        let version = format!("notes-{}", &hasher.finalize().to_hex()[..12]);
        let text = text.replace("\"__FILES__\"", &list.join(", ")).replace("__VERSION__", &version);
        let mut text = text;
        for (place, words) in words {
            ensure!(text.contains(place), "{name} has no place for {place}");
            ensure!(!words.contains(['"', '\\', '\n']), "these words do not fit into a script: {words}");
            text = text.replace(place, words);
        }
        self.files.insert(name.to_owned(), text.into_bytes());
        Ok(())
    }

    /// Writes everything, replacing what was there.
    pub(crate) fn write(&self, out: &Path, packing: Packing) -> anyhow::Result<Vec<Size>> {
        if out.exists() {
            std::fs::remove_dir_all(out)?;
        }
        std::fs::create_dir_all(out.join("assets"))?;
        let mut sizes = Vec::new();
        for (name, content) in &self.files {
            std::fs::write(out.join(name), content)?;
            if is_weights(name) {
                // Quantized weights hardly shrink; they are served as they are.
                let raw = content.len();
                sizes.push(Size { name: name.clone(), raw, gzip: raw, brotli: raw });
                continue;
            }
            let (gzip, brotli) = (gzip(content, packing)?, brotli(content, packing)?);
            std::fs::write(out.join(format!("{name}.gz")), &gzip)?;
            std::fs::write(out.join(format!("{name}.br")), &brotli)?;
            sizes.push(Size {
                name: name.clone(),
                raw: content.len(),
                gzip: gzip.len(),
                brotli: brotli.len(),
            });
        }
        Ok(sizes)
    }
}

/// Whether a file holds the weights of the learned model.
fn is_weights(name: &str) -> bool {
    name.ends_with(".amdl")
}

fn gzip(content: &[u8], packing: Packing) -> std::io::Result<Vec<u8>> {
    let level = match packing {
        Packing::Smallest => flate2::Compression::best(),
        Packing::Quick => flate2::Compression::fast(),
    };
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), level);
    encoder.write_all(content)?;
    encoder.finish()
}

fn brotli(content: &[u8], packing: Packing) -> std::io::Result<Vec<u8>> {
    let mut out = Vec::new();
    let quality = match packing {
        Packing::Smallest => 11,
        Packing::Quick => 1,
    };
    let parameters = brotli::enc::BrotliEncoderParams { quality, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut &content[..], &mut out, &parameters)?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bundle(files: &[(&str, &str)]) -> Bundle {
        let files = files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
        Bundle::new(Sources(files))
    }

    #[test]
    fn a_change_in_one_file_changes_the_names_of_all_that_lead_to_it() {
        let names = |leaf: &str| {
            let mut bundle = bundle(&[("app.js", "import \"./leaf.js\";"), ("leaf.js", leaf)]);
            (bundle.publish("app.js").unwrap(), bundle.publish("leaf.js").unwrap())
        };
        let (one, other) = (names("1"), names("2"));
        assert_ne!(one.0, other.0);
        assert_ne!(one.1, other.1);
        assert_eq!(one, names("1"));
    }

    #[test]
    fn references_point_to_published_names() {
        let mut bundle = bundle(&[
            ("app.js", "import \"./leaf.js\"; new URL('x.wasm')"),
            ("leaf.js", "1"),
            ("x.wasm", "2"),
        ]);
        let app = bundle.publish("app.js").unwrap();
        let text = String::from_utf8(bundle.files[&format!("assets/{app}")].clone()).unwrap();
        assert!(text.contains(&format!("\"./{}\"", bundle.published["leaf.js"])));
        assert!(text.contains(&format!("'{}'", bundle.published["x.wasm"])));
    }

    #[test]
    fn the_service_worker_lists_every_file_once() {
        let mut bundle =
            bundle(&[("app.js", "1"), ("sw.js", "const V = \"__VERSION__\"; const F = [\"__FILES__\"];")]);
        let app = bundle.publish("app.js").unwrap();
        bundle.page("index.html", "<p>".into());
        bundle.service_worker("sw.js", &[]).unwrap();
        let text = String::from_utf8(bundle.files["sw.js"].clone()).unwrap();
        assert!(text.contains(&format!("[\"/\", \"/assets/{app}\"]")), "{text}");
    }

    #[test]
    fn the_service_worker_shows_the_words_of_the_message_files() {
        let sw = "const V = \"__VERSION__\"; const F = [\"__FILES__\"]; show(\"__TITLE__\")";
        let mut bundle = bundle(&[("sw.js", sw)]);
        assert!(bundle.service_worker("sw.js", &[("__TEXT__", "x".into())]).is_err(), "no place for it");
        assert!(bundle.service_worker("sw.js", &[("__TITLE__", "\"); alert(\"".into())]).is_err());
        bundle.service_worker("sw.js", &[("__TITLE__", "Notes".into())]).unwrap();
        let text = String::from_utf8(bundle.files["sw.js"].clone()).unwrap();
        assert!(text.contains("show(\"Notes\")"), "{text}");
    }

    #[test]
    fn the_weights_are_published_where_they_are_and_missed_by_nobody_where_they_are_not() {
        let worker = "fetch(new URL(\"./en.amdl\", import.meta.url))";
        let sw = "const V = \"__VERSION__\"; const F = [\"__FILES__\"];";
        for weights in [&[][..], &[("en.amdl", "weights")]] {
            let sources: Vec<_> =
                [("worker.js", worker), ("sw.js", sw)].iter().chain(weights).copied().collect();
            let mut bundle = bundle(&sources);
            let name = bundle.publish("worker.js").unwrap();
            bundle.page("index.html", "<p>".into());
            bundle.service_worker("sw.js", &[]).unwrap();
            let text = String::from_utf8(bundle.files[&format!("assets/{name}")].clone()).unwrap();
            assert_eq!(text == worker, weights.is_empty(), "{text}");
            let list = String::from_utf8(bundle.files["sw.js"].clone()).unwrap();
            assert!(!list.contains("amdl"), "nobody waits for the weights: {list}");
            let published = bundle.files.keys().filter(|path| is_weights(path)).count();
            assert_eq!(published, weights.len());
        }
    }
}
