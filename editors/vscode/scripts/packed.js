// Says what is in the package, and fails if something that it needs is not, or something that it must not hold is.
'use strict';
const fs = require('node:fs');

/**
 * The names in a zip, from its central directory.
 * @param {Buffer} zip
 */
function names(zip) {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0) {
    throw new Error('not a package');
  }
  let at = zip.readUInt32LE(end + 16);
  const all = [];
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [name, extra, comment] = [28, 30, 32].map((field) => zip.readUInt16LE(at + field));
    all.push(zip.toString('utf8', at + 46, at + 46 + name));
    at += 46 + name + extra + comment;
  }
  return all.sort();
}

const held = names(fs.readFileSync(process.argv[2]));
const needed = [
  'package.json', 'package.nls.json', 'package.nls.ja.json', 'icon.png', 'dist/extension.js', 'l10n/bundle.l10n.ja.json',
  'language/plan.json', 'language/rules.json', 'snippets/plan.json', 'snippets/rules.json',
  'syntaxes/plan.tmLanguage.json', 'syntaxes/rules.tmLanguage.json',
].map((name) => `extension/${name}`);
const missing = needed.filter((name) => !held.includes(name));
const strange = held.filter((name) => /node_modules|\/src\/|\/test\/|\.env|package-lock/u.test(name));
console.log(held.join('\n'));
if (missing.length > 0 || strange.length > 0) {
  console.error(`missing: ${missing.join(', ')}; must not be there: ${strange.join(', ')}`);
  process.exit(1);
}
