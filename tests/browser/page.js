// Makes reports with the program and opens them in Chromium, watching for whatever a reader must never see.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

export const home = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
export const program = process.env.TOTSUGO || join(home, "target", "debug", "totsugo");
const folder = mkdtempSync(join(tmpdir(), "totsugo-report-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

/** A file of its own for a test. */
export const file = (name) => join(folder, name);

/** The report of some places, as a file. */
export function report(name, ...places) {
  const out = file(name);
  const ran = spawnSync(program, ["report", ...places, "-o", out], {
    cwd: home, encoding: "utf8", env: { ...process.env, TOTSUGO_LANG: "" },
  });
  if (ran.status !== 0 && !existsSync(out)) throw new Error(`${ran.status} ${ran.stdout} ${ran.stderr} ${ran.error}`);
  return out;
}

/** A folder of plans with this many indicators, a hundred to a document; every fiftieth has an interim target too high. */
export function plans(indicators) {
  const folder = file("plans");
  mkdirSync(folder);
  for (let document = 0; document * 100 < indicators; document += 1) {
    let text = `文書 P${document} {\n  題名 "第${document}計画"\n  年度 R5\n}\n`;
    for (let field = 1; field <= 5; field += 1) {
      text += `分野 Ⅰ-${field} "第${document}計画の分野${field}" {\n`;
      for (let n = 1; n <= 20; n += 1) {
        const number = document * 100 + (field - 1) * 20 + n;
        const high = number % 50 === 0 ? 9000 : 300;
        text += `  指標 "指標その${number}" {\n    基準 R3: 100件\n    目標 R4: 150件, R5: 200件, R6: ${high}件, R7: 400件\n    実績 R4: ${140 + n}件\n  }\n`;
      }
      text += "}\n";
    }
    writeFileSync(join(folder, `${document}.plan`), text);
  }
  return folder;
}

let browser;

/** Chromium, started once. Debian's is used; nothing is downloaded. */
export async function started() {
  browser ??= await chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu"],
  });
  return browser;
}

export async function stopped() {
  await browser?.close();
}

/** Opens a file. `wrong` collects messages of the console, errors, and every request for anything else. */
export async function open(path, options = {}, hash = "") {
  const context = await (await started()).newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const wrong = [];
  const url = pathToFileURL(path).href + hash;
  page.on("console", (message) => { if (["error", "warning"].includes(message.type())) wrong.push(message.text()); });
  page.on("pageerror", (error) => wrong.push(String(error)));
  page.on("request", (request) => { if (request.url() !== url.split("#")[0]) wrong.push(`request ${request.url()}`); });
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
  });
  await page.goto(url);
  return { page, wrong, close: () => context.close() };
}
