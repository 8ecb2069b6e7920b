//! Which requests there are, and who answers them.
use gen_lsp_types::{
    CodeActionKind, CodeActionOptions, CompletionOptions, InitializeParams, PositionEncodingKind, RenameOptions,
    RenameProvider, SemanticTokensOptions, ServerCapabilities, SignatureHelpOptions, TextDocumentContentOptions,
    TextDocumentSync, TextDocumentSyncKind, TextDocumentSyncOptions, WorkspaceOptions,
};
use lsp_server::{ErrorCode, Request, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::desk::Desk;
use super::{
    actions, completion, definition, folding, formatting, hierarchy, hints, hover, references, rename, signature,
    symbols, tokens,
};

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
        code_action_provider: Some(
            CodeActionOptions {
                code_action_kinds: Some(vec![CodeActionKind::QuickFix, CodeActionKind::SourceFixAll]),
                ..CodeActionOptions::default()
            }
            .into(),
        ),
        document_symbol_provider: Some(true.into()),
        workspace_symbol_provider: Some(true.into()),
        folding_range_provider: Some(true.into()),
        semantic_tokens_provider: Some(
            SemanticTokensOptions {
                legend: tokens::legend(),
                full: Some(true.into()),
                ..SemanticTokensOptions::default()
            }
            .into(),
        ),
        inlay_hint_provider: Some(true.into()),
        hover_provider: Some(true.into()),
        definition_provider: Some(true.into()),
        references_provider: Some(true.into()),
        document_highlight_provider: Some(true.into()),
        rename_provider: Some(RenameProvider::from(RenameOptions {
            prepare_provider: Some(true),
            ..RenameOptions::default()
        })),
        call_hierarchy_provider: Some(true.into()),
        workspace: Some(WorkspaceOptions {
            text_document_content: Some(TextDocumentContentOptions::new(vec!["totsugo".to_owned()]).into()),
            ..WorkspaceOptions::default()
        }),
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

/// Whether the editor takes edits that name the version of the text that they are for.
pub(super) fn takes_versions(params: &InitializeParams) -> bool {
    let workspace = params.capabilities.workspace.as_ref();
    workspace.and_then(|w| w.workspace_edit.as_ref()).and_then(|e| e.document_changes) == Some(true)
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
        "textDocument/codeAction" => with(request, |params| actions::actions(desk, &params)),
        "textDocument/documentSymbol" => with(request, |params| symbols::outline(desk, &params)),
        "workspace/symbol" => with(request, |params| symbols::names(desk, &params)),
        "textDocument/foldingRange" => with(request, |params| folding::folding(desk, &params)),
        "textDocument/semanticTokens/full" => with(request, |params| tokens::tokens(desk, &params)),
        "textDocument/inlayHint" => with(request, |params| hints::hints(desk, &params)),
        "textDocument/completion" => with(request, |params| completion::completion(desk, &params)),
        "textDocument/signatureHelp" => with(request, |params| signature::signature(desk, &params)),
        "textDocument/formatting" => with(request, |params| formatting::formatting(desk, &params)),
        "textDocument/hover" => with(request, |params| hover::hover(desk, &params)),
        "textDocument/definition" => with(request, |params| definition::definition(desk, &params)),
        "workspace/textDocumentContent" => with(request, |params| definition::content(desk, &params)),
        "textDocument/references" => with(request, |params| references::references(desk, &params)),
        "textDocument/documentHighlight" => with(request, |params| references::highlight(desk, &params)),
        "textDocument/prepareRename" => or_refuse(request, |params| rename::prepare(desk, &params)),
        "textDocument/rename" => or_refuse(request, |params| rename::rename(desk, &params)),
        "textDocument/prepareCallHierarchy" => with(request, |params| hierarchy::prepare(desk, &params)),
        "callHierarchy/incomingCalls" => with(request, |params| hierarchy::incoming(desk, &params)),
        "callHierarchy/outgoingCalls" => with(request, |params| hierarchy::outgoing(desk, &params)),
        _ => {
            let unknown = format!("totsugo does not know {}", request.method);
            Response::new_err(request.id, ErrorCode::MethodNotFound as i32, unknown)
        }
    }
}

/// Reads the parameters of a request, and answers with what `answer` makes of them; `None` is nothing to show.
fn with<P: DeserializeOwned, R: Serialize>(request: Request, answer: impl FnOnce(P) -> Option<R>) -> Response {
    or_refuse(request, |params| Ok(answer(params)))
}

/// As [`with`], for what may be refused with a sentence for the user.
fn or_refuse<P: DeserializeOwned, R: Serialize>(
    request: Request,
    answer: impl FnOnce(P) -> Result<Option<R>, String>,
) -> Response {
    match serde_json::from_value(request.params).map(answer) {
        Ok(Ok(answer)) => Response::new_ok(request.id, answer),
        Ok(Err(refusal)) => Response::new_err(request.id, ErrorCode::RequestFailed as i32, refusal),
        Err(error) => Response::new_err(request.id, ErrorCode::InvalidParams as i32, error.to_string()),
    }
}
