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
  // Chromium is seen to forget the headers at every other load: then it is tried again.
  if (crossOriginIsolated) sessionStorage.removeItem(AGAIN);
  try {
    const list = await (await fetch("files.json", { cache: "no-store" })).json();
    const { version } = siteFilesSchema.parse(list);
    await navigator.serviceWorker.register(`service_worker.js?version=${version}`);
    await navigator.serviceWorker.ready;
  } catch {
    // Without one it works as long as the server is there, on one thread.
    if (navigator.serviceWorker.controller === null) return false;
  }
  if (crossOriginIsolated || sessionStorage.getItem(AGAIN) !== null) return false;
  sessionStorage.setItem(AGAIN, "yes");
  location.reload();
  return true;
}
