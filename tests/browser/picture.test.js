// The picture of references: what it looks like alone, and how it is zoomed and followed in a page.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { file, home, open, stopped } from "./page.js";

after(stopped);

const program = process.env.TOTSUGO || join(home, "target", "debug", "totsugo");
const own = (name) => readFileSync(join(home, "src/render/picture", name), "utf8");

/** The picture of some places, in a page with the look and the script that the report brings along. */
function held(name, ...places) {
  const ran = spawnSync(program, ["graph", "--format", "svg", ...places], { cwd: home, encoding: "utf8" });
  assert.equal(ran.status, 0, ran.stderr);
  const alone = file(`${name}.svg`);
  writeFileSync(alone, ran.stdout);
  const svg = ran.stdout.replace(/^[^]*?<svg/, "<svg").replace(/<style>[^]*?<\/style>/, "");
  const buttons = ["in", "out", "whole", "real"].map((does) => `<button type="button" data-does="${does}">${does}</button>`);
  const page = file(`${name}.html`);
  writeFileSync(page, `<!DOCTYPE html><html lang="ja"><meta charset="utf-8"><title>図</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<style>${own("picture.css")}</style><div class="totsugo-figure" data-picture="picture" data-to="指す先" data-from="指す元"
data-same="同じもの" data-none="なし"><div class="pic-tools" role="toolbar" hidden>${buttons.join("")}</div>
<div class="pic-view" tabindex="0" role="group" aria-label="図">${svg}</div><div class="pic-detail" role="status"></div></div>
<script>${own("picture.js")}</script></html>`);
  return { alone, page };
}

mkdirSync(file("small"));
writeFileSync(join(file("small"), "a.plan"), `文書 甲
分野 Ⅰ "行政" {
  事業 1 "一"
  再掲 事業 No1 "一"
  再掲 事業 No9 "迷子"
}
`);
const small = held("small", file("small"));
const specs = held("specs", "specs");
const scale = (page) => page.locator(".totsugo-figure").evaluate((figure) => Number(figure.dataset.scale));

test("buttons, keys and Ctrl with the wheel zoom; arrows move", async () => {
  const { page, wrong, close } = await open(specs.page);
  const first = await scale(page);
  await page.focus(".pic-view");
  await page.keyboard.press("+");
  assert.ok(await scale(page) > first);
  await page.keyboard.press("-");
  assert.equal(await scale(page), first);
  await page.keyboard.press("0");
  const whole = await page.locator(".pic-view").evaluate((v) => v.scrollHeight <= v.clientHeight + 2 && v.scrollWidth <= v.clientWidth + 2);
  assert.ok(whole, "all of it is seen");
  await page.click("button[data-does=real]");
  assert.equal(await scale(page), 1);
  await page.locator(".pic-view").evaluate((v) => v.scrollTo(0, 0));
  await page.focus(".pic-view");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  assert.deepEqual(await page.locator(".pic-view").evaluate((v) => [v.scrollLeft > 0, v.scrollTop > 0]), [true, true]);
  await page.locator(".pic-view").hover();
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, -100);
  await page.keyboard.up("Control");
  await page.waitForFunction(() => Number(document.querySelector(".totsugo-figure").dataset.scale) > 1);
  assert.deepEqual(wrong, []);
  await close();
});

test("Enter follows a 再掲 to what it names, and Escape ends it", async () => {
  const { page, wrong, close } = await open(small.page);
  const [from, to] = await page.locator(".pic-link[data-a]").first().evaluate((l) => [l.dataset.a, l.dataset.b]);
  await page.focus(`#${from}`);
  await page.keyboard.press("Enter");
  assert.match(await page.getAttribute(`#${from}`, "class"), /pic-lit/);
  assert.match(await page.getAttribute(`#${to}`, "class"), /pic-end/);
  assert.equal(await page.locator(".pic-link.pic-lit").count(), 1);
  assert.match(await page.textContent(".pic-detail"), /指す先.*事業 No1/s);
  await page.click(".pic-detail button");
  assert.equal(await page.evaluate(() => document.activeElement.id), to);
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".pic-lit, .pic-end").count(), 0);
  assert.deepEqual(wrong, []);
  await close();
});

test("the other end of the longest reference comes in sight", async () => {
  const { page, close } = await open(specs.page);
  await page.focus(".pic-view");
  await page.keyboard.press("1");
  const ends = await page.evaluate(() => {
    const at = (id) => document.getElementById(id).getBoundingClientRect();
    const far = (l) => Math.abs(at(l.dataset.a).top - at(l.dataset.b).top);
    const link = [...document.querySelectorAll(".pic-link[data-a]")].sort((a, b) => far(b) - far(a))[0];
    return [link.dataset.a, link.dataset.b];
  });
  await page.focus(`#${ends[0]}`);
  await page.keyboard.press("Enter");
  const seen = await page.evaluate((id) => {
    const view = document.querySelector(".pic-view").getBoundingClientRect(), end = document.getElementById(id).getBoundingClientRect();
    return end.top >= view.top && end.bottom <= view.bottom && end.left >= view.left && end.right <= view.right;
  }, ends[1]);
  assert.ok(seen);
  await close();
});

test("a broken 再掲 is red, dashed and marked, and listed with a way to it", async () => {
  const { page, close } = await open(small.page);
  const look = await page.locator(".pic-torn .pic-box").evaluate((box) => {
    const { stroke, strokeDasharray } = getComputedStyle(box);
    return { stroke, strokeDasharray };
  });
  assert.equal(look.stroke, "rgb(179, 0, 27)");
  assert.notEqual(look.strokeDasharray, "none");
  assert.match(await page.textContent(".pic-torn"), /✕ 再掲 No9/);
  await page.click(".pic-go");
  assert.match(await page.getAttribute(".pic-torn", "class"), /pic-lit/);
  await close();
});

test("letters fit into their boxes", async () => {
  const { page, close } = await open(specs.page);
  const wide = await page.evaluate(() => [...document.querySelectorAll(".pic-node")].filter((node) => {
    const box = node.querySelector(".pic-box").getBBox();
    return [...node.querySelectorAll(".pic-text")].some((t) => t.getBBox().x + t.getBBox().width > box.x + box.width);
  }).map((node) => node.textContent));
  assert.deepEqual(wide, []);
  await close();
});
