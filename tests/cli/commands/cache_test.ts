import { assert, assertEquals, assertStringIncludes } from "../../deps.ts";
import { tandem } from "../run_tandem.ts";

Deno.test("cache tells what a folder holds, and clears it", async () => {
  const dir = await Deno.makeTempDir();
  try {
    const name = "0".repeat(64);
    for (const file of [`${name}.case`, `${name}.seen`, "mine.case"]) {
      await Deno.writeTextFile(`${dir}/${file}`, "12345");
    }
    const shown = await tandem("cache", "--cache", dir);
    assertEquals(shown.stdout, `1 prepared volumes, 0.0 MB: ${dir}\n`);
    const young = await tandem("cache", "--cache", dir, "--clear", "--older-than", "1", "--json");
    assertEquals(JSON.parse(young.stdout), { dir, cleared: true, entries: 0, bytes: 0 });
    const { stdout } = await tandem("cache", "--cache", dir, "--clear", "--json");
    assertEquals(JSON.parse(stdout), { dir, cleared: true, entries: 1, bytes: 10 });
    assertEquals([...Deno.readDirSync(dir)].map(({ name }) => name), ["mine.case"]);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});

Deno.test("cache refuses days without --clear, and what are no days", async () => {
  const alone = await tandem("cache", "--older-than", "3");
  assertEquals(alone.code, 2);
  assertStringIncludes(alone.stderr, "without --clear");
  const words = await tandem("cache", "--clear", "--older-than", "week");
  assertEquals(words.code, 2);
  assert(words.stderr.includes("Wanted a number of days"), words.stderr);
});
