//! The gallery of all screens: `cargo xtask gallery`.
//!
//! Without arguments it draws docs/gallery anew: each screen once, on a desk and in the light; the main ones on a phone in
//! the dark too. `--compare` draws nothing there: it takes all pictures again and fails where one differs from the
//! kept one. `--look FOLDER` takes every screen of everybody, whole, in four ways, for people who look at them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use amends_browser_tests::{
    Difference, Found, Picture, Screen, Walker, Who, difference, root, side_by_side, write_small,
};
use anyhow::{Context as _, ensure};
use clap::Parser;
use image::RgbImage;

/// Share of points that may differ: letters are not drawn the same on every machine. One word of a page is more than this.
const MOST_DIFFERENCE: f64 = 0.0005;
/// Taken on a phone in the dark too.
const MAIN: [&str; 16] = [
    "/",
    "/path",
    "/desk",
    "/safety",
    "/safety/plan",
    "/more",
    "/door",
    "/leave",
    "/pace",
    "/incident",
    "/step/responsibility",
    "/look/responsibility/*",
    "/look/listening/practice",
    "/look/communication/write",
    "/look/patience/check-in",
    "/look/needs/board",
];
const DESK: Screen = Screen { width: 800, height: 600, dark: false };
const PHONE: Screen = Screen { width: 390, height: 780, dark: false };
const ON_DESK: Picture = Picture { scale: 0.6, tallest: 1200 };
const ON_PHONE: Picture = Picture { scale: 0.8, tallest: 1100 };
const WHOLE: Picture = Picture { scale: 1.0, tallest: 9000 };
const PEOPLE: [(Who, &str); 4] =
    [(Who::Involved, "doer"), (Who::Injured, "hurt"), (Who::Alone, "alone"), (Who::Nobody, "nobody")];

#[derive(Parser)]
struct Arguments {
    /// Compare with the kept pictures; what differs is put beside them in target/gallery.
    #[arg(long)]
    compare: bool,
    /// Put whole pictures of every screen in light, dark, large and on a phone here.
    #[arg(long, value_name = "FOLDER")]
    look: Option<PathBuf>,
    /// Only screens whose name has this in it.
    #[arg(long, default_value = "")]
    only: String,
    /// Language of the screens: `en-XB` runs from right to left.
    #[arg(long, default_value = "en")]
    language: String,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    if let Some(folder) = &arguments.look {
        return look(folder, &arguments).await;
    }
    let kept = root().join("docs/gallery");
    let pictures = take(&arguments).await?;
    let whole = arguments.only.is_empty();
    if arguments.compare { compare(&kept, &pictures, whole) } else { write(&kept, &pictures, whole) }
}

/// File name without its end, and the picture.
type Pictures = BTreeMap<String, RgbImage>;

/// Each screen, of the first person who has it.
async fn take(arguments: &Arguments) -> anyhow::Result<Pictures> {
    let mut pictures = Pictures::new();
    let mut seen = BTreeSet::new();
    for (who, name) in PEOPLE {
        let walker = Walker::enter(who, &arguments.language).await?;
        let mut found = walker.find_screens().await?;
        // Both homes, and every other screen once.
        found.retain(|one| {
            one.address.contains(&arguments.only) && (seen.insert(one.screen.clone()) || one.address == "/")
        });
        for (screen, picture, suffix) in [(DESK, ON_DESK, ""), (PHONE.dark(), ON_PHONE, "-phone")] {
            walker.browser.screen(screen).await?;
            for one in &found {
                if suffix.is_empty() || MAIN.contains(&one.screen.as_str()) {
                    let file = format!("{name}{}{suffix}", file_name(&one.screen));
                    pictures.insert(file, show(&walker, one, picture).await?);
                }
            }
        }
        walker.leave().await?;
    }
    Ok(pictures)
}

async fn show(walker: &Walker, one: &Found, picture: Picture) -> anyhow::Result<RgbImage> {
    walker.visit(&one.address).await?;
    walker.browser.take(picture).await.with_context(|| one.address.clone())
}

fn file_name(screen: &str) -> String {
    if screen == "/" { "-today".to_owned() } else { screen.replace('/', "-").replace("-*", "-one") }
}

/// Puts the pictures into the gallery. With all of them, others go; a picture that is as it was stays, byte for byte.
fn write(folder: &Path, pictures: &Pictures, whole: bool) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder)?;
    for name in kept_names(folder)?.into_iter().filter(|name| whole && !pictures.contains_key(name)) {
        std::fs::remove_file(folder.join(format!("{name}.png")))?;
    }
    for (name, picture) in pictures {
        let file = folder.join(format!("{name}.png"));
        if !file.exists() || difference(&open(&file)?, picture).share > 0.0 {
            write_small(picture, &file)?;
        }
    }
    let mut index = "# Gallery\n\nEvery screen of the app with the invented couple, made by `cargo xtask gallery`. \
        `cargo xtask gallery --compare` takes all pictures again and fails where one has changed; on a machine with \
        other fonts it finds more than there is, so it is no part of the tests.\n"
        .to_owned();
    for name in kept_names(folder)? {
        write!(index, "\n## {name}\n\n![{name}]({name}.png)\n")?;
    }
    Ok(std::fs::write(folder.join("README.md"), index)?)
}

/// Names of the pictures that are kept, in order.
fn kept_names(folder: &Path) -> anyhow::Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for entry in std::fs::read_dir(folder)? {
        let name = entry?.file_name();
        names.extend(name.to_str().and_then(|name| name.strip_suffix(".png")).map(str::to_owned));
    }
    Ok(names)
}

fn open(file: &Path) -> anyhow::Result<RgbImage> {
    Ok(image::open(file).with_context(|| file.display().to_string())?.to_rgb8())
}

/// Says of each picture that is new, gone or different what it is, and puts old and new side by side into target/gallery.
fn compare(kept: &Path, pictures: &Pictures, whole: bool) -> anyhow::Result<()> {
    let beside = root().join("target/gallery");
    if beside.exists() {
        std::fs::remove_dir_all(&beside)?;
    }
    std::fs::create_dir_all(&beside)?;
    let names = kept_names(kept)?;
    let gone = names.iter().filter(|name| whole && !pictures.contains_key(*name));
    let mut wrong: Vec<String> =
        gone.map(|name| format!("{name}: there is no such screen any more")).collect();
    for (name, picture) in pictures {
        let file = beside.join(format!("{name}.png"));
        if !names.contains(name) {
            picture.save(file)?;
            wrong.push(format!("{name}: is new"));
            continue;
        }
        let old = open(&kept.join(format!("{name}.png")))?;
        let found = difference(&old, picture);
        if found.share > MOST_DIFFERENCE {
            side_by_side(&old, picture).save(file)?;
            wrong.push(format!("{name}: {}", said(&found)));
        }
    }
    ensure!(
        wrong.is_empty(),
        "{} of {} pictures:\n{}\nOld, new and what differs stand side by side in {}.",
        wrong.len(),
        pictures.len(),
        wrong.join("\n"),
        beside.display()
    );
    println!("{} pictures are as they were.", pictures.len());
    Ok(())
}

/// "0.4 of 100 points differ, from row 120 to 180; 40 rows longer".
fn said(found: &Difference) -> String {
    let (first, last) = found.rows.unwrap_or_default();
    let mut text = format!("{:.2} of 100 points differ, from row {first} to {last}", found.share * 100.0);
    let (old, new) = found.heights;
    if old != new {
        let (rows, how) = (old.abs_diff(new), if new > old { "longer" } else { "shorter" });
        text += &format!("; {rows} rows {how}");
    }
    text
}

/// Everything, whole, for people.
async fn look(folder: &Path, arguments: &Arguments) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder)?;
    let mut builds = BTreeSet::new();
    for (who, name) in PEOPLE {
        let walker = Walker::enter(who, &arguments.language).await?;
        let mut found = walker.find_screens().await?;
        found.retain(|one| one.address.contains(&arguments.only));
        found.retain(|one| builds.insert((one.screen.clone(), one.build.clone())));
        let desk = Screen { width: 1100, ..Screen::DESKTOP };
        for (screen, way) in
            [(PHONE, "phone"), (PHONE.dark(), "phone-dark"), (desk, "desk"), (desk.dark(), "desk-dark")]
        {
            walker.browser.screen(screen).await?;
            let ways = folder.join(way);
            std::fs::create_dir_all(&ways)?;
            for (number, one) in found.iter().enumerate() {
                let file = format!("{name}{}-{number}.png", file_name(&one.screen));
                show(&walker, one, WHOLE).await?.save(ways.join(file))?;
            }
        }
        walker.leave().await?;
    }
    Ok(())
}
