import { assertEquals } from "../../../deps.ts";
import { fingerprintThrough } from "../../../../lib/imaging/data/cases/kept_fingerprint.ts";
import { openDataset } from "../../../../lib/imaging/data/cases/open_dataset.ts";
import { PreparedCache } from "../../../../lib/imaging/data/cases/prepared_cache.ts";
import { takeFingerprint } from "../../../../lib/imaging/data/preparation/fingerprint.ts";
import { inFolder, writeHeart } from "../tiny_heart.ts";

Deno.test("fingerprintThrough() measures files of the same bytes once", () =>
  inFolder(async (dir) => {
    for (const frame of ["ED", "ES"]) await writeHeart(`${dir}/data/X1`, `X1_sa_${frame}`);
    const { cases } = await openDataset(`${dir}/data`, "mnms");
    const cache = new PreparedCache(`${dir}/cache`);
    await Deno.mkdir(cache.dir);
    const expected = await takeFingerprint(cases);
    assertEquals(await fingerprintThrough(undefined, cases), expected);
    assertEquals(await fingerprintThrough(cache, cases), expected);
    const [{ name }] = [...Deno.readDirSync(cache.dir)] as [Deno.DirEntry];
    const path = `${cache.dir}/${name}`;
    await Deno.writeTextFile(path, JSON.stringify({ ...expected, slices: 77 }));
    assertEquals((await fingerprintThrough(cache, cases)).slices, 77);
    assertEquals((await fingerprintThrough(cache, cases, { sliceAxis: 0 })).slices, 48);
    await Deno.writeTextFile(path, "damaged");
    const text = JSON.stringify(await fingerprintThrough(cache, cases));
    assertEquals(text, JSON.stringify(expected));
    assertEquals(JSON.stringify(await fingerprintThrough(cache, cases)), text);
  }));
