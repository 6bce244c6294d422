/** The files of the page: its sources bundled, and the binaries that it finds beside them. */
import { PAGE_BINARIES } from "../../../wasm/mod.ts";
import { escapeHtml, fromFileUrl, join } from "../../base/deps/std.ts";
import { messageOf } from "../../base/text/message_of.ts";
import { PAGE_POLICY } from "./page_policy.ts";

/** Tandem's own folder, wherever that is. */
const ROOT = new URL("../../../", import.meta.url);

/** What is bundled, each with all that it imports. */
export const PAGE_MODULES = [
  "page.tsx",
  "segment_worker.ts",
  "dcm2niix_worker.ts",
  "service_worker.ts",
];

/** Not written out in `import()`, or Deno would fetch it before anything runs. */
const DCM2NIIX = "../../base/deps/dcm2niix.ts";

/** What a page is of: a run, served by Tandem or by any server, or a study. */
export type PageKind = "view" | "site" | "study";

/** A page that cannot be made. */
export class PageError extends Error {
  /** Its class by name. */
  override readonly name = "PageError";
}

/**
 * All files of the page by their names. Bundling takes about two seconds, so nothing of it is kept; a
 * release brings the bundles along.
 *
 * @param kind A server of Tandem's own, or any that serves files.
 * @throws {PageError} If Deno may not be run, or a package not be fetched.
 */
export async function pageFiles(kind: PageKind): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const { dcm2niixFiles }: typeof import("../../base/deps/dcm2niix.ts") = await import(DCM2NIIX);
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const binaries = [...PAGE_BINARIES, ...dcm2niixFiles()];
  await Promise.all([
    ...PAGE_MODULES.map(async (entry) => {
      const name = entry.replace(/\.tsx?$/, ".js");
      files.set(name, await readBuilt(name) ?? await bundlePageModule(entry));
    }),
    ...binaries.map(async (url) => {
      files.set(url.pathname.split("/").at(-1)!, await readFrom(url));
    }),
    (async () => files.set("style.css", await readFrom(new URL("web/style.css", ROOT))))(),
  ]);
  files.set("index.html", await indexPage(kind));
  return files;
}

/** What a browser opens first. */
export async function indexPage(kind: PageKind): Promise<Uint8Array<ArrayBuffer>> {
  const html = new TextDecoder().decode(await readFrom(new URL("web/index.html", ROOT)));
  const filled = html.replace("POLICY", escapeHtml(PAGE_POLICY)).replace("KIND", kind);
  return new TextEncoder().encode(filled);
}

/**
 * A bundle that a release brought along, which has no sources and may have no Deno to make one; beside
 * sources lies at most what a release was not made of, older than they are.
 *
 * @param name The bundle's file.
 * @param root Tandem's own folder.
 */
export async function readBuilt(
  name: string,
  root: URL = ROOT,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const read = (path: string) => readFrom(new URL(path, root)).catch(() => undefined);
  return await read("web/page.tsx") ? undefined : await read(`web/built/${name}`);
}

/**
 * One of {@linkcode PAGE_MODULES} with all that it imports, as one module.
 *
 * @throws {PageError} If Deno may not be run, or a package not be fetched.
 */
export async function bundlePageModule(entry: string): Promise<Uint8Array<ArrayBuffer>> {
  const isLocal = ROOT.protocol === "file:";
  const { code, stdout, stderr } = await run([
    ...["bundle", "--quiet", "--platform", "browser", "--minify"],
    // the versions of its lock, whatever lies around the caller
    ...isLocal ? ["--config", join(fromFileUrl(ROOT), "deno.json")] : ["--no-config"],
    new URL(`web/${entry}`, ROOT).href,
  ]);
  if (code === 0 && stdout.length > 0) return stdout as Uint8Array<ArrayBuffer>;
  const said = new TextDecoder().decode(stderr).trim().split("\n").slice(-3).join(" ");
  throw new PageError(`Cannot make the page: deno bundle failed (${said})`);
}

async function run(args: string[]): Promise<Deno.CommandOutput> {
  try {
    return await new Deno.Command(Deno.execPath(), { args, env: { NO_COLOR: "1" } }).output();
  } catch (cause) {
    throw new PageError(`Cannot make the page: Deno cannot be run (${messageOf(cause)})`, {
      cause,
    });
  }
}

async function readFrom(url: URL): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(url);
  if (!response.ok) throw new PageError(`Cannot open ${url}: the server says ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
