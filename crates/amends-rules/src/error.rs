//! What can be wrong with a pack folder.

/// A pack cannot be compiled. The message names the file and says what to change.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CompileError {
    /// A file cannot be read.
    #[error("{path}: cannot be read ({reason})")]
    Unreadable {
        /// The file.
        path: String,
        /// Why.
        reason: String,
    },
    /// A file is not in the form it should have.
    #[error("{path}: {message}")]
    Malformed {
        /// The file.
        path: String,
        /// What is wrong and what to do.
        message: String,
    },
    /// Facts depend on each other in a circle.
    #[error("these facts depend on each other in a circle: {0}; remove one of the `needs` or `unless`")]
    Circle(String),
    /// More words or classes than the table can number.
    #[error("too many {0}")]
    TooMany(&'static str),
}

impl CompileError {
    pub(crate) fn malformed(path: &str, message: impl Into<String>) -> Self {
        Self::Malformed { path: path.to_owned(), message: message.into() }
    }
}
