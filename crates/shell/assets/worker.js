// Lets a page that was kept be opened without a network. Registered only where the owner of the device asked for it.
"use strict";

const FILES = [/* files */];
const SHELL = "nenep-files";
const PAGES = "nenep-pages";
// A network that has not answered by now is treated as none.
const PATIENCE = 6000;

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    await caches.delete(SHELL);
    const cache = await caches.open(SHELL);
    await cache.addAll([...FILES, "/offline"]);
    await self.skipWaiting();
  })());
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function answered(request) {
  const end = new AbortController();
  const timer = setTimeout(() => end.abort(), PATIENCE);
  try {
    return await fetch(request, { signal: end.signal });
  } finally {
    clearTimeout(timer);
  }
}

async function page(request) {
  try {
    const response = await answered(request);
    if (response.ok && response.headers.get("x-nenep-keep")) {
      const cache = await caches.open(PAGES);
      await cache.put(request.url, response.clone());
    }
    return response;
  } catch {
    const kept = await (await caches.open(PAGES)).match(request.url);
    return kept || (await (await caches.open(SHELL)).match("/offline")) || Response.error();
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") {
    event.respondWith(page(request));
  } else if (new URL(request.url).pathname.startsWith("/static/")) {
    event.respondWith(caches.match(request).then((kept) => kept || fetch(request)));
  }
});
