import { assertEquals } from "../../deps.ts";
import { readSourceSeries } from "../../../lib/formats/dicom/source_frames.ts";
import { inFolder } from "../../imaging/data/tiny_heart.ts";
import { stack, writeSlices } from "./dicom_file.ts";

Deno.test("readSourceSeries() takes the place of plain images, beside an empty sequence of frames too", () =>
  inFolder(async (folder) => {
    const read = async (name: string, emptyFrames: boolean) => {
      await writeSlices(`${folder}/${name}`, stack(2, 0, { emptyFrames }));
      return await readSourceSeries([0, 1].map((n) => `${folder}/${name}/${n}`), name);
    };
    const plain = await read("plain", false);
    assertEquals(plain.frames.map(({ position }) => position), [[0, 0, 0], [0, 0, 5]]);
    assertEquals(plain.frames.map(({ frame }) => frame), [undefined, undefined]);
    assertEquals((await read("empty", true)).frames, plain.frames);
  }));
