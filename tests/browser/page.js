// Makes reports with the program and opens them in Chromium, watching for whatever a reader must never see.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
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

export function corpus(indicators) {
  execFileSync("cargo", ["run", "--quiet", "--release", "--example", "corpus", "--", String(indicators), "--out", file("corpus")], { cwd: home });
  return file("corpus");
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
