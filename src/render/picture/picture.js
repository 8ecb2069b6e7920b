// Zooming and following in pictures of references. Without it a picture can be read, and its links followed, all the same.
(() => {
  "use strict";
  const NEAREST = 3, STEP = 1.25, MOVE = 80;

  const start = (figure) => {
    const svg = document.getElementById(figure.dataset.picture);
    const view = figure.querySelector(".pic-view");
    const tools = figure.querySelector(".pic-tools");
    const detail = figure.querySelector(".pic-detail");
    if (!svg || !view || !tools || !detail || figure.dataset.started) return;
    figure.dataset.started = "yes";
    const real = { w: svg.viewBox.baseVal.width, h: svg.viewBox.baseVal.height };
    const arrow = svg.querySelector("marker");
    const tips = arrow ? { off: `url(#${arrow.id})`, on: `url(#${arrow.id}-on)` } : null;
    let scale = 1;

    // --- Zoom: the picture gets larger or smaller in a view that scrolls.
    const whole = () => Math.min(view.clientWidth / real.w, view.clientHeight / real.h);
    const farthest = () => Math.min(whole(), 1) * 0.9;
    const zoom = (to, at) => {
      const next = Math.min(NEAREST, Math.max(farthest(), to));
      const point = at || { x: view.clientWidth / 2, y: view.clientHeight / 2 };
      const x = (view.scrollLeft + point.x) / scale, y = (view.scrollTop + point.y) / scale;
      scale = next;
      svg.setAttribute("width", String(Math.round(real.w * scale)));
      svg.setAttribute("height", String(Math.round(real.h * scale)));
      view.scrollLeft = x * scale - point.x;
      view.scrollTop = y * scale - point.y;
      figure.dataset.scale = scale.toFixed(3);
    };
    const does = {
      in: () => zoom(scale * STEP), out: () => zoom(scale / STEP), real: () => zoom(1),
      whole: () => { zoom(whole()); view.scrollTo(0, 0); },
    };
    tools.hidden = false;
    tools.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-does]");
      if (button) does[button.dataset.does]();
    });
    view.addEventListener("wheel", (event) => {
      // The wheel alone scrolls, as everywhere.
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const box = view.getBoundingClientRect();
      const amount = Math.max(-1, Math.min(1, -event.deltaY / 100));
      zoom(scale * STEP ** amount, { x: event.clientX - box.left, y: event.clientY - box.top });
    }, { passive: false });

    // --- Drag: what lies under the hand stays under it.
    let held = null, dragged = false;
    view.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || event.pointerType === "touch") return;
      held = { x: event.clientX, y: event.clientY, left: view.scrollLeft, top: view.scrollTop };
      dragged = false;
    });
    view.addEventListener("pointermove", (event) => {
      if (!held) return;
      const dx = event.clientX - held.x, dy = event.clientY - held.y;
      if (!dragged && Math.hypot(dx, dy) < 5) return;
      dragged = true;
      view.classList.add("pic-held");
      view.scrollLeft = held.left - dx;
      view.scrollTop = held.top - dy;
    });
    const release = () => { held = null; view.classList.remove("pic-held"); };
    view.addEventListener("pointerup", release);
    view.addEventListener("pointerleave", release);
    view.addEventListener("dragstart", (event) => event.preventDefault());

    // --- Follow: what a row refers to, and what refers to it.
    const links = [...svg.querySelectorAll(".pic-link[data-a]")];
    const at = new Map();
    for (const link of links) {
      for (const id of new Set([link.dataset.a, link.dataset.b])) {
        if (!at.has(id)) at.set(id, []);
        at.get(id).push(link);
      }
    }
    const name = (node) => node.querySelector("title").textContent.split("\n")[0];
    let shown = null, turn = 0;

    const clear = () => {
      svg.classList.remove("pic-following");
      for (const lit of svg.querySelectorAll(".pic-lit, .pic-end")) {
        lit.classList.remove("pic-lit", "pic-end");
        if (tips && lit.hasAttribute("marker-end")) lit.setAttribute("marker-end", tips.off);
      }
      detail.replaceChildren();
      shown = null;
    };
    // The smallest way to have a row in sight; with another one, both if they fit.
    const reveal = (node, other) => {
      const box = view.getBoundingClientRect(), a = node.getBoundingClientRect();
      const b = other ? other.getBoundingClientRect() : a;
      const axis = (a1, a2, b1, b2, from, to) => {
        const low = Math.min(a1, b1), high = Math.max(a2, b2), both = high - low <= to - from;
        const [first, last] = both ? [low, high] : [a1, a2];
        return first >= from && last <= to ? 0 : (first + last) / 2 - (from + to) / 2;
      };
      view.scrollBy(
        axis(a.left, a.right, b.left, b.right, box.left, box.left + view.clientWidth),
        axis(a.top, a.bottom, b.top, b.bottom, box.top, box.top + view.clientHeight),
      );
    };
    const list = (title, nodes) => {
      if (!nodes.length) return;
      const head = document.createElement("strong");
      head.textContent = title;
      const ul = document.createElement("ul");
      for (const node of nodes) {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = name(node);
        button.addEventListener("click", () => { node.focus({ preventScroll: true }); follow(node); reveal(node); });
        const li = document.createElement("li");
        li.append(button);
        ul.append(li);
      }
      detail.append(head, ul);
    };
    const follow = (node) => {
      const again = shown === node;
      if (!again) clear();
      const mine = at.get(node.id) || [];
      const other = (link) => document.getElementById(link.dataset.a === node.id ? link.dataset.b : link.dataset.a);
      const is = { same: (l) => l.classList.contains("pic-same"), to: (l) => l.dataset.a === node.id };
      const to = mine.filter((l) => !is.same(l) && is.to(l)).map(other);
      const from = mine.filter((l) => !is.same(l) && !is.to(l)).map(other);
      const same = mine.filter(is.same).map(other);
      const ends = [...to, ...from, ...same].filter(Boolean);
      turn = again && ends.length ? (turn + 1) % ends.length : 0;
      if (!again) {
        shown = node;
        if (ends.length) svg.classList.add("pic-following");
        node.classList.add("pic-lit");
        for (const link of mine) {
          link.classList.add("pic-lit");
          if (tips && link.hasAttribute("marker-end")) link.setAttribute("marker-end", tips.on);
        }
        for (const end of ends) if (end !== node) end.classList.add("pic-end");
        const self = document.createElement("p");
        self.textContent = name(node);
        detail.append(self);
        if (!ends.length) {
          const none = document.createElement("p");
          none.textContent = figure.dataset.none;
          detail.append(none);
        }
        list(figure.dataset.to, to);
        list(figure.dataset.from, from);
        list(figure.dataset.same, same);
      }
      if (ends.length) reveal(ends[turn], node);
    };
    svg.addEventListener("click", (event) => {
      if (dragged) { event.preventDefault(); dragged = false; return; }
      const link = event.target.closest("a");
      if (!link) { clear(); return; }
      if (link.classList.contains("pic-fault")) return;
      event.preventDefault();
      const node = link.classList.contains("pic-go")
        ? document.getElementById(link.getAttribute("href").slice(1)) : link;
      if (!node) return;
      if (node !== link) node.focus({ preventScroll: true });
      follow(node);
      if (node !== link) reveal(node);
    });
    // A row that is reached by the keyboard is brought in sight.
    svg.addEventListener("focusin", (event) => {
      const node = event.target.closest("a");
      if (node && node.matches(":focus-visible")) reveal(node);
    });
    view.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (move) view.scrollBy(move[0] * MOVE, move[1] * MOVE);
      else if (event.key === "+" || event.key === ";" || event.key === "=") does.in();
      else if (event.key === "-") does.out();
      else if (event.key === "0") does.whole();
      else if (event.key === "1") does.real();
      else if (event.key === "Escape") clear();
      else return;
      event.preventDefault();
    });
    // Wide pictures begin small enough to be seen, and large enough to be read.
    zoom(Math.max(Math.min(1, view.clientWidth / real.w), 0.6));
    view.scrollTo(0, 0);
    const asked = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (asked && svg.contains(asked)) { follow(asked); reveal(asked); }
  };

  const begin = () => document.querySelectorAll(".totsugo-figure").forEach(start);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
