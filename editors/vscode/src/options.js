// How the server is started and for which documents it is asked. Knows nothing of VS Code.
'use strict';

/** The documents that the server looks after. YAML files belong to other extensions; they are chosen by name. */
const documents = [
  { scheme: 'file', language: 'totsugo-plan' },
  { scheme: 'file', language: 'totsugo-rules' },
  { scheme: 'file', pattern: '**/*.mapping.yaml' },
  { scheme: 'file', pattern: '**/totsugo.yaml' },
];

/** The files whose change on the disk the server is told of: all that a check reads. */
const watched = [
  '**/*.{plan,rules}',
  '**/*.mapping.yaml',
  '**/totsugo.yaml',
  '**/*.plan.{json,yaml}',
  '**/*.{xlsx,xlsm,xls,ods,csv,tsv}',
];

/**
 * @param {string} command `lsp` or `check`
 * @param {string} language the setting: `auto`, `ja` or `en`
 * @returns {string[]}
 */
function args(command, language) {
  return language === 'ja' || language === 'en' ? [command, '--lang', language] : [command];
}

/**
 * The process of the server. It speaks over standard input and output and runs in the folder that is open, where
 * the settings are read from. (No `transport`: the client would add an option --stdio.)
 * @param {{ program: string, language: string, folder: string | undefined }} start
 */
function server({ program, language, folder }) {
  return { command: program, args: args('lsp', language), options: folder === undefined ? {} : { cwd: folder } };
}

/** A server that ends this often within the time is not started again. */
const restarts = { most: 3, within: 3 * 60 * 1000 };

/**
 * Says, at every end of the server, whether to start it again.
 * @param {() => number} [now]
 * @returns {() => boolean}
 */
function patience(now = Date.now) {
  /** @type {number[]} */
  let ends = [];
  return () => {
    const at = now();
    ends = [...ends.filter((end) => at - end < restarts.within), at];
    return ends.length <= restarts.most;
  };
}

module.exports = { args, documents, patience, server, watched };
