//! Every refusal has a text, and no text gives away why the other side is silent.

use amends_domain::refusal::Refusal;

fn messages(file: &str) -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../locales/en").join(file);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn every_refusal_has_a_text() {
    let texts = messages("refusals.ftl");
    for refusal in Refusal::ALL {
        let start = format!("{} = ", refusal.message_key());
        assert!(texts.lines().any(|line| line.starts_with(&start)), "{start}");
    }
}

#[test]
fn codes_are_unique() {
    let codes: std::collections::BTreeSet<_> = Refusal::ALL.iter().map(|refusal| refusal.code()).collect();
    assert_eq!(codes.len(), Refusal::ALL.len());
}
