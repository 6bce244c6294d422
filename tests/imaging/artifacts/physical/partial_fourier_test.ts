import { assert } from "../../../deps.ts";
import { partialFourier } from "../../../../lib/imaging/artifacts/physical/partial_fourier.ts";
import { undersampling } from "../../../../lib/imaging/artifacts/physical/undersampling.ts";
import { largestDifference } from "../../fft/naive_dft.ts";
import { smallCase } from "../small_case.ts";

Deno.test("physical/partial-fourier leaves out lines on the side it names", () => {
  const { volume } = smallCase([24, 20, 1]);
  for (const side of ["first", "last"] as const) {
    const { data } = partialFourier.apply(volume, { phaseEncodeAxis: 1, fraction: 0.7, side });
    const lines = [...Array(14).keys()].map((l) => side === "first" ? l + 6 : l);
    assert(
      largestDifference(data, undersampling.apply(volume, { phaseEncodeAxis: 1, lines }).data) ===
        0,
    );
  }
});

Deno.test("physical/partial-fourier leaves out a tenth of ten lines, one, at the fraction 0.9", () => {
  const { volume } = smallCase([12, 10, 1]), params = { phaseEncodeAxis: 1 as const };
  const { data } = partialFourier.apply(volume, { ...params, fraction: 0.9, side: "last" });
  const lines = [...Array(9).keys()];
  assert(largestDifference(data, undersampling.apply(volume, { ...params, lines }).data) === 0);
});
