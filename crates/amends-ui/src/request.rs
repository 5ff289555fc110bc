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
    /// Files that came with the form.
    pub files: Vec<Upload>,
}

/// A file that somebody chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// Name of the field.
    pub field: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl Request {
    /// A request for a page; a query in `path` is taken apart by the shell, not here.
    pub fn get(path: &str) -> Self {
        Self { method: Method::Get, path: path.to_owned(), fields: Vec::new(), files: Vec::new() }
    }

    /// A form that was sent.
    pub fn post(path: &str, fields: &[(&str, &str)]) -> Self {
        let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Self { method: Method::Post, path: path.to_owned(), fields, files: Vec::new() }
    }

    /// A request for an address of our own, with its query (only letters, digits, `-`, `_`, `.` and `~` in it).
    pub(crate) fn address(address: &str) -> Self {
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let fields = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        Self { fields, ..Self::get(path) }
    }

    /// Parts of the path.
    pub(crate) fn parts(&self) -> Vec<&str> {
        self.path.split('/').filter(|part| !part.is_empty()).collect()
    }

    /// The file of a field, if one was chosen.
    pub fn file(&self, field: &str) -> Option<&[u8]> {
        let found = self.files.iter().find(|file| file.field == field && !file.bytes.is_empty());
        found.map(|file| file.bytes.as_slice())
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
