import { join } from "../../../base/deps/std.ts";

/** What of the system says where caches are kept. */
export interface CacheSystem {
  /** The operating system, as `Deno.build.os` names it. */
  readonly os: string;
  /** A variable of the environment; undefined where it is not set. */
  readonly env: (name: string) => string | undefined;
}

const HERE: CacheSystem = {
  os: Deno.build.os,
  env: (name) => {
    try {
      return Deno.env.get(name);
    } catch {
      // Without the permission to ask there is no place to name: a cache changes no result.
      return undefined;
    }
  },
};

/**
 * The folder for prepared cases where the operating system keeps caches: `tandem/prepared` in
 * XDG_CACHE_HOME or ~/.cache, ~/Library/Caches on macOS, %LOCALAPPDATA% on Windows. Undefined where the
 * system names no such place, or may not be asked.
 */
export function cachePlace({ os, env }: CacheSystem = HERE): string | undefined {
  const home = env("HOME") || undefined;
  const below = (folder: string | undefined, ...parts: string[]) =>
    folder && join(folder, ...parts);
  const base = os === "windows"
    ? env("LOCALAPPDATA") || undefined
    : os === "darwin"
    ? below(home, "Library", "Caches")
    : env("XDG_CACHE_HOME") || below(home, ".cache");
  return below(base, "tandem", "prepared");
}
