/** Prepared cases from the cache, or made anew and kept there. */
import { BlockError } from "../../../formats/blocks/block_error.ts";
import type { CaseSource } from "../cases/case_source.ts";
import type { PreparedCache } from "../cases/prepared_cache.ts";
import { blocksOf, packCase, type PackedCase, UnpackedCase } from "./packed_case.ts";
import {
  type Preparation,
  prepareCase,
  type PreparedCase,
  prepareVoxels,
  withRestore,
} from "./prepare_case.ts";

/** A prepared case, as plain data: the name of its entry in the cache, or itself. */
export type ProvidedCase = { readonly entry: string } | { readonly packed: PackedCase };

/** Where to look first, and whether to believe what is there. */
export interface ProvideOptions {
  readonly cache?: PreparedCache | undefined;
  /** Makes it anew even where the cache has it, which turned out to be damaged. */
  readonly anew?: boolean;
}

/**
 * Finds or prepares a case.
 *
 * @throws {DatasetError | NiftiError} As the case's `load`.
 */
export async function provideCase(
  source: CaseSource,
  preparation: Preparation,
  { cache, anew = false }: ProvideOptions = {},
): Promise<ProvidedCase> {
  const key = await cache?.keyOf(source, preparation);
  if (key !== undefined && !anew && cache!.open(key.entry, source) !== undefined) {
    await cache!.note(key, source.outline);
    return { entry: key.entry };
  }
  const packed = packCase(source, await prepareVoxels(source, preparation));
  if (key === undefined || !await cache!.keep(key, source, packed)) return { packed };
  await cache!.note(key, source.outline);
  return { entry: key.entry };
}

/**
 * A whole case, by way of the cache where files alone decide what it is.
 *
 * @throws {DatasetError | NiftiError} As the case's `load`.
 */
export async function prepareThroughCache(
  source: CaseSource,
  preparation: Preparation,
  cache: PreparedCache | undefined,
): Promise<PreparedCase> {
  if (cache === undefined || source.load.files === undefined) {
    return await prepareCase(source, preparation);
  }
  for (const anew of [false, true]) {
    const provided = await provideCase(source, preparation, { cache, anew });
    const unpacked = "packed" in provided
      ? new UnpackedCase(source, blocksOf(provided.packed))
      : cache.open(provided.entry, source);
    try {
      if (unpacked !== undefined) return withRestore(unpacked.whole());
    } catch (error) {
      if (!(error instanceof BlockError) && !isGone(error)) throw error;
    }
  }
  // Somebody damages or removes what was written a moment ago.
  return await prepareCase(source, preparation);
}

/** Whether a file was removed, as by another process that clears the cache. */
export function isGone(error: unknown): boolean {
  return error instanceof Error && error.name === "NotFound";
}
