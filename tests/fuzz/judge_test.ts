import { assert, assertEquals } from "../deps.ts";
import { RandomStream } from "../../lib/base/random/random_stream.ts";
import { NiftiError } from "../../lib/formats/nifti/nifti_error.ts";
import { judge } from "./judge.ts";

function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

const NOTHING = undefined as unknown as { a: { b: number }; [Symbol.iterator](): Iterator<number> };

Deno.test("judge() takes errors of our classes that name the file, and what our code makes by new", () => {
  const own = new NiftiError("magic", "Cannot open a.nii: no");
  assertEquals(judge(own, ["a.nii"]), { kind: "refused", what: "NiftiError magic" });
  const made = thrownBy(() => RandomStream.fromSeed(-1));
  assertEquals(judge(made, ["Cannot seed"]), { kind: "refused", what: "RangeError" });
});

Deno.test("judge() tells an engine's own errors, whatever their class", () => {
  const raw = [
    () => NOTHING.a.b,
    () => [...NOTHING],
    () => new Array(-1),
    () => new Uint8Array(-1),
    () => "x".repeat(-1),
    () => BigInt(0.5),
    () => JSON.parse("{"),
    () => new DataView(new ArrayBuffer(2)).getInt32(0),
    // Within our code, but not made by it.
    () => RandomStream.fromState({ key: null as never, generator: [1, 2, 3, 4] }),
    () => RandomStream.fromSeed(1).choice(null as never),
    // Made, but not in lib.
    () => {
      throw new TypeError("Cannot do this to a.nii");
    },
    () => {
      throw "text of a.nii";
    },
  ];
  for (const run of raw) {
    const { kind, what } = judge(thrownBy(run), ["", "a.nii"]);
    assertEquals(kind, "fault", what);
  }
});

Deno.test("judge() wants the file's name, a short text, and no complaint of an engine in it or behind it", () => {
  const of = (text: string, cause?: unknown) =>
    judge(new NiftiError("header", text, { cause }), ["a.nii"]);
  assert(of("Cannot open it").what.startsWith("no name in NiftiError"));
  assertEquals(of(`Cannot open a.nii ${"x".repeat(1e5)}`).kind, "fault");
  assertEquals(of("a.nii: Cannot read properties of undefined (reading 'x')").kind, "fault");
  assertEquals(of("a.nii is wrong", thrownBy(() => NOTHING.a.b)).kind, "fault");
  assertEquals(of("a.nii is wrong", new Error("No such file")).kind, "refused");
});
