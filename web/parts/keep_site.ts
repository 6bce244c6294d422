/// <reference lib="dom" />
import { siteFilesSchema } from "../../lib/workflows/view/page_site.ts";

/** Marks that the page was loaded again for the sake of shared memory, until it has it; other sites may be beside. */
const again = () => `tandem-again ${location.pathname}`;

/**
 * Has a service worker keep a page that some server serves, for use offline, and load it anew once where
 * its headers are what shared memory wants. A page of `tandem view` needs none.
 *
 * @param onOther Hears that another version has taken the place of the one that is open.
 * @returns Whether the page is about to be loaded again.
 */
export async function keepSite(onOther: () => void): Promise<boolean> {
  const workers = navigator.serviceWorker;
  if (document.documentElement.dataset.kind !== "site" || !workers) return false;
  const wasAgain = sessionStorage.getItem(again()) !== null, hadOne = workers.controller !== null;
  if (crossOriginIsolated) sessionStorage.removeItem(again());
  if (hadOne) workers.addEventListener("controllerchange", onOther);
  const registered = register();
  // Where one is at work, nothing waits for a server that may be gone.
  const kept = hadOne || await registered;
  if (!kept || crossOriginIsolated || wasAgain) return false;
  sessionStorage.setItem(again(), "yes");
  // Chromium keeps a page that reloads itself, and shows that one at the next reload: it is replaced.
  location.replace(location.href.replace(/#.*/, ""));
  return true;
}

/** Registers the worker of the version that is served; without one the page wants its server. */
async function register(): Promise<boolean> {
  try {
    const list = await (await fetch("files.json", { cache: "no-store" })).json();
    const { version } = siteFilesSchema.parse(list);
    const found = await navigator.serviceWorker.register(`service_worker.js?version=${version}`);
    const worker = found.installing ?? found.waiting ?? found.active;
    return worker !== null && await isActivated(worker);
  } catch {
    return false;
  }
}

/** Whether a worker comes to work; not so where a file cannot be kept. */
function isActivated(worker: ServiceWorker): Promise<boolean> {
  return new Promise((resolve) => {
    const look = () => {
      if (worker.state === "activated" || worker.state === "redundant") {
        resolve(worker.state === "activated");
      }
    };
    worker.addEventListener("statechange", look);
    look();
  });
}
