// The extension: finds the program, keeps its language server running and offers the commands.
'use strict';
const vscode = require('vscode');
const { CloseAction, ErrorAction, LanguageClient, RevealOutputChannelOn, State } = require('vscode-languageclient/node');
const options = require('./options');
const program = require('./program');

const { l10n } = vscode;

/** @type {LanguageClient | undefined} */
let client;
/** @type {vscode.LogOutputChannel} */
let output;
/** @type {vscode.ExtensionContext} */
let context;
/** One start or stop after the other, never two at once. */
let work = Promise.resolve();

function settings() {
  const all = vscode.workspace.getConfiguration('totsugo');
  const folder = vscode.workspace.workspaceFolders?.find((f) => f.uri.scheme === 'file')?.uri.fsPath;
  return { configured: all.get('path', ''), language: all.get('language', 'auto'), folder };
}

/** @param {(() => unknown)} step */
function next(step) {
  work = work.then(step).then(
    () => undefined,
    (error) => output.error(String(error?.stack ?? error)),
  );
  return work;
}

/**
 * A message with things to do about it.
 * @param {string} message
 * @param {Record<string, () => unknown>} actions
 */
async function tell(message, actions) {
  output.error(message);
  const chosen = await vscode.window.showErrorMessage(message, ...Object.keys(actions));
  await actions[chosen ?? '']?.();
}

const openSettings = () => vscode.commands.executeCommand('workbench.action.openSettings', 'totsugo.path');
const openHelp = () =>
  vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.joinPath(context.extensionUri, 'README.md'));

/** @param {string} configured */
function tellMissing(configured) {
  const message =
    configured.trim() === ''
      ? l10n.t(
          'The program totsugo was not found. Install it with "cargo install --path ." in the folder of totsugo, or set where it is. Until then only highlighting and snippets work.',
        )
      : l10n.t('There is no program at "{0}", which the setting totsugo.path names. Correct it, or leave it empty.', configured);
  void tell(message, { [l10n.t('Open the Setting')]: openSettings, [l10n.t('How to Install')]: openHelp });
}

/** @param {string} file */
function tellStopped(file) {
  const message = l10n.t(
    'The language server of totsugo does not run. Perhaps "{0}" is too old to know the command lsp; install the present version, then restart it.',
    file,
  );
  void tell(message, {
    [l10n.t('Restart')]: () => next(restart),
    [l10n.t('Show the Output')]: () => output.show(),
    [l10n.t('How to Install')]: openHelp,
  });
}

async function start() {
  if (!vscode.workspace.isTrusted) {
    output.info(l10n.t('This folder is not trusted, so the program is not started.'));
    return;
  }
  const { configured, language, folder } = settings();
  const file = program.find({ configured, folder });
  if (file === undefined) {
    tellMissing(configured);
    return;
  }
  const again = options.patience();
  const server = options.server({ program: file, language, folder });
  output.info(`${server.command} ${server.args.join(' ')}`);
  let told = false;
  const stopped = () => {
    if (!told) {
      told = true;
      tellStopped(file);
    }
  };
  const started = new LanguageClient('totsugo', 'totsugo', server, {
    documentSelector: options.documents,
    outputChannel: output,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    synchronize: { fileEvents: watchers },
    initializationFailedHandler: (error) => {
      output.error(String(error?.message ?? error));
      return false;
    },
    errorHandler: {
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: () => {
        // A server that ends before it answered does not get better by being started again.
        if (started.state !== State.Starting && again()) {
          return { action: CloseAction.Restart, handled: true };
        }
        stopped();
        return { action: CloseAction.DoNotRestart, handled: true };
      },
    },
  });
  client = started;
  try {
    await started.start();
  } catch (error) {
    output.error(String(error));
    stopped();
  }
}

async function stop() {
  const ending = client;
  client = undefined;
  try {
    await ending?.dispose();
  } catch (error) {
    // It had ended already, or does not listen: nothing is left to stop.
    output.warn(String(error));
  }
}

async function restart() {
  await stop();
  await start();
}

/** Checks the folder in the terminal. Run as a process, not through a shell: no name of a folder is ever a command. */
async function check() {
  const { configured, language, folder } = settings();
  if (folder === undefined) {
    void vscode.window.showInformationMessage(l10n.t('Open a folder of plans first.'));
    return;
  }
  if (!vscode.workspace.isTrusted) {
    void vscode.window.showInformationMessage(l10n.t('This folder is not trusted, so the program is not started.'));
    return;
  }
  const file = program.find({ configured, folder });
  if (file === undefined) {
    tellMissing(configured);
    return;
  }
  const task = new vscode.Task(
    { type: 'process' },
    vscode.TaskScope.Workspace,
    l10n.t('check'),
    'totsugo',
    new vscode.ProcessExecution(file, options.args('check', language), { cwd: folder }),
  );
  task.presentationOptions = { reveal: vscode.TaskRevealKind.Always, clear: true, showReuseMessage: false };
  await vscode.workspace.saveAll(false);
  await vscode.tasks.executeTask(task);
}

/** @type {vscode.FileSystemWatcher[]} */
let watchers = [];

/** @param {vscode.ExtensionContext} given */
async function activate(given) {
  context = given;
  output = vscode.window.createOutputChannel('totsugo', { log: true });
  watchers = options.watched.map((glob) => vscode.workspace.createFileSystemWatcher(glob));
  context.subscriptions.push(
    output,
    ...watchers,
    vscode.commands.registerCommand('totsugo.restart', () => next(restart)),
    vscode.commands.registerCommand('totsugo.check', check),
    vscode.commands.registerCommand('totsugo.output', () => output.show()),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('totsugo.path') || change.affectsConfiguration('totsugo.language')) {
        void next(restart);
      }
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => next(restart)),
  );
  await next(start);
}

function deactivate() {
  return next(stop);
}

module.exports = { activate, deactivate };
