// Keeps the phone app on the phone. The server writes the list of its files in front of this script (SHELL), so
// a new version is a new script: it is fetched beside the old one and takes over when the app is next opened.
// A mentor in the middle of a visit, or with records on their way, is never interrupted.
interface Shell {
  version: string;
  home: string;
  files: string[];
}
interface Waiting extends Event {
  waitUntil(what: Promise<unknown>): void;
}
interface Asked extends Waiting {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Client {
  postMessage(message: unknown): void;
}
interface Worker {
  SHELL: Shell;
  clients: { claim(): Promise<void>; matchAll(how: { type: "window"; includeUncontrolled: boolean }): Promise<Client[]> };
  skipWaiting(): Promise<void>;
  addEventListener(name: string, then: (event: never) => void): void;
}

const worker = self as unknown as Worker;
const { version, home, files } = worker.SHELL;
const OURS = "mlezi-app-";
const SEND = "mlezi-send"; // as in ../field/core/syncing.ts
const HASHED = /-[\w-]{8}\.\w+$/; // such a name never holds other bytes
const kept = new Set(files.map(whole));

worker.addEventListener("install", (event: Waiting) => event.waitUntil(keep()));
worker.addEventListener("activate", (event: Waiting) => event.waitUntil(Promise.all([tidy(), worker.clients.claim()])));
worker.addEventListener("fetch", (event: Asked) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const url = new URL(request.url);
  const isPage = request.mode === "navigate" && url.origin === location.origin && url.pathname.startsWith(home);
  if (isPage || kept.has(url.href)) event.respondWith(ours(isPage ? whole(home) : url.href, request));
});
worker.addEventListener("sync", (event: Waiting & { tag: string }) => {
  if (event.tag === SEND) event.waitUntil(wake());
});
worker.addEventListener("message", (event: Waiting & { data: unknown }) => {
  if (event.data === "take over") event.waitUntil(worker.skipWaiting()); // its owner chose to
});

// All of it or nothing. What came before the line broke is there the next time, and what an older version
// has under the same hashed name is not fetched again.
async function keep(): Promise<void> {
  const cache = await caches.open(OURS + version);
  for (const url of kept) {
    if (await cache.match(url)) continue;
    const older = HASHED.test(url) ? await caches.match(url) : undefined;
    const answer = older ?? (await fetch(url, { cache: "no-cache", credentials: "omit" }));
    if (!answer.ok) throw new Error(`${answer.status} ${url}`);
    await cache.put(url, answer);
  }
}
async function tidy(): Promise<void> {
  const old = (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== OURS + version);
  await Promise.all(old.map((name) => caches.delete(name)));
}
async function ours(url: string, request: Request): Promise<Response> {
  const cache = await caches.open(OURS + version);
  return (await cache.match(url)) ?? fetch(request);
}
// The keys are with the open app, behind the PIN; so the app sends, and this only tells it that the line is back.
async function wake(): Promise<void> {
  for (const client of await worker.clients.matchAll({ type: "window", includeUncontrolled: true })) client.postMessage(SEND);
}
function whole(path: string): string {
  return new URL(path, location.origin).href;
}
