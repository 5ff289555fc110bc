//! Takes the pictures of docs/pictures from the running app: `cargo xtask pictures`. With a folder as its
//! argument it puts pictures of every screen there, to be looked at.

use amends_browser_tests::{Browser, NativeShell, Screen, root};

/// What the README shows.
const FOR_README: [&str; 4] = ["draft-desk.png", "draft-desk-dark.png", "draft-desk-phone.png", "path.png"];

/// A draft with faults on purpose, by a person who does not exist.
const DRAFT: &str = "Robin,\n\nI am sorry if I hurt you. I only wrote to Kim a few times, and I would not have \
    done it if you had listened to me.\n\nI took 400 euros from our savings on 3 May and told you it was the \
    car. That was my choice.\n\nI promise I will never lie to you again.";

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let every_screen = std::env::args().nth(1).map(std::path::PathBuf::from);
    let folder = every_screen.clone().unwrap_or_else(|| root().join("docs/pictures"));
    std::fs::create_dir_all(&folder)?;
    let app = NativeShell::start().await?;
    let browser = Browser::open().await?;
    browser.screen(Screen::DESKTOP).await?;
    browser.goto(&app.entry).await?;
    let save = |name: &'static str| {
        let (browser, path) = (&browser, folder.join(name));
        let wanted = every_screen.is_some() || FOR_README.contains(&name);
        async move {
            if wanted {
                std::fs::write(path, browser.picture().await?)?;
            }
            anyhow::Ok(())
        }
    };
    browser.until_title("Before you begin").await?;
    save("start.png").await?;
    browser.click("main form button").await?;
    browser.until_title("Begin with a draft").await?;
    browser.click("nav a[href='/path']").await?;
    browser.until_title("The path").await?;
    save("path.png").await?;
    browser.screen(Screen::PHONE).await?;
    save("path-phone.png").await?;
    browser.screen(Screen::DESKTOP).await?;
    browser.click("nav a[href='/desk']").await?;
    browser.click("#genre-apology").await?;
    browser.paste("#draft", DRAFT).await?;
    browser.until("document.querySelector('.hint')").await?;
    browser.until("document.querySelectorAll('.missing li').length > 0").await?;
    browser.script("scrollTo(0, 0); document.activeElement.blur()", vec![]).await?;
    save("draft-desk.png").await?;
    browser.screen(Screen::DESKTOP.dark()).await?;
    save("draft-desk-dark.png").await?;
    browser.screen(Screen::PHONE).await?;
    browser.script("document.querySelector('.paper').scrollIntoView()", vec![]).await?;
    save("draft-desk-phone.png").await?;
    browser.screen(Screen::DESKTOP).await?;
    for (link, title, name) in [
        ("nav a[href='/safety']", "Safety and help", "safety.png"),
        ("nav a[href='/more']", "More", "more.png"),
        ("main a[href='/settings']", "Settings", "settings.png"),
        ("nav a[href='/more']", "More", "more.png"),
        ("main a[href='/privacy']", "Privacy", "privacy.png"),
    ] {
        browser.click(link).await?;
        browser.until_title(title).await?;
        save(name).await?;
    }
    browser.click("nav a[href='/path']").await?;
    browser.click("a[href='/step/listening']").await?;
    browser.until_title("Listen").await?;
    save("step.png").await?;
    browser.close().await
}
