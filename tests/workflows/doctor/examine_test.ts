import { assert, assertEquals } from "../../deps.ts";
import { examine } from "../../../lib/workflows/doctor/examine.ts";
import { startBackend } from "../../../wasm/backend.ts";

Deno.test("examine() finds an arithmetic that holds and tells the machine's features", async () => {
  const { facts, checks, passed } = await examine({ threads: 1 });
  assertEquals(checks.map(({ passed }) => passed), [true, true, true]);
  assert(passed);
  assertEquals([facts.Deno, facts.threads, facts.SIMD], [Deno.version.deno, 1, true]);
  assert(Number(facts["convolution 3x3, 16 to 16 channels, 96 x 96 x 10 (GFLOP/s)"]) > 0);
  await (await startBackend({ threads: 1 })).stop();
});
