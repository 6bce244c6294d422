/** The environment of commands that tests run: they keep nothing where the user's cache is. */

const caches = Deno.env.get("XDG_CACHE_HOME") || `${Deno.env.get("HOME")}/.cache`;

/** Where Deno keeps its packages, which is told from the same variable. */
const denoDir = Deno.env.get("DENO_DIR") ?? `${caches}/deno`;

let dir: string | undefined;

/** Variables by which a command has a cache of its own, which goes with the tests. */
export function ownCache(): Record<string, string> {
  if (Deno.build.os !== "linux") return {};
  if (dir === undefined) {
    dir = Deno.makeTempDirSync({ prefix: "tandem-cache-" });
    globalThis.addEventListener("unload", () => Deno.removeSync(dir!, { recursive: true }));
  }
  return { XDG_CACHE_HOME: dir, DENO_DIR: denoDir };
}
