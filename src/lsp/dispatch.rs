//! Which requests there are, and who answers them.
use gen_lsp_types::{
    CompletionOptions, InitializeParams, PositionEncodingKind, ServerCapabilities, SignatureHelpOptions,
    TextDocumentSync, TextDocumentSyncKind, TextDocumentSyncOptions,
};
use lsp_server::{ErrorCode, Request, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::desk::Desk;
use super::{completion, formatting, signature};

/// What the server can do.
pub(super) fn capabilities() -> Value {
    let sync = TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(TextDocumentSyncKind::Incremental),
        ..TextDocumentSyncOptions::default()
    };
    let capabilities = ServerCapabilities {
        position_encoding: Some(PositionEncodingKind::UTF16),
        text_document_sync: Some(TextDocumentSync::from(sync)),
        document_formatting_provider: Some(true.into()),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some(completion::TRIGGERS.map(str::to_owned).to_vec()),
            ..CompletionOptions::default()
        }),
        signature_help_provider: Some(SignatureHelpOptions {
            trigger_characters: Some(signature::TRIGGERS.map(str::to_owned).to_vec()),
            ..SignatureHelpOptions::default()
        }),
        ..ServerCapabilities::default()
    };
    json!({ "capabilities": capabilities, "serverInfo": { "name": "totsugo", "version": env!("CARGO_PKG_VERSION") } })
}

/// Whether the editor can be asked to watch files.
pub(super) fn can_watch(params: &InitializeParams) -> bool {
    let workspace = params.capabilities.workspace.as_ref();
    workspace.and_then(|w| w.did_change_watched_files.as_ref()).and_then(|w| w.dynamic_registration) == Some(true)
}

/// Whether the editor fills in snippets.
pub(super) fn can_snippets(params: &InitializeParams) -> bool {
    let text = params.capabilities.text_document.as_ref();
    let item = text.and_then(|t| t.completion.as_ref()).and_then(|c| c.completion_item.as_ref());
    item.and_then(|i| i.snippet_support) == Some(true)
}

/// Asks the editor to watch the files that a check reads.
pub(super) fn watch() -> Request {
    let all = "**/*.{plan,rules,xlsx,xlsm,xls,ods,csv,tsv,yaml,yml,json}";
    let options = json!({ "watchers": [{ "globPattern": all }] });
    let registration =
        json!({ "id": "files", "method": "workspace/didChangeWatchedFiles", "registerOptions": options });
    Request::new(
        "watch".to_owned().into(),
        "client/registerCapability".to_owned(),
        json!({ "registrations": [registration] }),
    )
}

/// The answer to a request.
pub(super) fn answer(desk: &mut Desk, request: Request) -> Response {
    match request.method.as_str() {
        "textDocument/completion" => with(request, |params| completion::completion(desk, &params)),
        "textDocument/signatureHelp" => with(request, |params| signature::signature(desk, &params)),
        "textDocument/formatting" => with(request, |params| formatting::formatting(desk, &params)),
        _ => {
            let unknown = format!("totsugo does not know {}", request.method);
            Response::new_err(request.id, ErrorCode::MethodNotFound as i32, unknown)
        }
    }
}

/// Reads the parameters of a request, and answers with what `answer` makes of them; `None` is nothing to show.
fn with<P: DeserializeOwned, R: Serialize>(request: Request, answer: impl FnOnce(P) -> Option<R>) -> Response {
    match serde_json::from_value(request.params) {
        Ok(params) => Response::new_ok(request.id, answer(params)),
        Err(error) => Response::new_err(request.id, ErrorCode::InvalidParams as i32, error.to_string()),
    }
}
