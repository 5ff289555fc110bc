//! A request as every shell brings it: method, path, and the fields of a form or query.

/// What is asked for: to read, or to change something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Show a page.
    Get,
    /// Send a form.
    Post,
}

/// A request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Read or change.
    pub method: Method,
    /// Path without query, for example `/step/listening`.
    pub path: String,
    /// Fields of the query or of the form, in order.
    pub fields: Vec<(String, String)>,
}

impl Request {
    /// A request for a page; a query in `path` is taken apart by the shell, not here.
    pub fn get(path: &str) -> Self {
        Self { method: Method::Get, path: path.to_owned(), fields: Vec::new() }
    }

    /// A form that was sent.
    pub fn post(path: &str, fields: &[(&str, &str)]) -> Self {
        let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Self { method: Method::Post, path: path.to_owned(), fields }
    }

    /// The same request with one more field.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Value of the last field with this name; empty if there is none.
    pub fn field(&self, name: &str) -> &str {
        self.fields.iter().rev().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// Whether a field with this name was sent.
    pub fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(known, _)| known == name)
    }
}
