import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { file, home, program, started, stopped } from "./page.js";

const axe = readFileSync(join(home, "tests/browser/node_modules/axe-core/axe.min.js"), "utf8");
const servers = [];
after(async () => {
  for (const server of servers) server.kill();
  await stopped();
});

const plan = (rate) => `集計 "a" R4 {\n  | 項番 | 事業数 | KPI設定 | 達成 | 達成率 |\n  | I-1 | 4 | 4 | 3 | ${rate} |\n}\n`;

/** A folder of its own and a server for it. */
async function served(name, files, ...options) {
  const folder = file(name);
  mkdirSync(folder);
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
  const server = spawn(program, ["serve", "--port", "0", ...options], { cwd: folder, env: { ...process.env, TOTSUGO_LANG: "" } });
  servers.push(server);
  const url = await new Promise((resolve) => server.stdout.on("data", (data) => {
    const found = /http:\/\/[^ ]+/.exec(String(data));
    if (found) resolve(found[0]);
  }));
  return { url, folder, server };
}

/** The page, and everything that a reader must never see. */
async function opened(url, options = {}) {
  const context = await (await started()).newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const wrong = [];
  page.on("console", (message) => { if (["error", "warning"].includes(message.type())) wrong.push(message.text()); });
  page.on("pageerror", (error) => wrong.push(String(error)));
  page.on("request", (request) => { if (!request.url().startsWith(url) && !request.url().startsWith("data:")) wrong.push(`request ${request.url()}`); });
  await page.goto(url);
  await page.waitForFunction(() => !document.getElementById("live").textContent.includes("最初の検査"), null, { timeout: 60_000 });
  return { page, wrong, close: () => context.close() };
}

/** Drops files on the page as a hand would. */
async function drop(page, ...files) {
  const transfer = await page.evaluateHandle((files) => {
    const transfer = new DataTransfer();
    for (const [name, base64] of files) {
      const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      transfer.items.add(new File([bytes], name));
    }
    return transfer;
  }, files.map(([name, bytes]) => [name, Buffer.from(bytes).toString("base64")]));
  await page.dispatchEvent("body", "dragover", { dataTransfer: transfer });
  await page.dispatchEvent("body", "drop", { dataTransfer: transfer });
}

test("a workbook that is dropped shows its findings, and goes when it is removed", async () => {
  const { url } = await served("drop", {});
  const { page, wrong, close } = await opened(url);
  assert.match(await page.textContent("#live"), /まだ計画も表計算のファイルもありません/);
  await drop(page, ["資料2-1.xlsx", readFileSync(join(home, "examples/workbooks/資料2-1.xlsx"))]);
  const guest = page.locator(".live-guest", { hasText: "資料2-1.xlsx" });
  await guest.waitFor({ timeout: 60_000 });
  assert.match(await guest.textContent(), /見出しからの推測/);
  assert.ok((await guest.locator("ol li").count()) > 0, "it has findings");
  assert.match(await page.textContent("#live-state"), /画面を新しくしました/);
  // Each leads to the whole finding, with both places, in the report below.
  const links = await guest.locator("ol a").evaluateAll((all) => all.map((a) => a.getAttribute("href")));
  for (const link of links) assert.equal(await page.locator(`article.finding${link}`).count(), 1, link);
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run("#live", { resultTypes: ["violations"] }));
  assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes[0].html}`), []);
  if (process.env.PICTURES) await page.screenshot({ path: join(process.env.PICTURES, "serve.png") });
  await guest.locator("[data-remove]").click();
  await guest.waitFor({ state: "detached", timeout: 60_000 });
  assert.deepEqual(wrong, []);
  await close();
});

test("a file that changes renews the page, and what the reader has set stays", async () => {
  const many = Array.from({ length: 40 }, (_, n) => `集計 "s${n}" R4 {\n  | 項番 | 事業数 | KPI設定 | 達成 | 達成率 |\n  | I-1 | 4 | 4 | 3 | 60% |\n}\n`).join("");
  const { url, folder } = await served("renew", { "a.plan": plan("70%"), "b.plan": many });
  const { page, wrong, close } = await opened(url);
  await page.locator("#list > .finding").nth(20).scrollIntoViewIfNeeded();
  await page.fill("#by-text", "60%");
  await page.locator("#list > .finding:visible").nth(20).scrollIntoViewIfNeeded();
  const before = await page.evaluate(() => [scrollY, location.hash]);
  assert.ok(before[0] > 500);
  const edition = await page.getAttribute("#live", "data-edition");
  writeFileSync(join(folder, "a.plan"), plan("71%"));
  await page.waitForFunction((edition) => document.getElementById("live").dataset.edition !== edition, edition, { timeout: 60_000 });
  await page.waitForFunction(() => document.getElementById("live-state").textContent.includes("新しくしました"));
  assert.ok((await page.textContent("#main")).includes("71%"));
  const now = await page.evaluate(() => [scrollY, location.hash]);
  assert.equal(now[1], before[1]);
  assert.equal(await page.inputValue("#by-text"), "60%");
  assert.equal(await page.locator("#list > .finding:visible").count(), 40);
  assert.ok(Math.abs(now[0] - before[0]) < 60, `${before} ${now}`);
  assert.deepEqual(wrong, []);
  await close();
});

test("what cannot be taken is told on the page, and an end of the server too", async () => {
  const { url, server } = await served("refused", { "a.plan": plan("75%") });
  const { page, close } = await opened(url);
  await drop(page, ["<img src=x onerror=alert(1)>.exe", "x"]);
  await page.locator("#live-trouble").waitFor({ timeout: 60_000 });
  assert.match(await page.textContent("#live-trouble"), /<img src=x onerror=alert\(1\)>.exe: この種類のファイルは読めません/);
  await drop(page, ["壊れた.xlsx", "PK\u0003\u0004"], ["b.exe", "x"]);
  await page.locator(".live-guest", { hasText: "読めませんでした" }).waitFor({ timeout: 60_000 });
  assert.match(await page.textContent("#live-trouble"), /b.exe: この種類/, "it is still told when the page is new");
  server.kill();
  await page.waitForFunction(() => document.getElementById("live-state").textContent.includes("つながりません"), null, { timeout: 60_000 });
  await close();
});

test("another page of the web can neither read the page nor send to it", async () => {
  const { url } = await served("foreign", { "a.plan": plan("70%") });
  const other = await served("foreign-other", {});
  const context = await (await started()).newContext();
  const page = await context.newPage();
  await page.route("http://evil.example/", (route) => route.fulfill({ contentType: "text/html", body: "<p>evil" }));
  await page.goto("http://evil.example/");
  const tried = await page.evaluate(async ([url, other]) => {
    const out = [];
    for (const [method, mode] of [["GET", "cors"], ["POST", "cors"], ["POST", "no-cors"]]) {
      const answer = await fetch(`${url}${method === "POST" ? "drop?name=evil.plan" : ""}`, { method, mode, body: method === "POST" ? "x" : undefined }).catch(() => null);
      out.push(answer ? answer.status : "refused");
    }
    return out;
  }, [url, other.url]);
  assert.deepEqual(tried.filter((t) => t !== "refused" && t !== 0), []);
  await context.close();
  const own = await opened(url);
  assert.doesNotMatch(await own.page.textContent("#live"), /evil/);
  await own.close();
});
