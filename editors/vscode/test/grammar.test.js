// The grammars on real files: what a word is, and that nothing leaks over the end of a line.
'use strict';
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const test = require('node:test');
const { tokenise, scopeOf } = require('./tokenise');

const root = path.join(__dirname, '../../..');
const below = (folder) =>
  fs
    .readdirSync(path.join(root, folder), { recursive: true })
    .filter((name) => /\.(plan|rules)$/u.test(name))
    .map((name) => path.join(root, folder, name));
const files = ['specs', 'rules', 'examples'].flatMap(below).sort();

const has = (lines, text, scope) =>
  lines.flat().some((t) => t.text.trim() === text && t.scopes.some((s) => s.startsWith(scope)));

test('every real file is read, and comments and texts end with their lines', async () => {
  assert.ok(files.length > 20, `${files.length}`);
  for (const file of files) {
    const text = fs.readFileSync(file, 'utf8');
    const lines = await tokenise(scopeOf(file), text);
    text.split(/\r?\n/u).forEach((line, n) => {
      const tokens = lines[n];
      const first = tokens[0];
      if (/^\s*[#＃]/u.test(line)) {
        assert.ok(first.scopes.some((s) => s.startsWith('comment')), `${file}:${n + 1} ${line}`);
      } else if (first && !tokens.some((t) => t.scopes.some((s) => s.startsWith('string.quoted.triple') || s.startsWith('string.unquoted')))) {
        // A line that is no comment does not begin within one of the line before.
        assert.ok(!first.scopes.some((s) => s.startsWith('comment')), `${file}:${n + 1} ${line}`);
      }
    });
  }
});

test('every plan of the real documents has its words coloured', async () => {
  for (const file of files.filter((f) => f.endsWith('.plan') && f.includes('specs'))) {
    const text = fs.readFileSync(file, 'utf8');
    const lines = await tokenise(scopeOf(file), text);
    text.split(/\r?\n/u).forEach((line, n) => {
      const word = /^\s*(文書|分野|項目|事業|指標|集計|目標|実績|状況|基準|担当|再掲)(?=\s)/u.exec(line)?.[1];
      if (word) {
        const token = lines[n][0];
        assert.equal(token.text.trim(), word, `${file}:${n + 1}`);
        assert.ok(token.scopes.some((s) => /^(keyword|storage|entity|support|variable)/u.test(s)), `${file}:${n + 1} ${JSON.stringify(token)}`);
      }
    });
  }
});

test('words of a plan are what they are', async () => {
  const lines = await tokenise(
    'source.totsugo.plan',
    '再掲 事業 No10 "ＤＸ \\" 推進" { # 注\n目標 R4: 61.0%, 令和5年度: 40百万枚 (変更前: 121万件)\n}\n集計 "a" R4 {\n| 項番 | 達成 |\n| Ⅰ-1 | 7事業 |\n}\nprogram 1 "a" { target R6: 運用 }',
  );
  assert.ok(has(lines, '# 注', 'comment') || has(lines, '#', 'punctuation.definition.comment'));
  assert.ok(has(lines, '61.0%', 'constant.numeric') || has(lines, '61.0', 'constant.numeric'));
  assert.ok(lines[1].some((t) => t.text.includes('R4') && t.scopes.length > 0));
  assert.ok(has(lines, '事業', 'storage') || has(lines, '事業', 'keyword') || has(lines, '事業', 'entity'));
  assert.ok(lines[0].some((t) => t.scopes.some((s) => s.startsWith('string'))));
  assert.ok(lines[1].every((t) => !t.scopes.some((s) => s.startsWith('comment') || s.startsWith('string'))));
});
