//! A connection over HTTP/1.1 that stays open.

use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::{Method, Request, StatusCode, header};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

pub struct Line {
    sender: SendRequest<Full<Bytes>>,
    host: String,
    /// Sent with each request.
    pub authorization: Option<String>,
}

impl Line {
    pub async fn open(port: u16) -> Self {
        let stream = TcpStream::connect(("127.0.0.1", port)).await.expect("the relay answers");
        stream.set_nodelay(true).expect("it can be set");
        let (sender, connection) = handshake(TokioIo::new(stream)).await.expect("the relay speaks HTTP");
        tokio::task::spawn_local(connection);
        Self { sender, host: format!("127.0.0.1:{port}"), authorization: None }
    }

    /// # Errors
    /// What the relay said instead of 200.
    pub async fn ask(
        &mut self,
        method: Method,
        path: &str,
        kind: &str,
        body: Vec<u8>,
    ) -> Result<Bytes, StatusCode> {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, &self.host);
        if !body.is_empty() {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        if let Some(authorization) = &self.authorization {
            request = request.header(header::AUTHORIZATION, authorization);
        }
        let request = request.body(Full::from(body)).expect("all parts are plain");
        self.sender.ready().await.expect("the connection stays open");
        let answer = self.sender.send_request(request).await.expect("an answer");
        let status = answer.status();
        // Read to the end, or the connection cannot be used again.
        let bytes = answer.into_body().collect().await.expect("the whole answer").to_bytes();
        if status == StatusCode::OK { Ok(bytes) } else { Err(status) }
    }
}
