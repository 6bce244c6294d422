import { assertEquals, assertRejects, assertThrows } from "../../deps.ts";
import { BlockError } from "../../../lib/formats/blocks/block_error.ts";
import { openBlocks, writeBlocks } from "../../../lib/formats/blocks/block_file.ts";
import { WriteError } from "../../../lib/formats/files/write_atomically.ts";
import { inFolder } from "../../imaging/data/tiny_heart.ts";

const BLOCKS = [Uint8Array.of(1, 2, 3), new Uint8Array(0), Uint8Array.of(9)];

Deno.test("writeBlocks() keeps blocks that openBlocks() reads in any order", () =>
  inFolder(async (dir) => {
    const path = `${dir}/a.case`;
    await writeBlocks(path, "what they are: ä", BLOCKS);
    const { text, count, read } = openBlocks(path);
    assertEquals([text, count], ["what they are: ä", 3]);
    for (const index of [2, 0, 1, 0]) assertEquals(read(index), BLOCKS[index]);
  }));

Deno.test("openBlocks() tells any changed or missing byte, of a block when it is read", () =>
  inFolder(async (dir) => {
    const path = `${dir}/a.case`;
    await writeBlocks(path, "text", BLOCKS);
    const whole = await Deno.readFile(path);
    for (let at = 0; at < whole.length; at++) {
      const damaged = whole.slice();
      damaged[at]! ^= 4;
      await Deno.writeFile(path, damaged);
      const block = at - (whole.length - 4);
      if (block < 0) {
        assertThrows(() => openBlocks(path), BlockError, path);
      } else {
        const { read } = openBlocks(path);
        assertEquals(read(1), BLOCKS[1]);
        assertThrows(() => read(block < 3 ? 0 : 2), BlockError, "is damaged");
        assertEquals(read(block < 3 ? 2 : 0), BLOCKS[block < 3 ? 2 : 0]);
      }
    }
    for (const length of [0, 5, 30, whole.length - 1]) {
      await Deno.writeFile(path, whole.subarray(0, length));
      assertThrows(() => openBlocks(path), BlockError, path);
    }
  }));

Deno.test("writeBlocks() may be called for one file by many at once", () =>
  inFolder(async (dir) => {
    const path = `${dir}/a.case`;
    await Promise.all(Array.from({ length: 20 }, () => writeBlocks(path, "text", BLOCKS)));
    assertEquals(openBlocks(path).read(0), BLOCKS[0]);
    assertEquals([...Deno.readDirSync(dir)].map(({ name }) => name), ["a.case"]);
    await assertRejects(() => writeBlocks(`${dir}/no/a.case`, "", []), WriteError, "a.case");
  }));
