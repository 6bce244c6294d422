/** The page of `tandem view`, bundled, for releases that have neither its sources nor Deno to bundle them. */
import { bundlePageModule, PAGE_MODULES } from "../lib/workflows/view/page_files.ts";

/** The page's modules by their paths from Tandem's own folder. */
export async function builtPage(): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const module of PAGE_MODULES) {
    files.set(`web/built/${module.replace(/\.tsx?$/, ".js")}`, await bundlePageModule(module));
  }
  return files;
}
