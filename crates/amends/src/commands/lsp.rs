//! `amends lsp`: hints in a text editor. Synchronous; one draft is checked within a millisecond.
//!
//! Diagnostics for every finding (an editor has room for all, hover tells why), hover with reason and source,
//! code actions "not here" (for this session) and "insert the pattern".

use std::collections::HashMap;

use amends_lint::{Draft, Finding, Fingerprint, Rule, Severity};
use amends_reader::Reader;
use amends_text::Span;
use amends_text::offsets::{Locator, byte_of_utf16};
use lsp_server::{Connection, ExtractError, Message, Notification, Request, RequestId, Response};
use lsp_types::notification::{
    DidChangeTextDocument, DidCloseTextDocument, DidOpenTextDocument, Notification as _, PublishDiagnostics,
};
use lsp_types::request::{CodeActionRequest, ExecuteCommand, HoverRequest, Request as _};
use lsp_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, CodeActionProviderCapability, Command,
    Diagnostic, DiagnosticSeverity, ExecuteCommandOptions, ExecuteCommandParams, Hover, HoverContents,
    HoverParams, HoverProviderCapability, MarkupContent, MarkupKind, NumberOrString, Position,
    PublishDiagnosticsParams, Range, ServerCapabilities, TextDocumentSyncCapability, TextDocumentSyncKind,
    TextEdit, Uri, WorkspaceEdit,
};

const NOT_HERE: &str = "amends.notHere";

pub(crate) fn run() -> anyhow::Result<u8> {
    let (connection, threads) = Connection::stdio();
    serve(&connection)?;
    drop(connection);
    threads.join()?;
    Ok(super::CLEAN)
}

/// Answers one client until it says goodbye.
pub(crate) fn serve(connection: &Connection) -> anyhow::Result<()> {
    let capabilities = ServerCapabilities {
        text_document_sync: Some(TextDocumentSyncCapability::Kind(TextDocumentSyncKind::FULL)),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        code_action_provider: Some(CodeActionProviderCapability::Simple(true)),
        execute_command_provider: Some(ExecuteCommandOptions {
            commands: vec![NOT_HERE.to_owned()],
            ..ExecuteCommandOptions::default()
        }),
        ..ServerCapabilities::default()
    };
    connection.initialize(serde_json::to_value(capabilities)?)?;
    let mut server =
        Server { reader: super::reader::reader(false), drafts: HashMap::new(), not_here: Vec::new() };
    for message in &connection.receiver {
        match message {
            Message::Request(request) => {
                if connection.handle_shutdown(&request)? {
                    return Ok(());
                }
                let response = server.answer(request, connection)?;
                connection.sender.send(Message::Response(response))?;
            }
            Message::Notification(notification) => server.hear(notification, connection)?,
            Message::Response(_) => {}
        }
    }
    Ok(())
}

struct Server {
    reader: Reader,
    drafts: HashMap<String, (Uri, String)>,
    not_here: Vec<Fingerprint>,
}

impl Server {
    fn findings(&mut self, text: &str) -> Vec<Finding> {
        let report = self.reader.read(&Draft::new(text));
        report.findings.into_iter().filter(|finding| !self.not_here.contains(&finding.fingerprint)).collect()
    }

    fn rule(&self, finding: &Finding) -> &Rule {
        &self.reader.pack().rules[finding.check as usize]
    }

    fn hear(&mut self, notification: Notification, connection: &Connection) -> anyhow::Result<()> {
        match notification.method.as_str() {
            DidOpenTextDocument::METHOD => {
                let params: lsp_types::DidOpenTextDocumentParams =
                    serde_json::from_value(notification.params)?;
                self.read(params.text_document.uri, params.text_document.text, connection)
            }
            DidChangeTextDocument::METHOD => {
                let params: lsp_types::DidChangeTextDocumentParams =
                    serde_json::from_value(notification.params)?;
                match params.content_changes.into_iter().last() {
                    Some(change) => self.read(params.text_document.uri, change.text, connection),
                    None => Ok(()),
                }
            }
            DidCloseTextDocument::METHOD => {
                let params: lsp_types::DidCloseTextDocumentParams =
                    serde_json::from_value(notification.params)?;
                self.drafts.remove(params.text_document.uri.as_str());
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn read(&mut self, uri: Uri, text: String, connection: &Connection) -> anyhow::Result<()> {
        self.drafts.insert(uri.as_str().to_owned(), (uri.clone(), text));
        self.publish(&uri, connection)
    }

    fn publish(&mut self, uri: &Uri, connection: &Connection) -> anyhow::Result<()> {
        let Some((uri, text)) = self.drafts.get(uri.as_str()).cloned() else { return Ok(()) };
        let findings = self.findings(&text);
        let locator = Locator::new(&text);
        let diagnostics = findings
            .iter()
            .map(|finding| {
                let rule = self.rule(finding);
                Diagnostic {
                    range: range(&text, finding.span, &locator),
                    severity: Some(match finding.severity {
                        Severity::Interrupt | Severity::Strong => DiagnosticSeverity::WARNING,
                        Severity::Normal | Severity::Presence => DiagnosticSeverity::INFORMATION,
                    }),
                    code: Some(NumberOrString::String(rule.id.clone())),
                    source: Some("amends".to_owned()),
                    message: format!("{}. {}", rule.title, rule.why),
                    ..Diagnostic::default()
                }
            })
            .collect();
        let params = PublishDiagnosticsParams { uri, diagnostics, version: None };
        let notification = Notification::new(PublishDiagnostics::METHOD.to_owned(), params);
        connection.sender.send(Message::Notification(notification))?;
        Ok(())
    }

    fn answer(&mut self, request: Request, connection: &Connection) -> anyhow::Result<Response> {
        let id = request.id.clone();
        match request.method.as_str() {
            HoverRequest::METHOD => match extract::<HoverParams>(request) {
                Ok(params) => Ok(Response::new_ok(id, self.hover(&params))),
                Err(response) => Ok(response),
            },
            CodeActionRequest::METHOD => match extract::<CodeActionParams>(request) {
                Ok(params) => Ok(Response::new_ok(id, self.actions(&params))),
                Err(response) => Ok(response),
            },
            ExecuteCommand::METHOD => match extract::<ExecuteCommandParams>(request) {
                Ok(params) => {
                    self.mute(&params, connection)?;
                    Ok(Response::new_ok(id, serde_json::Value::Null))
                }
                Err(response) => Ok(response),
            },
            other => Ok(Response::new_err(
                id,
                lsp_server::ErrorCode::MethodNotFound as i32,
                format!("amends does not answer {other}"),
            )),
        }
    }

    fn at(&mut self, uri: &Uri, place: Range) -> Vec<(Finding, String)> {
        let Some((_, text)) = self.drafts.get(uri.as_str()).cloned() else { return Vec::new() };
        let asked = Span::new(byte_at(&text, place.start), byte_at(&text, place.end));
        self.findings(&text)
            .into_iter()
            .filter(|finding| finding.span.start <= asked.end && asked.start <= finding.span.end)
            .map(|finding| (finding, text.clone()))
            .collect()
    }

    fn hover(&mut self, params: &HoverParams) -> Option<Hover> {
        let at = &params.text_document_position_params;
        let place = Range { start: at.position, end: at.position };
        let found = self.at(&at.text_document.uri, place);
        let (finding, text) = found.first()?;
        let rule = self.rule(finding);
        let sources: Vec<String> = rule
            .sources
            .iter()
            .map(|id| format!("{id}: {}", amends_guide::evidence(id).map_or("", |evidence| evidence.source)))
            .collect();
        Some(Hover {
            contents: HoverContents::Markup(MarkupContent {
                kind: MarkupKind::Markdown,
                value: format!(
                    "**{}**\n\n{}\n\n*{}*\n\nA pattern: {}\n\n{}",
                    rule.title,
                    rule.why,
                    rule.question,
                    rule.pattern,
                    sources.join("  \n")
                ),
            }),
            range: Some(range(text, finding.span, &Locator::new(text))),
        })
    }

    fn actions(&mut self, params: &CodeActionParams) -> Vec<CodeActionOrCommand> {
        let uri = &params.text_document.uri;
        let found = self.at(uri, params.range);
        let mut actions = Vec::new();
        for (finding, text) in found {
            let rule = self.rule(&finding);
            let command = Command {
                title: format!("Not here: {}", rule.title),
                command: NOT_HERE.to_owned(),
                arguments: Some(vec![
                    serde_json::json!(uri.as_str()),
                    serde_json::json!(format!("{:016x}", finding.fingerprint.0)),
                ]),
            };
            actions.push(CodeActionOrCommand::Command(command));
            if rule.pattern.is_empty() {
                continue;
            }
            let end = range(&text, Span::new(finding.span.end, finding.span.end), &Locator::new(&text));
            let edit = TextEdit { range: end, new_text: format!(" [{}]", rule.pattern) };
            #[expect(clippy::mutable_key_type, reason = "the protocol's own type; the address never changes")]
            let changes = HashMap::from([(uri.clone(), vec![edit])]);
            actions.push(CodeActionOrCommand::CodeAction(CodeAction {
                title: format!("Put the pattern behind it: {}", rule.pattern),
                kind: Some(CodeActionKind::QUICKFIX),
                edit: Some(WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() }),
                ..CodeAction::default()
            }));
        }
        actions
    }

    fn mute(&mut self, params: &ExecuteCommandParams, connection: &Connection) -> anyhow::Result<()> {
        let [uri, mark] = params.arguments.as_slice() else { return Ok(()) };
        let mark = mark.as_str().and_then(|mark| u64::from_str_radix(mark, 16).ok());
        if params.command != NOT_HERE {
            return Ok(());
        }
        self.not_here.extend(mark.map(Fingerprint));
        let known = uri.as_str().and_then(|uri| self.drafts.get(uri)).map(|(uri, _)| uri.clone());
        match known {
            Some(uri) => self.publish(&uri, connection),
            None => Ok(()),
        }
    }
}

fn extract<P: serde::de::DeserializeOwned>(request: Request) -> Result<P, Response> {
    let id: RequestId = request.id.clone();
    let method = request.method.clone();
    request.extract::<P>(&method).map(|(_, params)| params).map_err(|error| {
        let message = match error {
            ExtractError::MethodMismatch(_) => "not understood".to_owned(),
            ExtractError::JsonError { error, .. } => error.to_string(),
        };
        Response::new_err(id, lsp_server::ErrorCode::InvalidParams as i32, message)
    })
}

/// LSP counts lines from 0 and columns in UTF-16 units of the line.
fn range(text: &str, span: Span, locator: &Locator<'_>) -> Range {
    Range { start: position(text, span.start, locator), end: position(text, span.end, locator) }
}

fn position(text: &str, byte: u32, locator: &Locator<'_>) -> Position {
    let place = locator.locate(byte);
    let line_start = text[..byte as usize].rfind('\n').map_or(0, |newline| newline + 1);
    let character = text[line_start..byte as usize].encode_utf16().count() as u32;
    Position { line: place.line - 1, character }
}

fn byte_at(text: &str, position: Position) -> u32 {
    let mut start = 0;
    for _ in 0..position.line {
        match text[start..].find('\n') {
            Some(newline) => start += newline + 1,
            None => return text.len() as u32,
        }
    }
    let line = text[start..].split('\n').next().unwrap_or("");
    start as u32 + byte_of_utf16(line, position.character)
}
