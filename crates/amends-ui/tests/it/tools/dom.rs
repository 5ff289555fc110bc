//! Just enough of a browser: the controls of a page's form, filled in and sent as a browser would.

use std::collections::BTreeMap;

/// A tag with its attributes, and the text up to the next tag.
#[derive(Debug, Clone)]
pub(crate) struct Tag {
    pub(crate) name: String,
    pub(crate) attributes: BTreeMap<String, String>,
    pub(crate) text: String,
}

impl Tag {
    pub(crate) fn get(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.attributes.contains_key(name)
    }
}

/// All tags of a page, in order; closing ones begin with a slash.
pub(crate) fn tags(html: &str) -> Vec<Tag> {
    let body = html.split_once("<body>").map_or(html, |(_, body)| body);
    body.split('<').skip(1).filter_map(tag).collect()
}

fn tag(piece: &str) -> Option<Tag> {
    let (inside, text) = piece.split_once('>')?;
    let (name, mut rest) = inside.split_once(' ').unwrap_or((inside, ""));
    let mut attributes = BTreeMap::new();
    while !rest.trim().is_empty() {
        rest = rest.trim_start();
        let end = rest.find([' ', '=']).unwrap_or(rest.len());
        let key = rest[..end].to_owned();
        rest = &rest[end..];
        let value = match rest.strip_prefix("=\"") {
            Some(quoted) => {
                let (value, after) = quoted.split_once('"')?;
                rest = after;
                plain(value)
            }
            None => String::new(),
        };
        attributes.insert(key, value);
    }
    Some(Tag { name: name.to_owned(), attributes, text: plain(text) })
}

fn plain(text: &str) -> String {
    text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// A control that a person can fill in.
#[derive(Debug, Clone)]
pub(crate) struct Control {
    /// Its name in the form.
    pub(crate) name: String,
    /// `text`, `radio`, `textarea`, `select` ...
    pub(crate) kind: String,
    pub(crate) value: String,
    /// Chosen or ticked.
    pub(crate) is_on: bool,
    pub(crate) least: String,
    /// Values of a list.
    pub(crate) options: Vec<String>,
}

/// The form of a tool.
#[derive(Debug, Clone)]
pub(crate) struct Form {
    pub(crate) action: String,
    pub(crate) controls: Vec<Control>,
    /// Name and value of each button.
    pub(crate) buttons: Vec<(String, String)>,
}

impl Form {
    /// The form with this id.
    pub(crate) fn find(html: &str, id: &str) -> Option<Self> {
        let all = tags(html);
        let start = all.iter().position(|tag| tag.name == "form" && tag.get("id") == id)?;
        Some(Self::read(&all[start..]))
    }

    /// All forms of a page.
    pub(crate) fn all(html: &str) -> Vec<Self> {
        let all = tags(html);
        let starts = all.iter().enumerate().filter(|(_, tag)| tag.name == "form").map(|(at, _)| at);
        starts.map(|start| Self::read(&all[start..])).collect()
    }

    /// The form that these tags begin with.
    fn read(all: &[Tag]) -> Self {
        let end = all.iter().position(|tag| tag.name == "/form").unwrap_or(all.len());
        let (mut controls, mut buttons): (Vec<Control>, _) = (Vec::new(), Vec::new());
        for tag in &all[..end] {
            let control = |kind: &str, value: &str| Control {
                name: tag.get("name").to_owned(),
                kind: kind.to_owned(),
                value: value.to_owned(),
                is_on: tag.has("checked"),
                least: tag.get("min").to_owned(),
                options: Vec::new(),
            };
            match tag.name.as_str() {
                "input" => controls.push(control(tag.get("type"), tag.get("value"))),
                "textarea" => {
                    controls.push(control("textarea", tag.text.strip_prefix('\n').unwrap_or(&tag.text)))
                }
                "select" => controls.push(control("select", "")),
                "option" => {
                    let Some(list) = controls.last_mut() else { continue };
                    list.options.push(tag.get("value").to_owned());
                    if tag.has("selected") {
                        list.value = tag.get("value").to_owned();
                    }
                }
                "button" => buttons.push((tag.get("name").to_owned(), tag.get("value").to_owned())),
                _ => {}
            }
        }
        Self { action: all[0].get("action").to_owned(), controls, buttons }
    }

    /// Sets a field: chooses the radio button or the box with this value, or types it.
    pub(crate) fn set(&mut self, name: &str, value: &str) {
        let mut found = false;
        for control in self.controls.iter_mut().filter(|control| control.name == name) {
            found = true;
            match control.kind.as_str() {
                "radio" => control.is_on = control.value == value,
                "checkbox" => control.is_on |= control.value == value,
                _ => control.value = value.to_owned(),
            }
        }
        assert!(found, "no field {name} in {}: {:?}", self.action, self.names());
    }

    /// Names of all fields.
    pub(crate) fn names(&self) -> Vec<&str> {
        self.controls.iter().map(|control| control.name.as_str()).collect()
    }

    /// Value of a field as it stands.
    pub(crate) fn value(&self, name: &str) -> &str {
        let here = |control: &&Control| {
            control.name == name && (control.is_on || !matches!(control.kind.as_str(), "radio" | "checkbox"))
        };
        self.controls.iter().find(here).map_or("", |control| control.value.as_str())
    }

    /// Fills every empty field with something that fits its kind.
    pub(crate) fn fill(&mut self) {
        let mut chosen: Vec<String> = self
            .controls
            .iter()
            .filter(|control| control.is_on)
            .map(|control| control.name.clone())
            .collect();
        for control in &mut self.controls {
            let empty = control.value.is_empty();
            match control.kind.as_str() {
                "textarea" | "text" if empty => control.value = "I will call the bank on Friday.".to_owned(),
                "number" if empty => control.value = control.least.clone(),
                "date" if empty => control.value = "2026-11-20".to_owned(),
                "time" if empty => control.value = "19:30".to_owned(),
                "datetime-local" if empty => control.value = "2026-11-20T19:30".to_owned(),
                "select" if empty => {
                    control.value =
                        control.options.iter().find(|value| !value.is_empty()).cloned().unwrap_or_default();
                }
                "radio" if !chosen.contains(&control.name) => {
                    control.is_on = true;
                    chosen.push(control.name.clone());
                }
                _ => {}
            }
        }
    }

    /// The fields as a browser sends them, with the button that is pressed.
    pub(crate) fn sent<'f>(&'f self, button: (&'f str, &'f str)) -> Vec<(&'f str, &'f str)> {
        let on = |control: &&Control| control.is_on || !matches!(control.kind.as_str(), "radio" | "checkbox");
        let fields = self.controls.iter().filter(on).filter(|control| !control.name.is_empty());
        fields.map(|control| (control.name.as_str(), control.value.as_str())).chain([button]).collect()
    }
}
