//! The tools of each step, one file a step, and of incidents and stages.

mod acceptance;
mod activities;
mod change;
mod communication;
mod contact;
mod explanation;
mod gratitude;
mod honesty;
mod incident;
mod listening;
mod needs;
mod patience;
mod perspective;
mod responsibility;

use crate::tool::{Kind, To, Tool, ask};

/// All tools, by step, with those of incidents (`incident`) and of the stage (`stage`).
const ALL: [(&str, &[Tool]); 15] = [
    ("incident", incident::TOOLS),
    ("stage", incident::STAGE_TOOLS),
    ("responsibility", responsibility::TOOLS),
    ("perspective", perspective::TOOLS),
    ("listening", listening::TOOLS),
    ("acceptance", acceptance::TOOLS),
    ("explanation", explanation::TOOLS),
    ("change", change::TOOLS),
    ("honesty", honesty::TOOLS),
    ("communication", communication::TOOLS),
    ("needs", needs::TOOLS),
    ("contact", contact::TOOLS),
    ("activities", activities::TOOLS),
    ("gratitude", gratitude::TOOLS),
    ("patience", patience::TOOLS),
];

/// The tools of a step, of an incident (`incident`) or of the stage (`stage`), in the order in which they are used.
/// None for another name.
pub fn tools(slug: &str) -> &'static [Tool] {
    ALL.iter().find(|(known, _)| *known == slug).map_or(&[], |(_, tools)| tools)
}

/// Every tool with the step it belongs to.
pub fn all_tools() -> impl Iterator<Item = (&'static str, &'static Tool)> {
    ALL.iter().flat_map(|(slug, tools)| tools.iter().map(move |tool| (*slug, tool)))
}

/// Taking back an own entry: the same in every step.
pub static TAKE_BACK: Tool = Tool {
    area: Some("entry"),
    to: To::Follow,
    ..Tool::own("take-back", "delete", &[ask("target", "ask-take-back", Kind::Entry(&["*"]))])
};

/// A tool of a step by its name, taking back among them.
pub fn tool(slug: &str, name: &str) -> Option<&'static Tool> {
    tools(slug).iter().chain([&TAKE_BACK]).find(|tool| tool.name == name)
}

/// Message key of a tool's title.
pub fn title_key(slug: &str, tool: &Tool) -> String {
    match tool.area {
        Some("entry") => "tool-take-back".to_owned(),
        _ => format!("tool-{slug}-{}", tool.name),
    }
}

#[cfg(test)]
mod tests {
    use amends_guide::STEPS;
    use amends_messages::{Locale, Messages};

    use super::*;
    use crate::tool::{Field, Options};

    fn keys_of(fields: &[Field], keys: &mut Vec<String>) {
        for field in fields {
            keys.extend((!field.key.is_empty()).then(|| field.key.to_owned()));
            let mut all =
                |options: Options| keys.extend(options.values.iter().map(|value| options.key(value)));
            match field.kind {
                Kind::Choice(options) | Kind::MaybeChoice(options) | Kind::Choices(options) => all(options),
                Kind::Variant(options, with) => {
                    all(options);
                    with.iter().for_each(|(_, fields)| keys_of(fields, keys));
                }
                Kind::Each(options, _, fields) => {
                    all(options);
                    keys_of(fields, keys);
                }
                Kind::Rows(fields) => keys_of(fields, keys),
                _ => {}
            }
        }
    }

    #[test]
    fn every_step_has_tools_and_every_tool_its_words() {
        let words = Messages::new(Locale::English);
        for slug in STEPS.iter().map(|step| step.slug).chain(["incident", "stage"]) {
            assert!(!tools(slug).is_empty(), "{slug}");
            for tool in tools(slug).iter().chain([&TAKE_BACK]) {
                let mut keys = vec![title_key(slug, tool)];
                keys_of(tool.fields, &mut keys);
                let missing: Vec<String> = keys.into_iter().filter(|key| !words.has(key)).collect();
                assert!(missing.is_empty(), "{slug} {}: {missing:?}", tool.name);
            }
        }
    }

    #[test]
    fn the_words_for_entries_belong_to_tools() {
        let ours = |slug: &str, tool: &Tool| format!("kept-{slug}-{}", tool.name);
        let known: Vec<String> = all_tools().map(|(slug, tool)| ours(slug, tool)).collect();
        let file = include_str!("../../../../locales/en/tools.ftl");
        let kept = file
            .lines()
            .filter_map(|line| line.split_once(" = "))
            .filter(|(key, _)| key.starts_with("kept-"));
        let stray: Vec<&str> =
            kept.map(|(key, _)| key).filter(|key| !known.iter().any(|ours| ours == key)).collect();
        assert!(stray.is_empty(), "{stray:?}");
    }
}
