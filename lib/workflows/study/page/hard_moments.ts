import { join } from "../../../base/deps/std.ts";
import type { HardExampleRecord } from "../../../learning/training/keep_hard_examples.ts";
import { exists } from "../../../formats/files/exists.ts";

/** The hard examples that a folder holds, by step; none where there is no such folder. */
export async function readHardMoments(dir: string): Promise<HardExampleRecord[]> {
  if (!await exists(dir)) return [];
  const names: string[] = [];
  for await (const { name } of Deno.readDir(dir)) {
    if (/^step_\d+\.json$/.test(name)) names.push(name);
  }
  const moments: HardExampleRecord[] = await Promise.all(
    names.map(async (name) => JSON.parse(await Deno.readTextFile(join(dir, name)))),
  );
  return moments.sort((a, b) => a.step - b.step);
}
