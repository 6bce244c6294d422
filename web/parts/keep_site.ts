/// <reference lib="dom" />
import { siteFilesSchema } from "../../lib/workflows/view/page_site.ts";

/** Marks that the page was loaded again for the sake of shared memory, until it has it. */
const AGAIN = "tandem-again";

/**
 * Has a service worker keep a page that some server serves, for use offline, and load it anew once where
 * its headers are what shared memory wants. A page of `tandem view` needs none.
 *
 * @returns Whether the page is about to be loaded again.
 */
export async function keepSite(): Promise<boolean> {
  if (document.documentElement.dataset.kind !== "site" || !navigator.serviceWorker) return false;
  const again = sessionStorage.getItem(AGAIN) !== null;
  // Chromium is seen to forget the headers at every other load: then it is tried again.
  if (crossOriginIsolated) sessionStorage.removeItem(AGAIN);
  const registered = register();
  // Where one is at work, nothing waits for a server that may be gone.
  const kept = navigator.serviceWorker.controller !== null || await registered;
  if (!kept || crossOriginIsolated || again) return false;
  sessionStorage.setItem(AGAIN, "yes");
  location.reload();
  return true;
}

/** Registers the worker of the version that is served; without one the page wants its server. */
async function register(): Promise<boolean> {
  try {
    const list = await (await fetch("files.json", { cache: "no-store" })).json();
    const { version } = siteFilesSchema.parse(list);
    await navigator.serviceWorker.register(`service_worker.js?version=${version}`);
    await navigator.serviceWorker.ready;
    return true;
  } catch {
    return false;
  }
}
