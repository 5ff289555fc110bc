//! Every crate that ships or builds has a licence of the list in deny.toml.

use crate::{metadata, root};

#[test]
fn every_dependency_has_an_allowed_licence() {
    let deny = std::fs::read_to_string(root().join("deny.toml")).expect("deny.toml is there");
    let list =
        deny.split("allow = [").nth(1).and_then(|rest| rest.split(']').next()).expect("the list is there");
    let allowed: Vec<&str> = list.split('"').skip(1).step_by(2).collect();
    let metadata = metadata(&[]);
    for package in metadata["packages"].as_array().expect("packages are listed") {
        let licence = package["license"].as_str().unwrap_or_default();
        // "A OR B" needs one allowed alternative, "A AND B" all parts; "/" is an old form of OR.
        let ok = licence.replace('/', " OR ").split(" OR ").any(|alternative| {
            alternative
                .split(" AND ")
                .all(|part| allowed.contains(&part.trim_matches(|letter| matches!(letter, '(' | ')' | ' '))))
        });
        assert!(ok, "{} {} has licence `{licence}`", package["name"], package["version"]);
    }
}
