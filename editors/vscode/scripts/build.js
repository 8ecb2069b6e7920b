// Bundles the extension with its language client into one file; VS Code itself gives the module vscode.
'use strict';
const path = require('node:path');
const esbuild = require('esbuild');

const home = path.join(__dirname, '..');
esbuild.buildSync({
  absWorkingDir: home,
  entryPoints: ['src/extension.js'],
  outfile: 'dist/extension.js',
  bundle: true,
  minify: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  external: ['vscode'],
  logLevel: 'warning',
});
