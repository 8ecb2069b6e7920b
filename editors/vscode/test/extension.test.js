// What can be known of the extension without an editor: its parts are there, in both languages, and how it starts the server.
'use strict';
const assert = require('node:assert/strict');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const test = require('node:test');
const options = require('../src/options');
const program = require('../src/program');

const home = path.join(__dirname, '..');
const json = (name) => JSON.parse(fs.readFileSync(path.join(home, name), 'utf8'));
const manifest = json('package.json');

test('all that the manifest names is there', () => {
  const { languages, grammars, snippets } = manifest.contributes;
  const named = [...languages.map((l) => l.configuration), ...grammars.map((g) => g.path), ...snippets.map((s) => s.path)];
  for (const file of [...named, manifest.main, manifest.icon]) {
    assert.ok(fs.existsSync(path.join(home, file)), file);
  }
  for (const { configuration } of languages) {
    const { wordPattern, indentationRules, onEnterRules } = json(configuration);
    for (const pattern of [wordPattern, ...Object.values(indentationRules), ...onEnterRules.map((r) => r.beforeText)]) {
      assert.doesNotThrow(() => new RegExp(pattern, 'u'), pattern);
    }
  }
});

test('every string is there in both languages', () => {
  const [en, ja] = ['package.nls.json', 'package.nls.ja.json'].map(json);
  assert.deepEqual(Object.keys(ja).sort(), Object.keys(en).sort());
  const used = [...JSON.stringify(manifest).matchAll(/%([\w.]+)%/gu)].map((m) => m[1]);
  assert.deepEqual([...new Set(used)].sort(), Object.keys(en).sort());
  const source = fs.readFileSync(path.join(home, 'src/extension.js'), 'utf8');
  const said = [...source.matchAll(/l10n\.t\(\s*'((?:[^'\\]|\\.)*)'/gu)].map((m) => m[1].replace(/\\'/gu, "'"));
  assert.ok(said.length > 5);
  assert.deepEqual([...new Set(said)].sort(), Object.keys(json('l10n/bundle.l10n.ja.json')).sort());
});

test('the commands of the manifest are those of the extension', () => {
  const source = fs.readFileSync(path.join(home, 'src/extension.js'), 'utf8');
  for (const { command } of manifest.contributes.commands) {
    assert.ok(source.includes(`registerCommand('${command}'`), command);
  }
});

test('the server is started in the folder and language that are wanted', () => {
  const start = { program: '/bin/totsugo', language: 'auto', folder: '/plans' };
  assert.deepEqual(options.server(start), { command: '/bin/totsugo', args: ['lsp'], options: { cwd: '/plans' } });
  assert.deepEqual(options.server({ ...start, language: 'en', folder: undefined }).args, ['lsp', '--lang', 'en']);
  assert.deepEqual(options.args('check', 'x; rm -rf /'), ['check']);
});

test('a server that ends again and again is given up', () => {
  let now = 0;
  const again = options.patience(() => now);
  assert.deepEqual([again(), again(), again(), again()], [true, true, true, false]);
  now += 10 * 60 * 1000;
  assert.equal(again(), true);
});

test('the program is found where it is, and never chosen by the open folder', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'totsugo-'));
  const file = path.join(folder, 'totsugo');
  fs.writeFileSync(file, '#!/bin/sh\n', { mode: 0o755 });
  const at = { configured: '', folder: undefined, home: '/nowhere', env: { PATH: `.:${folder}` }, platform: 'linux' };
  assert.equal(program.find(at), file);
  assert.equal(program.find({ ...at, env: { PATH: '.' }, folder }), undefined);
  assert.equal(program.find({ ...at, configured: '${workspaceFolder}/totsugo', folder }), file);
  assert.equal(program.find({ ...at, configured: '/no/such/program' }), undefined);
  fs.rmSync(folder, { recursive: true });
});
