import { cachePlace } from "../../imaging/data/cases/cache_place.ts";
import { openPreparedCache, type PreparedCache } from "../../imaging/data/cases/prepared_cache.ts";

/** Where prepared cases are kept. */
export interface CacheOptions {
  /** The data set's folder; null = the phantom, which is made in memory. */
  readonly dir: string | null;
  /** A folder, `auto` = where the system keeps caches, null or `none` = nowhere. */
  readonly cache: string | null;
}

/**
 * Opens the cache that settings name.
 *
 * @param onNotice Is told where it cannot be used.
 * @returns Undefined where none is wanted, or none can be used.
 */
export async function openCache(
  { dir, cache }: CacheOptions,
  onNotice: (line: string) => void = () => {},
): Promise<PreparedCache | undefined> {
  if (dir === null || cache === null || cache === "none") return undefined;
  const place = cache === "auto" ? cachePlace() : cache;
  if (place !== undefined) return await openPreparedCache(place, onNotice);
  onNotice("the system names no folder for caches: going on without one (data.cache)");
  return undefined;
}

/** Bytes that `data.memory`, in GB, allows. */
export function memoryBytes({ memory }: { readonly memory: number }): number {
  return memory * 1e9;
}
