"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  // Widths and kinds of letters do not matter in a search, as they do not in a check.
  const fold = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
  const say = (element, words) => {
    const text = words.all === words.shown && element.dataset.all ? element.dataset.all : element.dataset.some;
    element.textContent = text.replace("{count}", words.all).replace("{shown}", words.shown);
  };

  // Parts that are not in sight have only a guessed height until they are, so what is gone to is gone to again.
  const go = (element) => {
    const there = () => element.scrollIntoView({ block: "start" });
    there();
    requestAnimationFrame(() => requestAnimationFrame(there));
  };

  // Explanations stand once in the page; they are copied to where somebody asks.
  document.addEventListener("toggle", (event) => {
    const why = event.target;
    if (!why.open || !why.dataset || !why.dataset.rule) return;
    const told = $(why.dataset.rule);
    if (!told) return;
    why.querySelectorAll("p").forEach((p) => p.remove());
    told.querySelectorAll("dd > p").forEach((p) => why.append(p.cloneNode(true)));
    delete why.dataset.rule;
  }, true);

  // ---- findings
  const filter = $("filter");
  const items = filter ? [...document.querySelectorAll("#list > .finding")] : [];
  const texts = new Map();
  const textOf = (item) => {
    if (!texts.has(item)) texts.set(item, fold(item.textContent));
    return texts.get(item);
  };
  const boxes = filter ? [...filter.querySelectorAll("input[name=s]")] : [];
  const choices = { d: $("by-document"), f: $("by-field"), r: $("by-rule"), q: $("by-text") };

  const state = () => {
    const out = new URLSearchParams();
    const on = boxes.filter((box) => box.checked).map((box) => box.value);
    if (on.length < boxes.length) out.set("s", on.join(","));
    for (const [key, choice] of Object.entries(choices)) if (choice.value) out.set(key, choice.value);
    return out;
  };
  const apply = () => {
    const on = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const { d, f, r } = choices;
    const wanted = fold(choices.q.value);
    let shown = 0;
    for (const item of items) {
      const { s, d: document_, f: field, r: rule } = item.dataset;
      const fits = on.has(s) && (!d.value || d.value === document_) && (!f.value || f.value === field) &&
        (!r.value || r.value === rule) && (!wanted || textOf(item).includes(wanted));
      item.hidden = !fits;
      if (fits) shown += 1;
    }
    say($("shown"), { all: items.length, shown });
    $("none").hidden = shown > 0;
  };
  const keep = () => {
    const told = state().toString();
    history.replaceState(null, "", told ? "#?" + told : location.pathname + location.search);
    apply();
  };
  const read = () => {
    const hash = location.hash;
    if (hash.startsWith("#?")) {
      const told = new URLSearchParams(hash.slice(2));
      const on = told.has("s") ? told.get("s").split(",") : boxes.map((box) => box.value);
      boxes.forEach((box) => { box.checked = on.includes(box.value); });
      for (const [key, choice] of Object.entries(choices)) choice.value = told.get(key) || "";
      apply();
      go($("findings"));
      return;
    }
    let name = "";
    try { name = decodeURIComponent(hash.slice(1)); } catch { return; }
    const item = name && $(name);
    if (!item) return;
    if (item.hidden) {
      boxes.forEach((box) => { box.checked = true; });
      Object.values(choices).forEach((choice) => { choice.value = ""; });
      apply();
    }
    go(item);
    if (item.matches(".finding")) item.focus({ preventScroll: true });
  };

  if (filter) {
    filter.hidden = false;
    filter.addEventListener("submit", (event) => event.preventDefault());
    // The search tells each letter; its change comes when it is left, perhaps for a link, whose address must stay.
    filter.addEventListener("change", (event) => {
      if (event.target.id !== "keys" && event.target !== choices.q) keep();
    });
    choices.q.addEventListener("input", keep);
    filter.addEventListener("reset", () => {
      const keys = $("keys").checked;
      setTimeout(() => {
        $("keys").checked = keys;
        keep();
      }, 0);
    });
    addEventListener("hashchange", read);
    document.querySelectorAll(".copy").forEach((button) => { button.hidden = false; });
    $("list").addEventListener("click", async (event) => {
      const button = event.target.closest(".copy");
      if (!button) return;
      const id = button.closest(".finding").id;
      history.replaceState(null, "", "#" + id);
      const words = button.textContent;
      try { await navigator.clipboard.writeText(location.href); } catch { return; }
      button.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = words; }, 2000);
    });
    apply();
    if (location.hash) read();
  }

  const step = (by) => {
    const shown = items.filter((item) => !item.hidden);
    const here = document.activeElement && document.activeElement.closest(".finding");
    const at = shown.indexOf(here);
    const next = shown[at < 0 ? (by > 0 ? 0 : shown.length - 1) : at + by];
    if (!next) return;
    next.focus({ preventScroll: true });
    go(next);
  };
  document.addEventListener("keydown", (event) => {
    if (!filter || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const typing = event.target.closest("input[type=search], select, textarea");
    if (event.key === "Escape" && event.target === choices.q) {
      choices.q.value = "";
      keep();
      choices.q.blur();
    }
    if (typing || !$("keys").checked) return;
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "/") {
      event.preventDefault();
      choices.q.focus();
      choices.q.select();
    }
  });

  // ---- charts that wait as texts, and the search among all of them
  const groups = [...document.querySelectorAll("#charts .group")].map((element) => {
    const button = element.querySelector("[data-more]");
    const data = button && $("charts-" + button.dataset.more);
    return { element, button, waiting: data ? JSON.parse(data.textContent) : [], cards: element.querySelector(".cards") };
  });
  const draw = (group, charts) => {
    const holder = document.createElement("template");
    holder.innerHTML = charts.map((chart) => chart[1]).join("");
    group.cards.append(holder.content);
    if (group.button && group.waiting.length === 0) group.button.parentElement.hidden = true;
  };
  const more = (group) => draw(group, group.waiting.splice(0, 60));
  const near = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      more(groups.find((group) => group.button === target));
      // Looked at anew: the button may still be near.
      near.unobserve(target);
      near.observe(target);
    }
  }, { rootMargin: "600px" });
  for (const group of groups.filter((group) => group.button)) {
    group.button.hidden = false;
    group.button.addEventListener("click", () => more(group));
    near.observe(group.button);
  }
  const chosen = $("chart-filter");
  if (chosen) {
    chosen.hidden = false;
    const text = $("chart-text");
    const wrong = $("chart-wrong");
    const look = () => {
      const wanted = fold(text.value);
      const all = groups.reduce((sum, g) => sum + g.waiting.length + g.cards.children.length, 0);
      let shown = 0;
      for (const group of groups) {
        const fits = (name, bad) => (!wanted || fold(name).includes(wanted)) && (!wrong.checked || bad);
        if (wanted || wrong.checked) {
          const found = group.waiting.filter((chart) => fits(chart[0], chart[2]));
          group.waiting = group.waiting.filter((chart) => !found.includes(chart));
          draw(group, found);
        }
        let here = 0;
        for (const card of group.cards.children) {
          const fit = fits(card.querySelector("h4").textContent, card.classList.contains("wrong"));
          card.hidden = !fit;
          if (fit) here += 1;
        }
        if (group.button) group.button.parentElement.hidden = Boolean(wanted || wrong.checked) || group.waiting.length === 0;
        group.element.hidden = here === 0 && (wanted !== "" || wrong.checked);
        shown += here;
      }
      $("chart-shown").textContent = "";
      if (wanted || wrong.checked) say($("chart-shown"), { all, shown });
    };
    chosen.addEventListener("submit", (event) => event.preventDefault());
    let timer = 0;
    chosen.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(look, 120); });
  }

  // On paper everything is open.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details.figures:not([open]), details.whole:not([open])")];
    opened.forEach((details) => { details.open = true; });
  });
  addEventListener("afterprint", () => opened.forEach((details) => { details.open = false; }));
})();
