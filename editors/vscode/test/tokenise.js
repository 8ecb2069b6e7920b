// Lines to scopes, with the engine that VS Code itself uses.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const oniguruma = require('vscode-oniguruma');
const { Registry, INITIAL, parseRawGrammar } = require('vscode-textmate');

const extension = path.join(__dirname, '..');
const files = {
  'source.totsugo.plan': 'syntaxes/plan.tmLanguage.json',
  'source.totsugo.rules': 'syntaxes/rules.tmLanguage.json',
};

let registry;
async function grammar(scope) {
  if (!registry) {
    const wasm = fs.readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm'));
    await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));
    registry = new Registry({
      onigLib: Promise.resolve({
        createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
        createOnigString: (text) => new oniguruma.OnigString(text),
      }),
      loadGrammar: async (name) => {
        const file = files[name];
        return file ? parseRawGrammar(fs.readFileSync(path.join(extension, file), 'utf8'), file) : null;
      },
    });
  }
  return registry.loadGrammar(scope);
}

/**
 * The tokens of a text, line by line: `{ text, scopes }`, the scope of the whole file and the ending
 * `.totsugo` left out.
 */
async function tokenise(scope, text) {
  const rules = await grammar(scope);
  let stack = INITIAL;
  return text.split(/\r?\n/u).map((line) => {
    const result = rules.tokenizeLine(line, stack);
    stack = result.ruleStack;
    return result.tokens
      .map(({ startIndex, endIndex, scopes }) => ({
        text: line.slice(startIndex, endIndex),
        scopes: scopes.slice(1).map((s) => s.replace(/\.totsugo$/u, '')),
      }))
      .filter((token) => token.text.trim() !== '');
  });
}

const scopeOf = (file) => (file.endsWith('.plan') ? 'source.totsugo.plan' : 'source.totsugo.rules');

module.exports = { tokenise, scopeOf };

if (require.main === module) {
  // node test/tokenise.js FILE: what each piece of a file is.
  const file = process.argv[2];
  tokenise(scopeOf(file), fs.readFileSync(file, 'utf8')).then((lines) => {
    for (const line of lines) {
      console.log(line.map((t) => `${t.text.trim()}‹${t.scopes.filter((s) => !s.startsWith('meta.')).join(' ')}›`).join(' '));
    }
  });
}
