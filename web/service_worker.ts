/**
 * Offline use, and memory that threads share, of a page that any server serves: all files are kept at the
 * first visit, and given with the headers that such memory wants. The address says which version.
 */
import { z } from "../lib/base/deps/zod.ts";
import { PAGE_HEADERS } from "../lib/workflows/view/page_policy.ts";
import { siteFilesSchema } from "../lib/workflows/view/page_site.ts";

z.config({ jitless: true });

/** What of a service worker's global scope is used; its types cannot stand beside those of a page. */
interface ServiceWorkerScope {
  readonly location: Location;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(
    type: "install" | "activate" | "fetch",
    hear: (event: {
      readonly request: Request;
      waitUntil(done: Promise<unknown>): void;
      respondWith(answer: Promise<Response>): void;
    }) => void,
  ): void;
}

const scope = globalThis as unknown as ServiceWorkerScope;
const BASE = new URL(".", scope.location.href).href;
const PREFIX = `tandem ${BASE} `;
const NAME = PREFIX + new URL(scope.location.href).searchParams.get("version");

scope.addEventListener("install", (event) => event.waitUntil(keepFiles()));
scope.addEventListener("activate", (event) => event.waitUntil(takeOver()));
scope.addEventListener("fetch", (event) => {
  if (event.request.method !== "GET" || !event.request.url.startsWith(BASE)) return;
  event.respondWith(answer(event.request));
});

/** Milliseconds that a server may take to tell of another version. */
const MOST_WAIT = 3000;

async function keepFiles(): Promise<void> {
  const cache = await caches.open(NAME);
  const response = await fetch(`${BASE}files.json`, { cache: "no-store" });
  const { files } = siteFilesSchema.parse(await response.clone().json());
  await cache.put(`${BASE}files.json`, response);
  await cache.addAll(files.map((name) => new Request(BASE + name, { cache: "no-cache" })));
  await scope.skipWaiting();
}

/** Other versions are of no use any more. */
async function takeOver(): Promise<void> {
  const others = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== NAME);
  await Promise.all(others.map((name) => caches.delete(name)));
  await scope.clients.claim();
}

/** What is kept; the list of files anew where there is a network, which tells of other versions. */
async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(NAME);
  const url = request.url.replace(/[?#].*$/, ""), place = url === BASE ? `${BASE}index.html` : url;
  if (place === `${BASE}files.json`) {
    const signal = AbortSignal.timeout(MOST_WAIT);
    const found = await fetch(request, { signal }).catch(() => undefined);
    if (found?.ok) return withHeaders(found);
  }
  return withHeaders(await cache.match(place) ?? await fetch(request));
}

function withHeaders(response: Response): Response {
  // A navigation that is sent elsewhere, or an error, is no answer that could be changed.
  if (response.status === 0) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(PAGE_HEADERS)) headers.set(name, value);
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}
