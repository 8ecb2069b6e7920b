//! Floor 11. The language server: the same checks while a person types, by the Language Server Protocol 3.17 over the
//! standard input and output. One thread reads messages, one works on them in order, one checks large projects beside.
mod actions;
mod check;
mod completion;
mod definition;
mod desk;
mod diagnostics;
mod dispatch;
mod folding;
mod formatting;
mod hierarchy;
mod hints;
mod hover;
mod labels;
mod place;
mod references;
mod rename;
mod signature;
mod subject;
mod symbols;
mod tokens;
mod uses;
mod view;
mod wire;
mod words;

use std::collections::HashSet;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use gen_lsp_types::{
    DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams,
    InitializeParams, PublishDiagnosticsParams, WorkspaceFolders,
};
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};

use crate::findings::{Lang, Messages};
use crate::text::Stop;
use check::Job;
use desk::Desk;
use view::View;

/// After the last change, so long is waited before a large project is checked beside: who types goes on typing.
const REST: Duration = Duration::from_millis(400);

/// After the last change of a text, so long is waited for the next one before it is checked.
const PAUSE: Duration = Duration::from_millis(15);

/// What the working thread hears.
enum Event {
    Message(Message),
    Garbage,
    /// The whole project was checked: its number, the view, and how long it took.
    Checked(u64, Box<View>, Duration),
    /// The check beside was given up.
    GivenUp,
    End,
}

/// Requests that the editor no longer wants an answer to, and the one that is being answered.
#[derive(Default)]
struct Cancels {
    ids: HashSet<RequestId>,
    running: Option<(RequestId, Stop)>,
}

type Cancelled = Arc<Mutex<Cancels>>;

/// More cancellations of requests that never come are forgotten.
const MOST_CANCELS: usize = 10_000;

impl Cancels {
    /// A request that is being answered is stopped; another will not be begun.
    fn cancel(&mut self, id: RequestId) {
        match &self.running {
            Some((running, stop)) if *running == id => stop.set(),
            _ if self.ids.len() < MOST_CANCELS => drop(self.ids.insert(id)),
            _ => {}
        }
    }

    /// Begins a request; `false` if it was cancelled before.
    fn begin(&mut self, id: &RequestId, stop: &Stop) -> bool {
        self.running = Some((id.clone(), stop.clone()));
        !self.ids.remove(id)
    }
}

/// Serves the editor at the standard input and output until it ends the session; gives whether it ended it in order. `lang`
/// is the language that was asked for, if one was.
#[must_use]
pub fn serve(lang: Option<Lang>) -> bool {
    converse(lang, BufReader::new(std::io::stdin()), BufWriter::new(std::io::stdout()))
}

/// As [`serve`], with an editor that is heard at `from` and answered at `to`.
pub fn converse(lang: Option<Lang>, from: impl BufRead + Send + 'static, mut to: impl Write + Send + 'static) -> bool {
    let (events, heard) = channel();
    let cancelled = Cancelled::default();
    let (to_reader, seen) = (events.clone(), Arc::clone(&cancelled));
    std::thread::spawn(move || listen(from, &to_reader, &seen));
    let (answers, to_write) = channel::<Message>();
    let writer = std::thread::spawn(move || {
        for message in to_write {
            if wire::write(&mut to, message).is_err() {
                return;
            }
        }
    });
    let ended = Server::start(lang, events, &heard, answers, cancelled).is_some_and(|server| server.run(&heard));
    // The writer ends when nobody can give it messages any more.
    let _ = writer.join();
    ended
}

/// Hears messages as they come, so that a cancelled request is known before its turn.
fn listen(mut from: impl BufRead, events: &Sender<Event>, cancelled: &Cancelled) {
    while let Ok(Some(frame)) = wire::read(&mut from) {
        let event = match frame {
            wire::Frame::Garbage => Event::Garbage,
            wire::Frame::Message(Message::Notification(n)) if n.method == "$/cancelRequest" => {
                let id = n.params.get("id").and_then(|id| serde_json::from_value::<RequestId>(id.clone()).ok());
                if let (Some(id), Ok(mut cancelled)) = (id, cancelled.lock()) {
                    cancelled.cancel(id);
                }
                continue;
            }
            wire::Frame::Message(message) => Event::Message(message),
        };
        if events.send(event).is_err() {
            return;
        }
    }
    let _ = events.send(Event::End);
}

struct Server {
    desk: Desk,
    told: diagnostics::Told,
    events: Sender<Event>,
    answers: Sender<Message>,
    cancelled: Cancelled,
    /// What is to be checked beside, from when on.
    waiting: Option<(u64, Job, Instant)>,
    /// Whether something is being checked beside.
    busy: bool,
    /// Whether the editor has said that it will end.
    shut_down: bool,
}

impl Server {
    /// Waits for the editor to introduce itself.
    fn start(
        lang: Option<Lang>,
        events: Sender<Event>,
        heard: &Receiver<Event>,
        answers: Sender<Message>,
        cancelled: Cancelled,
    ) -> Option<Self> {
        loop {
            match heard.recv().ok()? {
                Event::Message(Message::Request(request)) if request.method == "initialize" => {
                    let id = request.id.clone();
                    let params: InitializeParams = match serde_json::from_value(request.params) {
                        Ok(params) => params,
                        Err(error) => {
                            let wrong = ErrorCode::InvalidParams as i32;
                            let _ = answers.send(Response::new_err(id, wrong, error.to_string()).into());
                            continue;
                        }
                    };
                    let _ = answers.send(Response::new_ok(id, dispatch::capabilities()).into());
                    let desk = desk(lang, &params);
                    if dispatch::can_watch(&params) {
                        let _ = answers.send(dispatch::watch().into());
                    }
                    let told = diagnostics::Told::default();
                    let waiting = None;
                    return Some(Self {
                        desk,
                        told,
                        events,
                        answers,
                        cancelled,
                        waiting,
                        busy: false,
                        shut_down: false,
                    });
                }
                Event::Message(Message::Request(request)) => {
                    let wrong = ErrorCode::ServerNotInitialized as i32;
                    let _ = answers.send(Response::new_err(request.id, wrong, "initialize first".to_owned()).into());
                }
                Event::Message(Message::Notification(n)) if n.method == "exit" => return None,
                Event::End => return None,
                _ => {}
            }
        }
    }

    fn run(mut self, heard: &Receiver<Event>) -> bool {
        loop {
            let pause = match &self.waiting {
                _ if self.desk.dirty => Some(PAUSE),
                Some((_, _, due)) if !self.busy => Some(due.saturating_duration_since(Instant::now())),
                _ => None,
            };
            let event = match pause.map_or_else(|| heard.recv().map_err(Into::into), |p| heard.recv_timeout(p)) {
                Ok(event) => event,
                Err(RecvTimeoutError::Timeout) if self.desk.dirty => {
                    self.refresh();
                    continue;
                }
                Err(RecvTimeoutError::Timeout) => {
                    self.check_beside();
                    continue;
                }
                Err(RecvTimeoutError::Disconnected) => return false,
            };
            match event {
                Event::End => return false,
                Event::Garbage => self.log("lsp-garbage"),
                Event::GivenUp => self.busy = false,
                Event::Checked(number, view, cost) => {
                    self.busy = false;
                    let view = self.desk.arrived(number, *view, cost);
                    self.publish(&view);
                }
                Event::Message(Message::Response(_)) => {}
                Event::Message(Message::Notification(n)) if n.method == "exit" => return self.shut_down,
                Event::Message(Message::Notification(n)) => self.notified(n),
                Event::Message(Message::Request(request)) => self.asked(request),
            }
        }
    }

    fn send(&self, message: impl Into<Message>) {
        // An editor that has gone away hears nothing; the reader will say that it has.
        let _ = self.answers.send(message.into());
    }

    fn log(&self, id: &str) {
        let params = serde_json::json!({ "type": 2, "message": self.desk.say(id, &[]) });
        self.send(Notification { method: "window/logMessage".to_owned(), params });
    }

    /// Brings the views up to date, tells what was found, and lets the rest be checked beside.
    fn refresh(&mut self) {
        let (view, beside) = self.desk.refresh();
        if let Some(view) = view {
            self.publish(&view);
        }
        // The first time nobody is waiting to type on.
        let rest = if self.desk.whole_is_known() { REST } else { Duration::ZERO };
        self.waiting = beside.map(|(number, job)| (number, job, Instant::now() + rest));
    }

    /// Lets the whole project be checked in a thread of its own.
    fn check_beside(&mut self) {
        let Some((number, job, _)) = self.waiting.take() else { return };
        let events = self.events.clone();
        self.busy = true;
        std::thread::spawn(move || {
            let started = Instant::now();
            let event = match Job::run(job) {
                Some(view) => Event::Checked(number, Box::new(view), started.elapsed()),
                None => Event::GivenUp,
            };
            let _ = events.send(event);
        });
    }

    fn publish(&mut self, view: &View) {
        let mut made = diagnostics::diagnostics(view, &self.desk);
        if view.partial {
            // Whether a setting or a rule is of use only the whole project can tell.
            made.retain(|uri, _| uri.ends_with(".plan"));
        } else {
            // What was edited since is told by the view of the edit.
            made.retain(|uri, _| {
                let path = self.desk.path(&gen_lsp_types::Uri(uri.clone()));
                path.is_none_or(|path| self.desk.is_current(&path))
            });
        }
        for (uri, diagnostics) in self.told.news(made, !view.partial) {
            let version = self.desk.version(&uri);
            let params = PublishDiagnosticsParams { uri, version, diagnostics };
            self.send(Notification::new("textDocument/publishDiagnostics".to_owned(), params));
        }
    }

    fn notified(&mut self, notification: Notification) {
        fn params<T: serde::de::DeserializeOwned>(n: Notification) -> Option<T> {
            serde_json::from_value(n.params).ok()
        }
        match notification.method.as_str() {
            "textDocument/didOpen" => {
                if let Some(DidOpenTextDocumentParams { text_document: t }) = params(notification) {
                    self.desk.open(t.uri, t.version, t.text);
                }
            }
            "textDocument/didChange" => {
                if let Some(DidChangeTextDocumentParams { text_document: t, content_changes }) = params(notification) {
                    let uri = &t.text_document_identifier.uri;
                    if !self.desk.change(uri, t.version, content_changes) {
                        self.log("lsp-unknown-change");
                    }
                }
            }
            "textDocument/didClose" => {
                if let Some(DidCloseTextDocumentParams { text_document: t }) = params(notification) {
                    self.desk.close(&t.uri);
                }
            }
            "workspace/didChangeWatchedFiles" => {
                if let Some(DidChangeWatchedFilesParams { changes }) = params(notification) {
                    let uris: Vec<_> = changes.into_iter().map(|c| c.uri).collect();
                    self.desk.changed_on_disk(&uris);
                }
            }
            _ => {}
        }
    }

    fn asked(&mut self, request: Request) {
        let id = request.id.clone();
        let stop = Stop::default();
        let begun = self.cancelled.lock().map_or(true, |mut all| all.begin(&id, &stop));
        let cancelled = |id| Response::new_err(id, ErrorCode::RequestCanceled as i32, "cancelled".to_owned());
        let response = if !begun {
            cancelled(id.clone())
        } else if request.method == "shutdown" {
            self.shut_down = true;
            Response::new_ok(id.clone(), serde_json::Value::Null)
        } else if self.shut_down {
            Response::new_err(id.clone(), ErrorCode::InvalidRequest as i32, "the session is shut down".to_owned())
        } else {
            if self.desk.dirty {
                self.refresh();
            }
            // A defect in one answer must not end the conversation.
            let desk = &mut self.desk;
            desk.asked = stop.clone();
            let answer = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| dispatch::answer(desk, request)));
            answer.unwrap_or_else(|_| {
                Response::new_err(id.clone(), ErrorCode::InternalError as i32, "a defect of totsugo".to_owned())
            })
        };
        if let Ok(mut all) = self.cancelled.lock() {
            all.running = None;
        }
        // What was cut short is no answer.
        self.send(if stop.is_set() { cancelled(id) } else { response });
    }
}

/// The desk for a session: in the folder that the editor has open.
fn desk(lang: Option<Lang>, params: &InitializeParams) -> Desk {
    let folders = match &params.workspace_folders_initialize_params.workspace_folders {
        Some(WorkspaceFolders::WorkspaceFolderList(folders)) => folders.as_slice(),
        _ => &[],
    };
    let mut folders: Vec<PathBuf> = folders.iter().filter_map(|f| place::path_of(&f.uri)).collect();
    #[expect(deprecated, reason = "editors without workspace folders still say it so")]
    let root = params.root_uri.as_ref().and_then(place::path_of);
    let first = if folders.is_empty() { root } else { Some(folders.remove(0)) };
    // Places of the settings are seen from the folder of the project.
    if let Some(first) = first.filter(|f| f.is_dir()) {
        let _ = std::env::set_current_dir(first);
    }
    let root = std::env::current_dir().and_then(|d| d.canonicalize()).unwrap_or_else(|_| Path::new(".").to_path_buf());
    let spoken = params.locale.as_deref().map(|l| if l.starts_with("ja") { Lang::Ja } else { Lang::En });
    let mut desk = Desk::new(Arc::new(Messages::new()), Lang::Ja, root, folders);
    desk.versioned = dispatch::takes_versions(params);
    desk.snippets = dispatch::can_snippets(params);
    desk.lang = lang.or(desk.settings().config.lang).or(spoken).unwrap_or_default();
    desk
}
