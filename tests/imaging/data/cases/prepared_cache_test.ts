import { assert, assertEquals } from "../../../deps.ts";
import { square } from "../../../../lib/base/volume/slice_size.ts";
import {
  clearCache,
  readCacheContents,
} from "../../../../lib/imaging/data/cases/cache_contents.ts";
import type { FileCase } from "../../../../lib/imaging/data/cases/case_source.ts";
import { fileCase, type FileCaseOptions } from "../../../../lib/imaging/data/cases/file_case.ts";
import {
  openPreparedCache,
  PreparedCache,
} from "../../../../lib/imaging/data/cases/prepared_cache.ts";
import { MNMS_TASK } from "../../../../lib/imaging/data/layouts/cardiac.ts";
import {
  preparationSchema,
  prepareCase,
} from "../../../../lib/imaging/data/preparation/prepare_case.ts";
import {
  prepareThroughCache,
  provideCase,
} from "../../../../lib/imaging/data/preparation/provide_case.ts";
import { inFolder, writeHeart } from "../tiny_heart.ts";

const HOW = { ...preparationSchema.parse({}), size: square(16), spacing: 2 };

function heart(dir: string, more: Partial<FileCaseOptions> = {}): FileCase {
  return fileCase({
    ...{ id: "h", subject: "h", frame: "ED", domain: "d", task: MNMS_TASK },
    imagePaths: [`${dir}/h.nii.gz`],
    labelPath: `${dir}/h_gt.nii.gz`,
    ...more,
  });
}

/** Files as they are after a while, so that notes are written of them. */
async function age(dir: string): Promise<void> {
  const past = new Date(Date.now() - 60_000);
  for (const name of ["h", "h_gt"]) await Deno.utime(`${dir}/${name}.nii.gz`, past, past);
}

async function entries(dir: string): Promise<number> {
  return (await readCacheContents(dir)).entries;
}

/** What a test compares of a case: functions are never equal. */
function voxels({ restore, ...rest }: Awaited<ReturnType<typeof prepareCase>>) {
  return { ...rest, restored: restore(rest.labels!) };
}

Deno.test("a cached case is the one that prepareCase() gives, wherever its files lie", () =>
  inFolder(async (dir) => {
    const cache = new PreparedCache(`${dir}/cache`);
    await Deno.mkdir(cache.dir);
    for (const place of ["a", "b"]) await writeHeart(`${dir}/${place}`, "h");
    const [a, b] = [heart(`${dir}/a`), heart(`${dir}/b`, { id: "i", subject: "s" })];
    for (const source of [a, a, b]) {
      const through = await prepareThroughCache(source, HOW, cache);
      assertEquals(voxels(through), voxels(await prepareCase(source, HOW)));
      assertEquals(await entries(cache.dir), 1);
    }
  }));

Deno.test("the content of files, how they are read and how they are prepared decide", () =>
  inFolder(async (dir) => {
    await writeHeart(dir, "h");
    const cache = new PreparedCache(dir), source = heart(dir);
    const key = async (own = source, how = HOW) => (await cache.keyOf(own, how))!.entry;
    const first = await key();
    assertEquals(await key(heart(dir, { id: "other", domain: "e" })), first);
    // Settings in another order are the same.
    assertEquals(await key(source, preparationSchema.parse(HOW)), first);
    const [background, ...labels] = MNMS_TASK.labels;
    const others = [
      await key(source, { ...HOW, spacing: 2.5 }),
      await key(source, { ...HOW, intensity: { kind: "volume" } }),
      await key(heart(dir, { task: { ...MNMS_TASK, labels: [background!, ...labels.reverse()] } })),
      await key(heart(dir, { geometry: "qform" })),
      await key(heart(dir, { orientation: { transpose: true, flipI: false, flipJ: false } })),
    ];
    assertEquals(new Set([first, ...others]).size, 6);
    // The same length, and times as they were: only a byte differs.
    const path = source.imagePaths[0], bytes = await Deno.readFile(path);
    const { mtime } = await Deno.stat(path);
    bytes[4]! ^= 1;
    await Deno.writeFile(path, bytes);
    await Deno.utime(path, mtime!, mtime!);
    assert(await key() !== first);
    // Another function gives other voxels, whatever it was made of.
    assertEquals(await cache.keyOf({ ...source, load: () => source.load() }, HOW), undefined);
    await Deno.remove(path);
    assertEquals(await cache.keyOf(source, HOW), undefined);
  }));

Deno.test("a damaged entry is made again, in its head and in its slices", () =>
  inFolder(async (dir) => {
    await writeHeart(dir, "h");
    const cache = new PreparedCache(`${dir}/cache`), source = heart(dir);
    await Deno.mkdir(cache.dir);
    const expected = voxels(await prepareThroughCache(source, HOW, cache));
    const { entry } = (await cache.keyOf(source, HOW))!, path = `${cache.dir}/${entry}.case`;
    const whole = await Deno.readFile(path);
    for (const at of [0, 9, 100, whole.length - 900, whole.length - 1]) {
      const damaged = whole.slice();
      damaged[at]! ^= 255;
      await Deno.writeFile(path, damaged);
      assertEquals(voxels(await prepareThroughCache(source, HOW, cache)), expected);
      assertEquals(await Deno.readFile(path), whole, `byte ${at}`);
    }
    await Deno.truncate(path, 50);
    assertEquals(voxels(await prepareThroughCache(source, HOW, cache)), expected);
    assertEquals(await Deno.readFile(path), whole);
  }));

Deno.test("known() tells prepared cases without reading them, until their files change", () =>
  inFolder(async (dir) => {
    await writeHeart(dir, "h");
    const cache = new PreparedCache(`${dir}/cache`), source = heart(dir);
    await Deno.mkdir(cache.dir);
    // Changed a moment ago: another change would not show.
    await provideCase(source, HOW, { cache });
    assertEquals(await cache.known(source, HOW), undefined);
    await age(dir);
    // The time of the last change of what the system says of a file cannot be set.
    await new Promise((resolve) => setTimeout(resolve, 2500));
    await provideCase(source, HOW, { cache });
    assertEquals((await cache.known(source, HOW))?.outline, await source.outline());
    assertEquals(await cache.known(source, { ...HOW, spacing: 3 }), undefined);
    const path = source.imagePaths[0];
    await Deno.utime(path, new Date(0), new Date(0));
    assertEquals(await cache.known(source, HOW), undefined);
  }));

Deno.test("a cache that cannot be used is told once, and cases are prepared", () =>
  inFolder(async (dir) => {
    await writeHeart(dir, "h");
    const told: string[] = [];
    await Deno.writeTextFile(`${dir}/file`, "");
    assertEquals(
      await openPreparedCache(`${dir}/file/cache`, (text) => told.push(text)),
      undefined,
    );
    assertEquals(told.length, 1);
    const cache = new PreparedCache(`${dir}/gone`, (text) => told.push(text));
    const source = heart(dir);
    for (let n = 0; n < 2; n++) {
      const provided = await provideCase(source, HOW, { cache });
      assert("packed" in provided);
      assertEquals((await prepareThroughCache(source, HOW, cache)).id, "h");
    }
    assertEquals(told.length, 2);
    assert(told[1]!.startsWith(`cannot use the cache ${dir}/gone (`), told[1]);
    assert(told[1]!.endsWith("): going on without it"));
  }));

Deno.test("clearCache() removes its own files alone, by age where that is asked for", () =>
  inFolder(async (dir) => {
    await writeHeart(dir, "h");
    const cache = new PreparedCache(`${dir}/cache`), source = heart(dir);
    await Deno.mkdir(cache.dir);
    await provideCase(source, HOW, { cache });
    await provideCase(source, { ...HOW, spacing: 3 }, { cache });
    const { entry } = (await cache.keyOf(source, HOW))!;
    await Deno.writeTextFile(`${cache.dir}/notes.txt`, "mine");
    const left = [`.${entry}.case.12-0123abcd.tmp`, `.${entry}.seen.${crypto.randomUUID()}.tmp`];
    for (const name of left) await Deno.writeTextFile(`${cache.dir}/${name}`, "half");
    const old = new Date(Date.now() - 3 * 86_400_000);
    for (const name of [`${entry}.case`, ...left]) {
      await Deno.utime(`${cache.dir}/${name}`, old, old);
    }
    assertEquals((await readCacheContents(cache.dir)).entries, 2);
    assertEquals((await clearCache(cache.dir, { olderThan: 4 })).entries, 0);
    assertEquals((await clearCache(cache.dir, { olderThan: 2 })).entries, 1);
    // Using an entry makes it young.
    await provideCase(source, { ...HOW, spacing: 3 }, { cache });
    const { entries, bytes } = await clearCache(cache.dir);
    assert(entries === 1 && bytes > 1000);
    assertEquals([...Deno.readDirSync(cache.dir)].map(({ name }) => name), ["notes.txt"]);
    assertEquals((await readCacheContents(`${dir}/none`)).entries, 0);
  }));

Deno.test("readCacheContents() goes on past a file that is renamed while it looks", () =>
  inFolder(async (dir) => {
    await writeHeart(dir, "h");
    const cache = new PreparedCache(`${dir}/cache`), source = heart(dir);
    await Deno.mkdir(cache.dir);
    for (const spacing of [3, 4, 5]) await provideCase(source, { ...HOW, spacing }, { cache });
    const whole = await readCacheContents(cache.dir), { stat } = Deno;
    let looks = 0;
    Deno.stat = (path) =>
      ++looks === 1 ? Promise.reject(new Deno.errors.NotFound("renamed")) : stat(path);
    try {
      const { bytes } = await readCacheContents(cache.dir);
      assert(bytes > 0 && bytes < whole.bytes && looks > 2, `${bytes} bytes in ${looks} looks`);
    } finally {
      Deno.stat = stat;
    }
  }));

Deno.test("openPreparedCache() removes what killed processes left half-written", () =>
  inFolder(async (dir) => {
    const path = `${dir}/.${"0".repeat(64)}.case.12-0123abcd.tmp`;
    const old = new Date(Date.now() - 3_600_000);
    await Deno.writeTextFile(path, "half");
    await Deno.utime(path, old, old);
    await openPreparedCache(dir);
    assertEquals([...Deno.readDirSync(dir)], []);
  }));
