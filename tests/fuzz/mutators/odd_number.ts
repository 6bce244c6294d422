import type { HeaderField, Mutator } from "../mutator.ts";
import { ODD_FLOATS, ODD_INTEGERS } from "./odd_values.ts";

const SIZES = { uint8: 1, int16: 2, int32: 4, int64: 8, float32: 4, float64: 8 } as const;
const TYPES = Object.keys(SIZES) as HeaderField["type"][];

/** Writes an odd number, 0, -1, 2^31, 2^53, NaN and the like, into a field of the header or anywhere. */
export const oddNumber: Mutator = {
  name: "odd number",
  of: "bytes",
  mutate(input, { draws, fields }) {
    const bytes = input.slice(), view = new DataView(bytes.buffer);
    const type = draws.choice(TYPES);
    const field = fields.length > 0 && draws.chance(0.7)
      ? draws.choice(fields)
      : { at: draws.integer(0, Math.max(0, bytes.length - SIZES[type])), type };
    const whole = BigInt(draws.choice(ODD_INTEGERS)), little = draws.chance(0.8);
    const float = draws.chance(0.5) ? draws.choice(ODD_FLOATS) : Number(whole);
    const { at } = field;
    switch (field.type) {
      case "uint8":
        view.setUint8(at, Number(BigInt.asUintN(8, whole)));
        break;
      case "int16":
        view.setInt16(at, Number(BigInt.asIntN(16, whole)), little);
        break;
      case "int32":
        view.setInt32(at, Number(BigInt.asIntN(32, whole)), little);
        break;
      case "int64":
        view.setBigInt64(at, whole, little);
        break;
      case "float32":
        view.setFloat32(at, float, little);
        break;
      case "float64":
        view.setFloat64(at, float, little);
    }
    return bytes;
  },
};
