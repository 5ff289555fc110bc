//! Answers as JSON, field by field, and the event of the domain they make.

use amends_domain::event::{Body, Event};
use amends_reader::Reader;
use serde_json::{Value, json};

use crate::tool::{Kind, Shape, Tool};
use crate::{show, writing};

/// The answers so far, and what they are a version of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// The answers, under the paths of the tool's fields.
    pub answers: Value,
    /// For a next version: the document (null for a new one).
    pub doc: Value,
    /// For a next version: the version it is written upon.
    pub base: Value,
}

impl Default for Form {
    fn default() -> Self {
        Self { answers: json!({}), doc: Value::Null, base: Value::Null }
    }
}

impl Form {
    /// The next version of a document, with nothing in it yet.
    pub fn upon(event: &Event) -> Self {
        Self { doc: json!(show::root(event)), base: json!(event.id), ..Self::default() }
    }

    /// The event's payload.
    pub fn payload(&self, tool: &Tool) -> Value {
        match tool.shape {
            Shape::Unit => Value::Null,
            Shape::Plain => self.answers.clone(),
            Shape::Save => {
                let mut content = self.answers.clone();
                let incident = content.as_object_mut().and_then(|content| content.remove("incident"));
                json!({ "doc": self.doc, "base": self.base, "incident": incident, "content": content })
            }
        }
    }

    /// The event of the domain, with what the checks count filled in. `said` is what the partner said, where this
    /// answers something.
    ///
    /// # Errors
    /// If the answers do not make such an event.
    pub fn body(
        &mut self,
        slug: &str,
        tool: &Tool,
        reader: &mut Reader,
        said: Option<&str>,
    ) -> Result<Body, serde_json::Error> {
        for field in tool.fields {
            let reply = |path: &str| {
                show::at(&self.answers, path).and_then(Value::as_str).unwrap_or_default().to_owned()
            };
            let counted = match field.kind {
                Kind::SameAs(path) if show::at(&self.answers, field.path).is_none_or(Value::is_null) => {
                    show::at(&self.answers, path).cloned().unwrap_or_default()
                }
                Kind::Tally(path) => writing::tally(reader, &reply(path), said),
                Kind::Noticed(path) => writing::noticed(reader, &reply(path), said),
                _ => continue,
            };
            show::set(&mut self.answers, field.path, counted);
        }
        let event = match tool.shape {
            Shape::Unit => json!(tool.event),
            _ => json!({ tool.event: self.payload(tool) }),
        };
        serde_json::from_value(json!({ tool.area.unwrap_or(slug): event }))
    }
}

/// What a document says, as answers to the tool that wrote it.
pub fn of_document(event: &Event) -> Value {
    let (_, _, payload) = show::name(&event.body);
    let mut answers = payload.get("content").cloned().unwrap_or_else(|| json!({}));
    if let Some(incident) = payload.get("incident") {
        show::set(&mut answers, "incident", incident.clone());
    }
    answers
}
