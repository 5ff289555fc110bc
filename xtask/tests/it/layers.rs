//! Dependencies point down: which crate of ours may see which. Stale permissions fail too.

use std::collections::{BTreeMap, BTreeSet};

use crate::metadata;

/// Crate and the crates of ours that it may depend on (build dependencies counted, test dependencies not).
/// docs/ARCHITECTURE.md explains the layers.
const MAY_SEE: &[(&str, &[&str])] = &[
    (
        "amends",
        &[
            "amends-calendar",
            "amends-carrier",
            "amends-client",
            "amends-domain",
            "amends-guide",
            "amends-lint",
            "amends-messages",
            "amends-pack-en",
            "amends-reader",
            "amends-report",
            "amends-rules",
            "amends-store",
            "amends-store-sqlite",
            "amends-text",
            "amends-tools",
            "amends-ui",
            "amends-wire",
        ],
    ),
    ("amends-bundle", &["amends-reader", "amends-ui"]),
    ("amends-calendar", &[]),
    ("amends-carrier", &["amends-wire"]),
    ("amends-client", &["amends-crypto", "amends-domain", "amends-store", "amends-sync"]),
    ("amends-crypto", &[]),
    ("amends-domain", &["amends-guide"]),
    ("amends-guide", &[]),
    ("amends-lint", &["amends-text"]),
    ("amends-messages", &[]),
    ("amends-model", &[]),
    ("amends-pack-en", &["amends-lint", "amends-rules"]),
    ("amends-reader", &["amends-lint", "amends-model", "amends-pack-en"]),
    ("amends-relay", &["amends-wire"]),
    ("amends-photo", &[]),
    ("amends-report", &["amends-lint", "amends-text"]),
    ("amends-rules", &["amends-lint", "amends-text"]),
    ("amends-store", &[]),
    ("amends-store-sqlite", &["amends-store"]),
    ("amends-sync", &["amends-crypto", "amends-wire"]),
    ("amends-text", &[]),
    (
        "amends-tools",
        &[
            "amends-client",
            "amends-domain",
            "amends-lint",
            "amends-messages",
            "amends-reader",
            "amends-store",
        ],
    ),
    (
        "amends-ui",
        &[
            "amends-calendar",
            "amends-client",
            "amends-domain",
            "amends-guide",
            "amends-lint",
            "amends-messages",
            "amends-photo",
            "amends-reader",
            "amends-store",
            "amends-text",
            "amends-tools",
            "amends-wire",
        ],
    ),
    ("amends-vectors", &["amends-crypto"]),
    (
        "amends-wasm",
        &[
            "amends-client",
            "amends-domain",
            "amends-lint",
            "amends-reader",
            "amends-report",
            "amends-store",
            "amends-ui",
            "amends-wire",
        ],
    ),
    ("amends-wire", &[]),
];

/// Outside crates that few crates of ours may use: one, or one on the device and one at the relay. `amends-vectors`
/// checks them and is not shipped.
const FEW_OWNERS: &[(&str, &[&str])] = &[
    ("chacha20poly1305", &["amends-crypto", "amends-vectors"]),
    ("argon2", &["amends-crypto", "amends-vectors"]),
    ("rusqlite", &["amends-store-sqlite", "amends-relay"]),
    ("wasm-bindgen", &["amends-vectors", "amends-wasm"]),
    ("fluent-bundle", &["amends-messages"]),
];

fn edges() -> BTreeMap<String, BTreeSet<String>> {
    let metadata = metadata(&["--no-deps"]);
    let packages = metadata["packages"].as_array().expect("packages are listed");
    packages
        .iter()
        .map(|package| {
            let name = package["name"].as_str().unwrap_or_default().to_owned();
            let dependencies = package["dependencies"].as_array().expect("dependencies are listed");
            let shipped = dependencies.iter().filter(|dependency| dependency["kind"] != "dev");
            (
                name,
                shipped
                    .map(|dependency| dependency["name"].as_str().unwrap_or_default().to_owned())
                    .collect(),
            )
        })
        .collect()
}

#[test]
fn crates_see_only_what_they_may() {
    for (name, dependencies) in edges() {
        if name == "xtask" || name == "amends-browser-tests" {
            continue;
        }
        let ours: BTreeSet<&str> =
            dependencies.iter().map(String::as_str).filter(|name| name.starts_with("amends")).collect();
        let allowed: BTreeSet<&str> = MAY_SEE
            .iter()
            .find(|(known, _)| *known == name)
            .unwrap_or_else(|| panic!("{name} has no line in MAY_SEE"))
            .1
            .iter()
            .copied()
            .collect();
        assert_eq!(ours, allowed, "{name}: what it sees, and what it may see");
    }
}

#[test]
fn some_libraries_have_few_owners() {
    for (name, dependencies) in edges() {
        for (library, owners) in FEW_OWNERS {
            assert!(
                !dependencies.contains(*library) || owners.contains(&name.as_str()),
                "{name} uses {library}, which belongs to {owners:?}"
            );
        }
    }
}
