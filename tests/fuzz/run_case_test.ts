// Before all that it shall count.
import "./count_memory.ts";
import { assert, assertEquals } from "../deps.ts";
import { NiftiError } from "../../lib/formats/nifti/nifti_error.ts";
import { inputOf, runCase } from "./run_case.ts";
import { type FuzzTarget, textBytes } from "./target.ts";

function target(read: FuzzTarget["readers"][number], change: Partial<FuzzTarget> = {}): FuzzTarget {
  const seeds = [textBytes({ a: [1, 2], b: "text" }), textBytes({ c: null })];
  return { name: "made", kind: "json", file: "made.json", seeds, readers: [read], ...change };
}

const verdictOf = async (read: FuzzTarget["readers"][number], index = 7) => {
  const { kind, what } = await runCase({ target: target(read), seed: 1, index });
  return `${kind}: ${what}`;
};

Deno.test("inputOf() gives the valid inputs first, then the same spoilt ones for a seed", () => {
  const made = target(() => {});
  assertEquals(inputOf({ target: made, seed: 1, index: 1 }).bytes, made.seeds[1]);
  const inputs = (seed: number) =>
    Array.from({ length: 60 }, (_, index) => inputOf({ target: made, seed, index: index + 2 }));
  assertEquals(inputs(3), inputs(3));
  assert(JSON.stringify(inputs(3)) !== JSON.stringify(inputs(4)));
  const ways = new Set(inputs(3).flatMap((input) => input.ways));
  assert(ways.size > 8, [...ways].join());
});

Deno.test("inputOf() dresses what is spoilt", () => {
  const made = target(() => {}, { dress: (spoilt) => Uint8Array.of(9, ...spoilt) });
  for (const index of [0, 5]) assertEquals(inputOf({ target: made, seed: 1, index }).bytes[0], 9);
});

Deno.test("runCase() tells results and refusals, of several readers the worst", async () => {
  const refuse = (path: string) => {
    throw new NiftiError("magic", `Cannot open ${path}`);
  };
  assertEquals(await verdictOf(() => 1), "result: result");
  assertEquals(await verdictOf(refuse), "refused: NiftiError magic");
  assert(
    (await verdictOf(() => (undefined as unknown as { a: 1 }).a)).startsWith("fault: TypeError"),
  );
  for (
    const [readers, kind] of [[[refuse, () => 1], "result"], [[() => 1, refuse], "result"]] as const
  ) {
    const report = await runCase({ target: target(refuse, { readers }), seed: 1, index: 3 });
    assertEquals(report.kind, kind);
  }
});

Deno.test("runCase() tells what asks for more memory than the input needs, caught or not", async () => {
  const fault = "fault: asks for more than twice the memory that the input needs";
  assertEquals(await verdictOf(() => new Float64Array(2 ** 18)), fault);
  assertEquals(await verdictOf(() => new ArrayBuffer(2 ** 40)), fault);
  assertEquals(
    await verdictOf(() => {
      try {
        return new Uint8Array(2 ** 32);
      } catch (cause) {
        throw new NiftiError("memory", "Cannot open made.json", { cause });
      }
    }),
    fault,
  );
  assertEquals(await verdictOf(() => new Uint8Array(2 ** 19)), "result: result");
});
