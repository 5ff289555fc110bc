//! Reads the body of a form: with files or without.

use amends_ui::Upload;
use axum::extract::{Form, FromRequest as _, Multipart, Request};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};

/// Largest body taken, in bytes: a backup with pictures can be large, a letter is a few kilobytes.
pub(super) const MAX_BODY: usize = 256 << 20;

/// Fields in order, and files.
pub(super) type Sent = (Vec<(String, String)>, Vec<Upload>);

/// Reads a form that was sent.
///
/// # Errors
/// The answer to something that is no form, or too large.
pub(super) async fn read(request: Request) -> Result<Sent, Response> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    if kind.is_some_and(|kind| kind.starts_with("multipart/form-data")) {
        let parts = Multipart::from_request(request, &()).await.map_err(|error| error.into_response())?;
        return with_files(parts).await.map_err(|error| error.into_response());
    }
    let Form(fields) = Form::from_request(request, &()).await.map_err(|error| error.into_response())?;
    Ok((fields, Vec::new()))
}

async fn with_files(mut parts: Multipart) -> Result<Sent, axum::extract::multipart::MultipartError> {
    let (mut fields, mut files) = (Vec::new(), Vec::new());
    while let Some(part) = parts.next_field().await? {
        let name = part.name().unwrap_or_default().to_owned();
        if part.file_name().is_some() {
            files.push(Upload { field: name, bytes: part.bytes().await?.to_vec() });
        } else {
            fields.push((name, part.text().await?));
        }
    }
    Ok((fields, files))
}
