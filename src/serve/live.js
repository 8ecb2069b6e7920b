"use strict";
(() => {
  const live = document.getElementById("live");
  const state = document.getElementById("live-state");
  const trouble = document.getElementById("live-trouble");
  const own = live.dataset.edition;
  const KEPT = "totsugo-serve";
  const word = (name) => live.querySelector(`[data-word="${name}"]`).textContent;

  // What the reader has set on the page is kept over a renewal: where he is, what is open, what is filtered.
  const fields = () => [...document.querySelectorAll("input, select, textarea")].filter((f) => f.type !== "file");
  const shown = (node) => node.getClientRects().length > 0;
  const label = (node) => node.id || (node.closest("[id]") || document.body).id + "/" + (node.querySelector("summary") || node).textContent;

  function numbered(nodes, name) {
    const seen = new Map();
    return nodes.map((node) => {
      const key = name(node);
      const count = seen.get(key) || 0;
      seen.set(key, count + 1);
      return [`${key}#${count}`, node];
    });
  }
  const details = () => numbered([...document.querySelectorAll("details")], label);
  const inputs = () => numbered(fields(), (f) => f.id || `${f.name}/${f.type}/${f.type === "radio" || f.type === "checkbox" ? f.value : ""}`);

  function keep() {
    const anchor = [...document.querySelectorAll("main [id]")].find((n) => shown(n) && n.getBoundingClientRect().bottom > 0);
    const focus = document.activeElement;
    sessionStorage.setItem(KEPT, JSON.stringify({
      x: scrollX,
      y: scrollY,
      anchor: anchor && anchor.id !== "main" && scrollY > 0 ? [anchor.id, anchor.getBoundingClientRect().top] : null,
      details: details().map(([key, node]) => [key, node.open]),
      inputs: inputs().map(([key, f]) => [key, f.value, f.checked === true]),
      trouble: trouble.textContent,
      focus: focus && focus.id ? [focus.id, focus.selectionStart, focus.selectionEnd] : null,
    }));
  }

  function bringBack() {
    const text = sessionStorage.getItem(KEPT);
    if (!text) {
      return;
    }
    sessionStorage.removeItem(KEPT);
    const kept = JSON.parse(text);
    trouble.textContent = kept.trouble;
    trouble.hidden = !kept.trouble;
    const were = new Map(kept.inputs.map(([key, value, checked]) => [key, [value, checked]]));
    for (const [key, field] of inputs()) {
      const before = were.get(key);
      if (!before || (before[0] === field.value && before[1] === (field.checked === true))) {
        continue;
      }
      field.value = before[0];
      if ("checked" in field) {
        field.checked = before[1];
      }
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
    const open = new Map(kept.details);
    for (const [key, node] of details()) {
      if (open.has(key)) {
        node.open = open.get(key);
      }
    }
    if (kept.focus) {
      const node = document.getElementById(kept.focus[0]);
      if (node) {
        node.focus({ preventScroll: true });
        if (kept.focus[1] !== null && kept.focus[1] !== undefined && node.setSelectionRange) {
          try {
            node.setSelectionRange(kept.focus[1], kept.focus[2]);
          } catch {
            // Some fields have no selection.
          }
        }
      }
    }
    const back = () => {
      const anchor = kept.anchor && document.getElementById(kept.anchor[0]);
      const top = anchor && shown(anchor) ? scrollY + anchor.getBoundingClientRect().top - kept.anchor[1] : kept.y;
      scrollTo({ left: kept.x, top, behavior: "instant" });
    };
    back();
    // The browser itself goes to the place that the address names, and does so last.
    addEventListener("load", () => {
      back();
      // Parts that are not in sight have only a guessed height until they are.
      requestAnimationFrame(() => requestAnimationFrame(() => {
        back();
        history.scrollRestoration = "auto";
      }));
    });
    state.textContent = `${word("renewed")} ${new Date().toLocaleTimeString(document.documentElement.lang)}`;
  }

  // A new edition is shown as soon as nothing is being sent, dragged or typed.
  let sending = 0;
  let newest = own;
  let typed = 0;
  let composing = false;
  function renew() {
    if (newest === own || sending > 0) {
      return;
    }
    const rest = typed + 1200 - Date.now();
    if (composing || rest > 0) {
      setTimeout(renew, composing ? 500 : rest);
      return;
    }
    history.scrollRestoration = "manual";
    keep();
    location.reload();
  }
  addEventListener("keydown", () => { typed = Date.now(); });
  addEventListener("compositionstart", () => { composing = true; });
  addEventListener("compositionend", () => { composing = false; });

  const events = new EventSource("events");
  events.addEventListener("edition", (event) => {
    newest = event.data;
    renew();
  });
  let lost = false;
  events.addEventListener("error", () => {
    lost = true;
    state.textContent = word("lost");
  });
  events.addEventListener("open", () => {
    if (lost) {
      lost = false;
      state.textContent = "";
    }
  });

  function complain(text) {
    trouble.textContent += (trouble.textContent ? "\n" : "") + text.trim();
    trouble.hidden = false;
  }

  async function ask(method, name, body) {
    sending += 1;
    state.textContent = word("checking");
    try {
      const answer = await fetch(`drop?name=${encodeURIComponent(name)}`, { method, body });
      if (!answer.ok) {
        complain(await answer.text());
      }
      return answer.ok;
    } catch {
      complain(`${name}: ${word("failed")}`);
      return false;
    } finally {
      sending -= 1;
    }
  }

  async function send(files) {
    trouble.textContent = "";
    trouble.hidden = true;
    let any = false;
    sending += 1;
    for (const file of files) {
      if (file.size > Number(live.dataset.limit)) {
        complain(`${file.name}: ${word("large")}`);
      } else {
        any = (await ask("POST", file.name, file)) || any;
      }
    }
    sending -= 1;
    if (!any) {
      state.textContent = "";
    }
    renew();
  }

  document.getElementById("live-choose").addEventListener("change", (event) => {
    send([...event.target.files]);
    event.target.value = "";
  });
  live.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-remove]");
    if (button) {
      button.disabled = true;
      button.disabled = await ask("DELETE", button.dataset.remove);
      renew();
    }
  });

  // The whole window takes files, so that one that misses the field is not opened in place of the page.
  const holdsFiles = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");
  addEventListener("dragover", (event) => {
    if (holdsFiles(event)) {
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
      live.classList.add("over");
      state.textContent = word("here");
    }
  });
  const over = () => {
    live.classList.remove("over");
    state.textContent = "";
  };
  addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) {
      over();
    }
  });
  addEventListener("drop", (event) => {
    if (holdsFiles(event)) {
      event.preventDefault();
      over();
      send([...event.dataTransfer.files]);
    }
  });

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", bringBack);
  } else {
    bringBack();
  }
})();
