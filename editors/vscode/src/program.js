// Where the program is. Knows nothing of VS Code, so that it can be tested by itself.
'use strict';
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

/**
 * @typedef {object} Surroundings
 * @property {string} configured the setting `totsugo.path`, empty if not set
 * @property {string | undefined} folder the folder that is open
 * @property {string} home
 * @property {NodeJS.ProcessEnv} env
 * @property {string} platform
 */

/**
 * Every place where the program may be, best first. A setting is the only place: if it is wrong, that is told
 * instead of running another program.
 * @param {Surroundings} at
 * @returns {string[]}
 */
function places({ configured, folder, home, env, platform }) {
  const { join, delimiter, isAbsolute } = platform === 'win32' ? path.win32 : path.posix;
  const names = (/** @type {string} */ name) =>
    platform === 'win32' && !/\.(exe|cmd|bat)$/iu.test(name) ? [`${name}.exe`] : [name];
  const onPath = (/** @type {string} */ name) =>
    // On Windows the variable is called Path, and its letters do not matter.
    (env[Object.keys(env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH'] ?? '')
      .split(delimiter)
      // A place that depends on the open folder would let the folder choose the program.
      .filter((part) => isAbsolute(part))
      .flatMap((part) => names(name).map((n) => join(part, n)));
  const wanted = configured.trim();
  if (wanted === '') {
    return [...onPath('totsugo'), ...names('totsugo').map((n) => join(home, '.cargo', 'bin', n))];
  }
  const expanded = wanted.replace(/^~(?=[/\\])/u, () => home).replace(/^\$\{workspaceFolder\}/u, () => folder ?? '');
  if (isAbsolute(expanded)) {
    return names(expanded);
  }
  return /[/\\]/u.test(expanded) ? names(join(folder ?? '', expanded)) : onPath(expanded);
}

/**
 * @param {string} file
 * @returns {boolean} whether there is a file that may be run
 */
function runs(file) {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

/**
 * The program, or undefined.
 * @param {Pick<Surroundings, 'configured' | 'folder'> & Partial<Surroundings>} at
 * @param {(file: string) => boolean} [isProgram]
 * @returns {string | undefined}
 */
function find(at, isProgram = runs) {
  const whole = { home: os.homedir(), env: process.env, platform: process.platform, ...at };
  return places(whole).find((file) => isProgram(file));
}

module.exports = { find, places };
