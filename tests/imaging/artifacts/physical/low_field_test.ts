import { assert, assertThrows } from "../../../deps.ts";
import { lowField } from "../../../../lib/imaging/artifacts/physical/low_field.ts";
import { smallCase } from "../small_case.ts";

const params = {
  fieldT: 0.3,
  referenceT: 1.5,
  referenceSnr: 1e9,
  noiseExponent: 1,
  keep: 1,
  contrast: "label" as const,
  seed: 1,
};

Deno.test("physical/low-field brings blood nearer to muscle, whose T1 shortens more, and nothing up", () => {
  const { volume, label, context } = smallCase([48, 40, 1]);
  const { data } = lowField.apply(volume, { ...params }, context);
  const gainOf = (code: number) => {
    let sum = 0, count = 0;
    label.data.forEach((c, o) => c === code && (sum += data[o]! / volume.data[o]!, count++));
    return sum / count;
  };
  assert(Math.abs(gainOf(2) - 1) < 0.02, `muscle ${gainOf(2)}`);
  assert(gainOf(1) < 0.95 && gainOf(1) > 0.5, `blood ${gainOf(1)}`);
});

Deno.test("physical/low-field is noisier the lower the field", () => {
  const { volume } = smallCase();
  const errorAt = (fieldT: number) => {
    const given = { ...params, fieldT, referenceSnr: 40, contrast: "none" as const };
    return lowField.apply(volume, given).data.reduce(
      (sum, value, o) => sum + (value - volume.data[o]!) ** 2,
      0,
    );
  };
  assert(errorAt(0.2) > 4 * errorAt(0.6));
});

Deno.test("physical/low-field needs the label for its contrast", () => {
  assertThrows(() => lowField.apply(smallCase().volume, params), TypeError, "needs a label map");
});
