/** The archive of the npm package, made by npm itself. */
import { fromFileUrl, join } from "../../lib/base/deps/std.ts";
import { z } from "../../lib/base/deps/zod.ts";
import { runProgram } from "../run_program.ts";

const packedSchema = z.object({
  filename: z.string(),
  size: z.number(),
  unpackedSize: z.number(),
  entryCount: z.number(),
});

/** npm tells of packages in a list, or since its version 12 by their names. */
const saidSchema = z.union([z.array(packedSchema), z.record(z.string(), packedSchema)]);

/** What `npm pack` made. */
export interface PackedPackage {
  readonly path: string;
  readonly bytes: number;
  readonly unpackedBytes: number;
  readonly files: number;
}

/**
 * Packs a folder; the archive lies in it.
 *
 * @throws {Error} If npm is not to be had, or refuses.
 */
export async function packPackage(folder: URL): Promise<PackedPackage> {
  const dir = fromFileUrl(folder);
  const said = await runProgram("npm", ["pack", "--json", "--ignore-scripts"], { cwd: dir });
  const [packed] = Object.values(saidSchema.parse(JSON.parse(said.stdout)));
  return {
    path: join(dir, packed!.filename),
    bytes: packed!.size,
    unpackedBytes: packed!.unpackedSize,
    files: packed!.entryCount,
  };
}
