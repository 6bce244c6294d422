import {
  checkSliceSize,
  sizeText,
  sliceSizeSchema,
  square,
} from "../../../lib/base/volume/slice_size.ts";
import { assertEquals, assertThrows } from "../../deps.ts";

Deno.test("checkSliceSize() and the schema take the same sides: multiples of 16 up to 4096", () => {
  for (const size of [square(16), { height: 4096, width: 48 }]) {
    checkSliceSize(size, "test");
    assertEquals(sliceSizeSchema.parse(size), size);
  }
  for (const side of [0, 8, 100, 4112, 16.5, -16, NaN, Infinity]) {
    for (const size of [{ height: side, width: 16 }, { height: 16, width: side }]) {
      assertThrows(
        () => checkSliceSize(size, "prepare a"),
        RangeError,
        `Cannot prepare a: size is ${size.height} x ${size.width}, wanted multiples of 16`,
      );
      assertEquals(sliceSizeSchema.safeParse(size).success, false, sizeText(size));
    }
  }
});
