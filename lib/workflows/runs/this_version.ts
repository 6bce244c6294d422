import project from "../../../deno.json" with { type: "json" };
import { fromFileUrl, join } from "../../base/deps/std.ts";
import type { CodeVersion } from "../../formats/run_folder/versions.ts";
import { gitCommit } from "./git_commit.ts";

/** Files and folders that decide the numbers of a run; pages, tables and commands do not. */
const DECIDING = ["base", "formats", "imaging", "learning", "workflows/runs"]
  .map((room) => `lib/${room}`).concat("wasm");

/** Sources that are built to what lies beside them, or build it. */
const LEFT_OUT = ["wasm/kernels", "wasm/debug", "wasm/build.ts"];

const ROOT = new URL("../../../", import.meta.url);

let known: Promise<CodeVersion> | undefined;

/** The version of the code that runs here; nothing of it is asked of a program or a network. */
export function thisVersion(): Promise<CodeVersion> {
  return known ??= versionAt(ROOT);
}

/** The version of the code below a URL, which ends with a slash. */
export async function versionAt(root: URL): Promise<CodeVersion> {
  const about = { tandem: project.version, deno: Deno.version.deno };
  if (root.protocol !== "file:") {
    return { ...about, commit: null, sources: null, origin: root.href };
  }
  const dir = fromFileUrl(root);
  const commit = await gitCommit(dir) ?? null;
  return { ...about, commit, sources: await sourcesDigest(dir), origin: null };
}

/** A digest of names and bytes of what decides numbers; null where it may not be read. */
async function sourcesDigest(dir: string): Promise<string | null> {
  const { state } = await Deno.permissions.query({ name: "read", path: dir });
  if (state !== "granted") return null;
  try {
    const names = (await Promise.all(DECIDING.map((name) => filesBelow(dir, name)))).flat();
    const digests = await Promise.all(
      names.sort().map(async (name) => {
        const bytes = await Deno.readFile(join(dir, name));
        return `${name} ${await sha256(bytes)}`;
      }),
    );
    return await sha256(new TextEncoder().encode(digests.join("\n")));
  } catch {
    return null;
  }
}

/** The names of files below, from the root on; none where there is nothing. */
async function filesBelow(root: string, name: string): Promise<string[]> {
  if (LEFT_OUT.includes(name)) return [];
  const info = await Deno.stat(join(root, name)).catch(() => undefined);
  if (info === undefined) return [];
  if (!info.isDirectory) return /\.(ts|js|json|lock|wasm)$/.test(name) ? [name] : [];
  const found: string[] = [];
  for await (const entry of Deno.readDir(join(root, name))) {
    found.push(...await filesBelow(root, `${name}/${entry.name}`));
  }
  return found;
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}
