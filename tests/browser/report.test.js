import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { file, home, open, plans, report, stopped } from "./page.js";

after(stopped);

const axe = readFileSync(join(home, "tests/browser/node_modules/axe-core/axe.min.js"), "utf8");
const specs = report("specs.html", "specs", "--min-severity", "情報");
const english = report("english.html", "specs", "--lang", "en");
const workbooks = report("workbooks.html", "examples/workbooks");

const shown = (page) => page.locator("#list > .finding:visible").count();

/** What axe finds; its script comes in by the debugger, past the policy of the page. */
async function accessible(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return violations.map((v) => `${v.id}: ${v.help}\n  ${v.nodes.slice(0, 4).map((n) => n.html.slice(0, 200) + "\n    " + n.failureSummary).join("\n  ")}`);
}

test("a page opens without a word on the console, a request or a breach of its policy", async () => {
  for (const path of [specs, english, workbooks]) {
    const { page, wrong, close } = await open(path);
    await page.waitForLoadState("load");
    assert.deepEqual(wrong, []);
    assert.ok(await shown(page) > 10);
    await close();
  }
});

test("what is filtered is counted, told, and kept in the address", async () => {
  const { page, wrong, close } = await open(specs);
  const all = await shown(page);
  for (const box of ["warning", "info"]) {
    const input = page.locator(`#filter input[value=${box}]`);
    if (await input.count()) await input.uncheck();
  }
  assert.equal(await shown(page), await page.locator("#list > .error").count());
  assert.match(page.url(), /#\?s=error$/);
  await page.selectOption("#by-document", "資料2-1");
  const few = await shown(page);
  assert.ok(few > 0 && few < all);
  assert.ok((await page.locator("#shown").textContent()).includes(String(few)));
  // The address brings the same back.
  const again = await open(specs, {}, new URL(page.url()).hash);
  assert.equal(await shown(again.page), few);
  assert.equal(await again.page.locator("#by-document").inputValue(), "資料2-1");
  await again.close();
  await page.click("#filter button[type=reset]");
  await page.waitForFunction((n) => document.querySelectorAll("#list > .finding:not([hidden])").length === n, all);
  assert.doesNotMatch(page.url(), /#\?/);
  assert.deepEqual(wrong, []);
  await close();
});

test("a search takes widths as equal", async () => {
  const { page, close } = await open(specs);
  await page.fill("#by-text", "資料２－１");
  const wide = await shown(page);
  await page.fill("#by-text", "資料2-1");
  assert.equal(await shown(page), wide);
  assert.ok(wide > 0);
  await page.fill("#by-text", "どこにもない言葉");
  assert.equal(await shown(page), 0);
  assert.ok(await page.locator("#none").isVisible());
  await close();
});

test("the counts of the tables lead to as many findings", async () => {
  const { page, close } = await open(specs);
  const links = page.locator(".tally .number a");
  for (let n = 0; n < await links.count(); n += 1) {
    const count = Number(await links.nth(n).textContent());
    await links.nth(n).click();
    await page.waitForFunction((n) => document.querySelectorAll("#list > .finding:not([hidden])").length === n, count, { timeout: 5000 });
  }
  await close();
});

test("a link leads to one finding, even past a filter, and can be copied", async () => {
  const { page, wrong, close } = await open(specs, { permissions: ["clipboard-read", "clipboard-write"] });
  const ids = await page.locator("#list > .finding").evaluateAll((all) => all.map((one) => one.id));
  assert.equal(new Set(ids).size, ids.length);
  const id = ids[Math.floor(ids.length / 2)];
  await page.locator(`#${id} .copy`).click();
  assert.ok((await page.evaluate(() => navigator.clipboard.readText())).endsWith(`#${id}`));
  await page.fill("#by-text", "どこにもない言葉");
  await page.evaluate((id) => { location.hash = id; }, id);
  await page.waitForFunction((id) => document.activeElement.id === id, id);
  assert.ok(await page.locator(`#${id}`).isVisible());
  for (const anchor of await page.locator("a[href^='#']:not([href^='#?'])").evaluateAll((all) => all.map((a) => a.getAttribute("href").slice(1)))) {
    assert.ok(await page.evaluate((id) => Boolean(document.getElementById(id)), anchor), `#${anchor} leads nowhere`);
  }
  assert.deepEqual(wrong, []);
  await close();
});

test("the keyboard goes from finding to finding, to the search and out of it, and can be left alone", async () => {
  const { page, close } = await open(specs);
  const focused = () => page.evaluate(() => document.activeElement.id);
  const ids = await page.locator("#list > .finding").evaluateAll((all) => all.map((one) => one.id));
  await page.keyboard.press("j");
  assert.equal(await focused(), ids[0]);
  await page.keyboard.press("j");
  assert.equal(await focused(), ids[1]);
  await page.keyboard.press("k");
  assert.equal(await focused(), ids[0]);
  await page.keyboard.press("/");
  assert.equal(await focused(), "by-text");
  await page.keyboard.type("jk/");
  assert.equal(await page.inputValue("#by-text"), "jk/");
  await page.keyboard.press("Escape");
  assert.equal(await page.inputValue("#by-text"), "");
  await page.uncheck("#keys");
  await page.locator("body").press("j");
  assert.equal(await focused(), "keys");
  await close();
});

test("the explanation of a rule unfolds beside its finding", async () => {
  const { page, close } = await open(specs);
  const why = page.locator(".why").first();
  await why.locator("summary").click();
  await page.waitForFunction(() => !document.querySelector(".why[open] a"));
  assert.ok((await why.locator("p").allTextContents()).join("").length > 40);
  await close();
});

test("charts are found by name and by what is wrong with them", async () => {
  const { page, close } = await open(specs);
  const cards = () => page.locator(".card:visible").count();
  const all = await cards();
  await page.check("#chart-wrong");
  await page.waitForFunction((n) => document.querySelectorAll(".card:not([hidden])").length < n, all);
  assert.equal(await cards(), await page.locator(".card.wrong").count());
  assert.ok(await page.locator(".card.wrong .ring").count() > 0);
  await close();
});

test("the picture of references leads to the findings, and its rows to each other", async () => {
  const { page, wrong, close } = await open(specs);
  const ends = (selector) => page.locator(`#references ${selector}`).evaluateAll((links) =>
    links.map((link) => Boolean(document.getElementById(link.getAttribute("href").slice(1)))));
  for (const found of [await ends(".pic-fault"), await ends("a.pic-node[href]")]) {
    assert.ok(found.length > 5 && found.every(Boolean), `${found}`);
  }
  await page.locator("#references .pic-fault").first().click();
  assert.equal(await page.locator(".finding:target").count(), 1);
  assert.deepEqual(wrong, []);
  await close();
});

for (const colorScheme of ["light", "dark"]) {
  for (const [name, path] of [["specs", specs], ["english", english], ["workbooks", workbooks]]) {
    test(`axe has nothing against ${name}, ${colorScheme}`, async () => {
      const { page, close } = await open(path, { colorScheme });
      await page.evaluate(() => document.querySelectorAll("details").forEach((d) => { d.open = true; }));
      assert.deepEqual(await accessible(page), []);
      await close();
    });
  }
}

test("nothing is wider than a narrow window", async () => {
  for (const width of [360, 800, 1280]) {
    for (const path of [specs, english, workbooks]) {
      const { page, close } = await open(path, { viewport: { width, height: 800 } });
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
      await close();
    }
  }
});

test("without scripts everything can be read", async () => {
  const { page, wrong, close } = await open(specs, { javaScriptEnabled: false });
  assert.ok(await shown(page) > 10);
  assert.ok(!await page.locator("#filter").isVisible());
  assert.deepEqual(wrong, []);
  await close();
});

test("names that want to be markup are names", async () => {
  const name = "<script>alert(1)</script><img src=x onerror=alert(2)>'\\u202E&amp;";
  const plan = file("hostile.plan");
  writeFileSync(plan, `文書 悪意 {\n  題名 "${name}"\n}\n分野 Ⅰ "</script><svg onload=alert(3)>" {\n  指標 "${name}\u202e${"長".repeat(10000)}" {\n    目標 R4: 5人, R5: 9人, R7: 3人\n    実績 R4: 12,34人\n  }\n}\n`);
  const { page, wrong, close } = await open(report("hostile.html", plan, "--min-severity", "情報"));
  page.on("dialog", () => wrong.push("a dialog"));
  assert.ok(await shown(page) > 0);
  assert.equal(await page.locator("body script:not([type]), body img").count(), 1);
  assert.ok((await page.locator(".mark").allTextContents()).includes("U+202E"));
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 1280);
  assert.deepEqual(wrong, []);
  await close();
});

test("no findings are good news", async () => {
  const plan = file("clean.plan");
  writeFileSync(plan, "文書 計画 {\n  年度 R5\n}\n指標 \"利用率\" {\n  目標 R5: 50%\n}\n");
  const { page, wrong, close } = await open(report("clean.html", plan));
  assert.ok(await page.getByText("指摘はありません。", { exact: true }).isVisible());
  assert.deepEqual(await accessible(page), []);
  assert.deepEqual(wrong, []);
  await close();
});

test("on paper every finding is there with its figures, on pages of A4", async () => {
  const { page, close } = await open(specs);
  const pdf = file("specs.pdf");
  await page.pdf({ path: pdf, preferCSSPageSize: true, printBackground: true });
  const info = execFileSync("pdfinfo", [pdf], { encoding: "utf8" });
  assert.match(info, /A4/);
  const pages = Number(info.match(/Pages:\s+(\d+)/)[1]);
  console.log(`specs: ${pages} pages`);
  assert.ok(pages > 5 && pages < 120, `${pages}`);
  const text = execFileSync("pdftotext", [pdf, "-"], { encoding: "utf8" }).normalize("NFKC").replace(/\s/g, "");
  for (const title of await page.locator(".finding .said p:first-child").allTextContents()) {
    assert.ok(text.includes(title.normalize("NFKC").replace(/\s/g, "").slice(0, 12)), title);
  }
  await close();
});

test("ten thousand indicators open", async () => {
  const path = report("many.html", plans(10_000));
  const begun = performance.now();
  const { page, wrong, close } = await open(path);
  await page.waitForFunction(() => document.readyState === "complete" && document.getElementById("shown")?.textContent);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  // Told, not held: a machine may be busy.
  console.log(`10,000 indicators: ${(readFileSync(path).length / 1e6).toFixed(1)} MB, open after ${Math.round(performance.now() - begun)} ms`);
  const many = await page.locator(".card").count();
  assert.ok(many < 1000, `${many} are drawn at first`);
  await page.fill("#chart-text", "99");
  await page.waitForFunction((n) => document.querySelectorAll(".card").length > n, many);
  assert.deepEqual(wrong, []);
  await close();
});

// TOTSUGO_PICTURES=1 keeps pictures for people to look at.
test("pictures", { skip: !process.env.TOTSUGO_PICTURES }, async () => {
  const folder = join(home, "tests/browser/pictures");
  mkdirSync(folder, { recursive: true });
  for (const width of [360, 800, 1280]) {
    for (const colorScheme of ["light", "dark"]) {
      const { page, close } = await open(specs, { viewport: { width, height: 1000 }, colorScheme });
      for (const part of ["summary", "findings", "rates", "charts"]) {
        await page.evaluate((id) => document.getElementById(id).scrollIntoView(), part);
        await page.waitForTimeout(200);
        await page.screenshot({ path: join(folder, `${part}-${width}-${colorScheme}.png`) });
      }
      await close();
    }
  }
  const { page, close } = await open(specs);
  await page.pdf({ path: join(folder, "specs.pdf"), preferCSSPageSize: true, printBackground: true });
  await close();
});
