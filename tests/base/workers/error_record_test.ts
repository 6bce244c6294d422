import { assert, assertEquals } from "../../deps.ts";
import { recordError, reviveError } from "../../../lib/base/workers/error_record.ts";
import { WriteError } from "../../../lib/formats/files/write_atomically.ts";
import { NiftiError } from "../../../lib/formats/nifti/nifti_error.ts";
import { DatasetError } from "../../../lib/imaging/data/cases/dataset_error.ts";

/** What comes out at the other end of a message. */
const sent = (thrown: unknown) =>
  reviveError(structuredClone(recordError(thrown)), [DatasetError, NiftiError, WriteError]);

Deno.test("reviveError() gives errors back in their class, with all that they carry", () => {
  const cause = new RangeError("low");
  const nifti = sent(new NiftiError("write", "full", { cause })) as NiftiError;
  assert(nifti instanceof NiftiError);
  assertEquals([nifti.name, nifti.message, nifti.code], ["NiftiError", "full", "write"]);
  assert(nifti.cause instanceof RangeError);
  assert(nifti.stack!.includes("error_record_test.ts"));
  const write = sent(new WriteError("a/b", { cause })) as WriteError;
  assert(write instanceof WriteError);
  assertEquals([write.path, write.message], ["a/b", "Cannot write a/b: low"]);
  assert(sent(new DatasetError("none")) instanceof DatasetError);
  for (const Class of [RangeError, TypeError, SyntaxError]) {
    const error = sent(new Class("x"));
    assertEquals(Object.getPrototypeOf(error), Class.prototype);
    assertEquals(String(error), `${Class.name}: x`);
  }
});

Deno.test("reviveError() keeps the name of a class that it does not know", () => {
  class OddError extends Error {
    override readonly name = "OddError";
    readonly tool = () => {};
  }
  const odd = sent(new OddError("why"));
  assertEquals([odd.name, odd.message, "tool" in odd], ["OddError", "why", false]);
  assertEquals(Object.getPrototypeOf(odd), Error.prototype);
  assertEquals(sent("text").message, "text");
});
