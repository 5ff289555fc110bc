//! `amends lsp`: an editor's conversation over standard input and output.

use serde_json::{Value, json};

use crate::amends;

fn frame(message: &Value) -> Vec<u8> {
    let body = message.to_string();
    format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

fn messages(output: &[u8]) -> Vec<Value> {
    let text = String::from_utf8_lossy(output);
    text.split("Content-Length: ")
        .filter_map(|part| part.split_once("\r\n\r\n"))
        .map(|(_, body)| serde_json::from_str(body).expect("each message is JSON"))
        .collect()
}

#[test]
fn an_editor_gets_marks_reasons_patterns_and_not_here() {
    let uri = "file:///letter.txt";
    let place = json!({"start": {"line": 1, "character": 12}, "end": {"line": 1, "character": 12}});
    let script = [
        json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}}),
        json!({"jsonrpc": "2.0", "method": "initialized", "params": {}}),
        json!({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument":
            {"uri": uri, "languageId": "plaintext", "version": 1, "text": "Dear Sam,\nI'm sorry if I hurt you."}}}),
        json!({"jsonrpc": "2.0", "id": 2, "method": "textDocument/hover", "params":
            {"textDocument": {"uri": uri}, "position": {"line": 1, "character": 12}}}),
        json!({"jsonrpc": "2.0", "id": 3, "method": "textDocument/codeAction", "params":
            {"textDocument": {"uri": uri}, "range": place, "context": {"diagnostics": []}}}),
        json!({"jsonrpc": "2.0", "id": 4, "method": "textDocument/unheardOf", "params": {}}),
        json!({"jsonrpc": "2.0", "id": 5, "method": "shutdown"}),
        json!({"jsonrpc": "2.0", "method": "exit"}),
    ];
    let input: Vec<u8> = script.iter().flat_map(frame).collect();
    let output = amends(&["lsp"], &input);
    assert_eq!(output.status.code(), Some(0));
    let messages = messages(&output.stdout);
    let marks = messages.iter().find(|message| message["method"] == "textDocument/publishDiagnostics");
    let marks = marks.expect("the draft is read");
    assert_eq!(marks["params"]["diagnostics"][0]["code"], "conditional-apology");
    assert_eq!(marks["params"]["diagnostics"][0]["range"]["start"]["line"], 1);
    let answer =
        |id: u64| messages.iter().find(|message| message["id"] == id).expect("each request is answered");
    assert!(answer(2)["result"]["contents"]["value"].as_str().is_some_and(|text| text.contains("E1:")));
    let actions = answer(3)["result"].to_string();
    assert!(actions.contains("Not here") && actions.contains("___"), "{actions}");
    assert_eq!(answer(4)["error"]["code"], -32601);
}
