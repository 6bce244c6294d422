import { assertEquals, assertRejects } from "../../deps.ts";
import {
  removePassing,
  writeAtomically,
  WriteError,
  writeNew,
} from "../../../lib/formats/files/write_atomically.ts";
import { fullDisk } from "../../full_disk.ts";

Deno.test("writeAtomically() replaces the content and leaves nothing else behind", async () => {
  const dir = await Deno.makeTempDir();
  await writeAtomically(`${dir}/a.txt`, "first");
  await writeAtomically(`${dir}/a.txt`, new TextEncoder().encode("second"));
  assertEquals(await Deno.readTextFile(`${dir}/a.txt`), "second");
  assertEquals([...Deno.readDirSync(dir)].map((entry) => entry.name), ["a.txt"]);
  await Deno.remove(dir, { recursive: true });
});

Deno.test("writeAtomically() keeps the old file where the disk is full", async () => {
  const dir = await Deno.makeTempDir();
  await writeAtomically(`${dir}/a.txt`, "good");
  {
    using _full = fullDisk("a.txt");
    await assertRejects(() => writeAtomically(`${dir}/a.txt`, "bad"), WriteError, `${dir}/a.txt`);
  }
  assertEquals(await Deno.readTextFile(`${dir}/a.txt`), "good");
  assertEquals([...Deno.readDirSync(dir)].map((entry) => entry.name), ["a.txt"]);
  await Deno.remove(dir, { recursive: true });
});

Deno.test("writeNew() lets one of several win, whole, and replaces nothing", async () => {
  const dir = await Deno.makeTempDir();
  for (const links of [true, false]) {
    const path = `${dir}/${links}.txt`;
    const { link } = Deno;
    if (!links) Deno.link = () => Promise.reject(new Deno.errors.NotSupported("no second name"));
    try {
      const texts = Array.from({ length: 8 }, (_, n) => `text ${n}`);
      const won = await Promise.all(texts.map((text) => writeNew(path, text)));
      assertEquals(won.filter((each) => each).length, 1);
      assertEquals(await Deno.readTextFile(path), texts[won.indexOf(true)]);
    } finally {
      Deno.link = link;
    }
  }
  const names = [...Deno.readDirSync(dir)].map((entry) => entry.name).sort();
  assertEquals(names, ["false.txt", "true.txt"]);
  await Deno.remove(dir, { recursive: true });
});

Deno.test("removePassing() removes what killed processes left half-written, and no other file", async () => {
  const dir = await Deno.makeTempDir();
  const kept = [".a.txt", "a.1-00000000.tmp", ".tmp"];
  for (const name of [...kept, ".a.txt.12-0123abcd.tmp", ".12-0123abcd.tmp"]) {
    await Deno.create(`${dir}/${name}`);
  }
  await removePassing(dir);
  assertEquals([...Deno.readDirSync(dir)].map((entry) => entry.name).sort(), kept.sort());
  await Deno.remove(dir, { recursive: true });
});
