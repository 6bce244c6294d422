import { assert, assertEquals } from "../../../deps.ts";
import { anisotropy } from "../../../../lib/imaging/artifacts/torchio/anisotropy.ts";
import { smallCase } from "../small_case.ts";

Deno.test("torchio/anisotropy along few slices blanks the end slices, as TorchIO does, unless told not to", () => {
  const { volume } = smallCase([6, 5, 6]);
  const blank = (outside: "zero" | "edge") => {
    const { data } = anisotropy.apply(volume, { axis: 2, factor: 2.5, outside });
    return [...Array(6).keys()].filter((k) =>
      data.subarray(30 * k, 30 * k + 30).every((v) => v === 0)
    );
  };
  assert(blank("zero").length > 0);
  assertEquals(blank("edge"), []);
});
