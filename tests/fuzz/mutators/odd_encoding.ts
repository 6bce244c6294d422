import type { Mutator } from "../mutator.ts";
import { joinBytes } from "./join_bytes.ts";

const BOM = Uint8Array.of(0xef, 0xbb, 0xbf);

/** Marks of byte order, UTF-16, NULs, and bytes that are no UTF-8. */
export const oddEncoding: Mutator = {
  name: "odd encoding",
  of: "text",
  mutate(input, { draws }) {
    const at = draws.integer(0, input.length);
    const [head, tail] = [input.subarray(0, at), input.subarray(at)];
    switch (draws.integer(0, 5)) {
      case 0:
        return joinBytes(BOM, input);
      case 1:
        return joinBytes(BOM, BOM, input);
      case 2: {
        const wide = new Uint8Array(2 + 2 * input.length);
        wide.set([0xff, 0xfe]);
        input.forEach((byte, n) => wide[2 + 2 * n] = byte);
        return wide;
      }
      case 3:
        return joinBytes(head, new Uint8Array(draws.choice([1, 16])), tail);
      case 4:
        return joinBytes(head, Uint8Array.of(0xc3, 0x28, 0xff, 0xfe, 0xed, 0xa0, 0x80), tail);
      default:
        return joinBytes(head, BOM, tail);
    }
  },
};
