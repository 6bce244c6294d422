import { dirname, join, resolve } from "../../base/deps/std.ts";

/**
 * The commit that is checked out in a folder, read from git's own files, so that no program has to
 * run; undefined where the folder is no checkout, or they may not be read.
 */
export async function gitCommit(root: string): Promise<string | undefined> {
  try {
    const place = join(root, ".git");
    const file = await read(place).catch(() => undefined);
    // a further working tree has a file that names the folder
    const dir = file === undefined ? place : resolve(root, file.replace(/^gitdir:\s*/, ""));
    const head = await read(join(dir, "HEAD"));
    const [, ref] = /^ref:\s*(.+)$/.exec(head) ?? [];
    if (ref === undefined) return asCommit(head);
    const common = await read(join(dir, "commondir")).catch(() => ".");
    const shared = resolve(dir, common);
    const loose = await read(join(shared, ref)).catch(() => undefined);
    if (loose !== undefined) return asCommit(loose);
    const packed = await read(join(shared, "packed-refs"));
    return asCommit(packed.split("\n").find((line) => line.endsWith(` ${ref}`))?.split(" ")[0]);
  } catch {
    return undefined;
  }
}

function asCommit(text: string | undefined): string | undefined {
  return text !== undefined && /^[0-9a-f]{40,64}$/.test(text) ? text : undefined;
}

/** The trimmed text of a file; throws where it may not be read, rather than to have a person asked. */
async function read(path: string): Promise<string> {
  const { state } = await Deno.permissions.query({ name: "read", path });
  if (state !== "granted") throw new Deno.errors.NotCapable(`${dirname(path)} may not be read`);
  return (await Deno.readTextFile(path)).trim();
}
