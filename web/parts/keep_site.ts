/// <reference lib="dom" />
import { siteFilesSchema } from "../../lib/workflows/view/page_site.ts";

/** When the page was last loaded again for the sake of shared memory. */
const AGAIN = "tandem-again";

/** Milliseconds in which that is tried once: Chromium is seen to forget the headers at every other load. */
const PAUSE = 5000;

/**
 * Has a service worker keep a page that some server serves, for use offline, and load it anew once where
 * its headers are what shared memory wants. A page of `tandem view` needs none.
 *
 * @returns Whether the page is about to be loaded again.
 */
export async function keepSite(): Promise<boolean> {
  if (document.documentElement.dataset.kind !== "site" || !navigator.serviceWorker) return false;
  try {
    const list = await (await fetch("files.json", { cache: "no-store" })).json();
    const { version } = siteFilesSchema.parse(list);
    await navigator.serviceWorker.register(`service_worker.js?version=${version}`);
    await navigator.serviceWorker.ready;
  } catch {
    // Without one it works as long as the server is there, on one thread.
    return false;
  }
  const last = Number(sessionStorage.getItem(AGAIN) ?? -Infinity);
  if (crossOriginIsolated || Date.now() - last < PAUSE) return false;
  sessionStorage.setItem(AGAIN, String(Date.now()));
  location.reload();
  return true;
}
