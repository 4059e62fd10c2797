// Entries made without a network: kept on the device, sent in their order, each taken once by the server.
// Forms that may wait bear data-queue with the words by which the entry is called.
"use strict";

(() => {
  const account = document.body.dataset.account || "";
  const badge = document.querySelector("#unsent");
  const PROBE = 4000;

  function store(mode, work) {
    return new Promise((resolve, reject) => {
      const open = indexedDB.open("nenep", 1);
      open.onupgradeneeded = () => open.result.createObjectStore("outbox", { keyPath: "id", autoIncrement: true });
      open.onerror = () => reject(open.error);
      open.onsuccess = () => {
        const change = open.result.transaction("outbox", mode);
        const asked = work(change.objectStore("outbox"));
        change.oncomplete = () => { open.result.close(); resolve(asked && asked.result); };
        change.onabort = change.onerror = () => { open.result.close(); reject(change.error); };
      };
    });
  }
  const all = () => store("readonly", (box) => box.getAll());
  const put = (entry) => store("readwrite", (box) => box.put(entry));
  const drop = (id) => store("readwrite", (box) => box.delete(id));

  const csrf = () => document.querySelector("input[name=csrf]")?.value || "";

  async function timed(address, options, patience) {
    const end = new AbortController();
    const timer = setTimeout(() => end.abort(), patience);
    try {
      return await fetch(address, { ...options, signal: end.signal, credentials: "same-origin" });
    } finally {
      clearTimeout(timer);
    }
  }

  // Whether the server answers: a phone often thinks that it is on a network when it is not.
  async function reachable() {
    if (navigator.onLine === false) return false;
    try {
      return (await timed("/manifest.webmanifest", { cache: "no-store" }, PROBE)).ok;
    } catch {
      return false;
    }
  }

  async function show() {
    const entries = await all();
    if (badge) {
      badge.hidden = entries.length === 0;
      badge.textContent = `${badge.dataset.words}: ${entries.length}`;
    }
    list(entries);
    return entries;
  }

  function body(entry) {
    if (entry.files) {
      const form = new FormData();
      for (const [name, value] of entry.pairs) form.append(name, value);
      return form;
    }
    return new URLSearchParams(entry.pairs);
  }

  // One after the other; an entry that was refused keeps the later ones to the same place waiting.
  let sending = false;
  async function send() {
    if (sending || !account || !(await all()).length || !(await reachable())) return show();
    sending = true;
    const waiting = new Set();
    let arrived = 0;
    try {
      for (const entry of await all()) {
        if (entry.account !== account || waiting.has(entry.action)) continue;
        if (entry.state === "refused") {
          waiting.add(entry.action);
          continue;
        }
        let response;
        try {
          response = await timed(entry.action, {
            method: "POST",
            body: body(entry),
            redirect: "manual",
            headers: { "X-CSRF-Token": csrf(), "X-Once": entry.once, Accept: "application/json" },
          }, 30000);
        } catch {
          break;
        }
        if (response.type === "opaqueredirect" || response.ok) {
          await drop(entry.id);
          arrived += 1;
        } else if (response.status === 401 || response.status === 403 || response.status >= 500) {
          await put({ ...entry, state: response.status === 401 ? "sign-in" : "waiting" });
          break;
        } else {
          await put({ ...entry, state: "refused" });
          waiting.add(entry.action);
        }
      }
    } finally {
      sending = false;
    }
    if (arrived && badge) badge.dataset.arrived = String(arrived);
    return show();
  }

  // The queue's own page.
  const box = document.querySelector("#outbox");
  function list(entries) {
    if (!box) return;
    box.hidden = false;
    const lines = box.querySelector("#entries");
    lines.replaceChildren();
    const line = (name, text, parent) => {
      const made = document.createElement(name);
      made.textContent = text;
      parent.append(made);
      return made;
    };
    if (!entries.length) line("li", box.dataset.none, lines);
    for (const entry of entries) {
      const item = document.createElement("li");
      line("p", `${entry.title} · ${new Date(entry.at).toLocaleString("vi-VN")}`, item).className = "line";
      const own = entry.account === account;
      const state = !own ? "other" : entry.state === "refused" ? "refused" : entry.state === "sign-in" ? "signIn" : "waiting";
      line("p", box.dataset[state], item).className = "from";
      if (own && entry.state === "refused" && !entry.files) {
        // The server shows the form again with what is to be settled; what was typed stands in it.
        const form = document.createElement("form");
        form.method = "post";
        form.action = entry.action;
        for (const [name, value] of [["csrf", csrf()], ["once", entry.once], ...entry.pairs]) {
          const field = document.createElement("input");
          field.type = "hidden";
          field.name = name;
          field.value = value;
          form.append(field);
        }
        line("button", box.dataset.open, form).className = "button";
        form.addEventListener("submit", (event) => {
          if (form.dataset.ready) return;
          event.preventDefault();
          form.dataset.ready = "1";
          drop(entry.id).then(() => form.submit());
        });
        item.append(form);
      }
      const away = line("button", box.dataset.drop, item);
      away.className = "button quiet";
      away.type = "button";
      away.addEventListener("click", () => {
        // Asked twice: what is dropped is gone.
        if (away.dataset.sure) drop(entry.id).then(show);
        away.dataset.sure = "1";
        away.textContent = box.dataset.sure;
      });
      lines.append(item);
    }
  }
  document.querySelector("#send")?.addEventListener("click", send);

  // Whether this device keeps pages.
  const keep = document.querySelector("#keep");
  const workers = navigator.serviceWorker;
  async function keeping() {
    return Boolean(workers && (await workers.getRegistration("/")));
  }
  async function tell() {
    if (!keep) return;
    const on = await keeping();
    keep.hidden = !workers;
    keep.textContent = on ? keep.dataset.off : keep.dataset.on;
    const kept = document.querySelector("#kept");
    kept.textContent = on ? kept.dataset.on : kept.dataset.off;
  }
  async function forget() {
    await caches.delete("nenep-pages");
  }
  keep?.addEventListener("click", async () => {
    if (await keeping()) {
      await (await workers.getRegistration("/")).unregister();
      await forget();
      await caches.delete("nenep-files");
    } else {
      await workers.register("/sw.js");
    }
    tell();
  });

  // A key for every form that may wait: sent again, it is known again.
  for (const form of document.querySelectorAll("form[data-queue]")) {
    const once = document.createElement("input");
    once.type = "hidden";
    once.name = "once";
    const address = form.getAttribute("action");
    const renew = () => {
      once.value = crypto.randomUUID ? crypto.randomUUID() : `${Date.now()}-${Math.random().toString(36).slice(2)}-0000`;
      // The server does not look through an upload for its key.
      if (form.enctype === "multipart/form-data") form.setAttribute("action", `${address}?once=${once.value}`);
    };
    renew();
    form.append(once);
    form.addEventListener("submit", (event) => {
      if (form.dataset.ready) return;
      event.preventDefault();
      event.stopPropagation();
      if (form.dataset.busy) return;
      form.dataset.busy = "1";
      const pressed = event.submitter;
      (async () => {
        if (!account || (await reachable())) {
          form.dataset.ready = "1";
          form.requestSubmit(pressed || undefined);
          return;
        }
        const data = new FormData(form, pressed || undefined);
        const pairs = [...data.entries()].filter(([name]) => name !== "csrf" && name !== "once");
        const files = pairs.some(([, value]) => value instanceof File);
        await put({ once: once.value, account, action: address, title: form.dataset.queue, pairs, files, at: Date.now(), state: "waiting" });
        await show();
        const said = document.createElement("p");
        said.className = "notice warn";
        said.setAttribute("role", "status");
        said.tabIndex = -1;
        said.id = "queued";
        said.textContent = badge?.dataset.kept || "";
        form.before(said);
        said.focus();
        // The next press is a new entry.
        renew();
        delete form.dataset.busy;
      })();
    }, true);
  }

  document.querySelector("form[action='/sign-out']")?.addEventListener("submit", () => {
    if (window.caches) forget();
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-queue]")) {
      delete form.dataset.ready;
      delete form.dataset.busy;
    }
  });
  window.addEventListener("online", send);
  if (window.indexedDB) {
    show().then(send).catch(() => {});
    setInterval(() => { if (badge && !badge.hidden) send(); }, 20000);
  }
  tell();
})();
