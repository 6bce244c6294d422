import { assert, assertEquals, assertStringIncludes } from "../../deps.ts";
import { measureStorage } from "../../../lib/workflows/doctor/measure_storage.ts";
import { inFolder } from "../../imaging/data/tiny_heart.ts";

Deno.test("measureStorage() measures the nearest folder that is there, and leaves nothing", () =>
  inFolder(async (dir) => {
    const found = await measureStorage("runs", `${dir}/not/yet`);
    assertEquals([found.purpose, found.folder, found.unwritable], ["runs", dir, undefined]);
    for (const value of [found.freeBytes, found.writeSpeed, found.readSpeed, found.fileMs]) {
      assert(value! > 0 && Number.isFinite(value));
    }
    assertEquals([...Deno.readDirSync(dir)], []);
  }));

Deno.test("measureStorage() tells why nothing can be written", async () => {
  const found = await measureStorage("cache", "/proc/tandem");
  assertEquals([found.folder, found.freeBytes, found.writeSpeed], ["/proc", undefined, undefined]);
  assertStringIncludes(found.unwritable!, "/proc/.");
});
