import { assertEquals, assertRejects } from "../../deps.ts";
import { writeAtomically, WriteError } from "../../../lib/formats/files/write_atomically.ts";

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
  await Deno.symlink("/dev/full", `${dir}/.a.txt.tmp`);
  await assertRejects(() => writeAtomically(`${dir}/a.txt`, "bad"), WriteError, `${dir}/a.txt`);
  assertEquals(await Deno.readTextFile(`${dir}/a.txt`), "good");
  assertEquals([...Deno.readDirSync(dir)].map((entry) => entry.name), ["a.txt"]);
  await Deno.remove(dir, { recursive: true });
});
