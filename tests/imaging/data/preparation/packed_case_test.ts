import { assert, assertEquals, assertThrows } from "../../../deps.ts";
import { square } from "../../../../lib/base/volume/slice_size.ts";
import { BlockError } from "../../../../lib/formats/blocks/block_error.ts";
import {
  blocksOf,
  packCase,
  UnpackedCase,
} from "../../../../lib/imaging/data/preparation/packed_case.ts";
import {
  type PrepareOptions,
  prepareVoxels,
} from "../../../../lib/imaging/data/preparation/prepare_case.ts";
import { slicedCase } from "../../../../lib/imaging/data/preparation/sliced_case.ts";
import type { CaseSource } from "../../../../lib/imaging/data/cases/case_source.ts";
import { tinyHeart } from "../tiny_heart.ts";

/** Two channels, a header with odd numbers, with or without a label. */
function oddCase(labelled: boolean): CaseSource {
  const { source, image, label } = tinyHeart();
  const header = {
    ...image.header,
    calMin: NaN,
    toffset: -0,
    extension: Uint8Array.of(1, 0, 0, 0),
  };
  const other = image.volume.data.map((value, n) => value + (n % 7));
  return {
    ...source,
    load: () =>
      Promise.resolve({
        images: [{ ...image, header, warnings: ["heart.nii: odd"] }, {
          ...image,
          volume: { ...image.volume, data: other },
        }],
        ...labelled && { label },
      }),
  };
}

const WAYS: Record<string, PrepareOptions> = {
  "cut and scaled": { size: square(16), spacing: 2 },
  "cut, not scaled": { size: square(16), spacing: 2, intensity: { kind: "volume" } },
  "whole": { size: square(16), spacing: 2, larger: "tiles" },
  "padded, along another axis": { size: square(48), spacing: 2, sliceAxis: 0, larger: "tiles" },
};

for (const [name, options] of Object.entries(WAYS)) {
  Deno.test(`packCase() keeps all of a case, ${name}`, async () => {
    for (const labelled of [true, false]) {
      const source = oddCase(labelled);
      const prepared = await prepareVoxels(source, options);
      const unpacked = new UnpackedCase(source, blocksOf(packCase(source, prepared)));
      assertEquals(unpacked.whole(), prepared);
      const expected = slicedCase(prepared);
      const { slices, channels, height, width, foreground } = unpacked;
      assertEquals(
        { slices, channels, height, width, foreground, labelled: unpacked.labelled },
        {
          ...{ slices: expected.slices, channels: 2, height: expected.height },
          ...{ width: expected.width, foreground: expected.foreground, labelled },
        },
      );
      for (let n = 0; n < slices; n++) assertEquals(unpacked.slice(n), expected.slice(n));
    }
  });
}

Deno.test("an unpacked case is whoever asks for it, but its warnings name one place", async () => {
  const source = oddCase(true);
  const packed = packCase(source, await prepareVoxels(source, { size: square(16) }));
  const other = { ...source, id: "other", subject: "s", imagePaths: ["a"] as [string] };
  const unpacked = new UnpackedCase(other, blocksOf(packed));
  assertEquals([unpacked.whole().id, unpacked.whole().subject], ["other", "s"]);
  assert(!unpacked.tellsOf && new UnpackedCase(source, blocksOf(packed)).tellsOf);
  assertThrows(
    () => new UnpackedCase(source, blocksOf({ ...packed, blocks: packed.blocks.slice(1) })),
    BlockError,
    "blocks",
  );
  assertThrows(
    () => new UnpackedCase(source, blocksOf({ ...packed, text: `{"version": 2}` })),
    BlockError,
  );
});

Deno.test("a description that is no JSON is damage like any other", async () => {
  const source = oddCase(true);
  const packed = packCase(source, await prepareVoxels(source, { size: square(16) }));
  for (const text of ["", "{", "null", packed.text.slice(1), packed.text.replace("2", "[[[")]) {
    assertThrows(
      () => new UnpackedCase(source, blocksOf({ ...packed, text })),
      BlockError,
      "Cannot unpack",
    );
  }
});

Deno.test("a description is held to its blocks before memory is asked for", async () => {
  const source = oddCase(true);
  const packed = packCase(source, await prepareVoxels(source, { size: square(16) }));
  const described = JSON.parse(packed.text);
  const wrong: [Record<string, unknown>, string][] = [
    [{ field: { height: 2 ** 30, width: 2 ** 30 } }, "its slice wants"],
    [{ channels: 7 }, "its slice wants"],
    [{ shown: { height: 4096, width: 4096 } }, "are seen of"],
    [{ foreground: [0, 999] }, "foreground lies beyond"],
    [{ label: { ...described.label, shape: [2 ** 15, 2 ** 15, 2 ** 15] } }, "cannot hold a label"],
  ];
  for (const [change, includes] of wrong) {
    const text = JSON.stringify({ ...described, ...change });
    const unpack = () => new UnpackedCase(source, blocksOf({ ...packed, text }));
    assertThrows(unpack, BlockError, includes);
  }
  const shape = [described.label.shape[0], described.label.shape[1], 1];
  const text = JSON.stringify({ ...described, label: { ...described.label, shape } });
  const unpacked = new UnpackedCase(source, blocksOf({ ...packed, text }));
  assertThrows(() => unpacked.whole(), BlockError, "its label is damaged");
});
