import { assertEquals, assertRejects } from "../../deps.ts";
import { RunFolderError } from "../../../lib/formats/run_folder/run_folder_error.ts";
import {
  isSameVersion,
  readVersions,
  saveVersions,
  versionText,
} from "../../../lib/formats/run_folder/versions.ts";

const VERSION = {
  ...{ tandem: "0.1.0", commit: "fd01cf9".padEnd(40, "0"), sources: "3b1f0a2c99", origin: null },
  deno: "2.9.6",
};

Deno.test("isSameVersion() goes by the sources where both have them, else by commit and URL", () => {
  const same = (changes: Partial<typeof VERSION>) =>
    isSameVersion(VERSION, { ...VERSION, ...changes });
  assertEquals([same({}), same({ commit: "another" })], [true, true]);
  assertEquals([same({ sources: "other" }), same({ deno: "2.9.7" })], [false, false]);
  assertEquals(same({ tandem: "0.2.0" }), false);
  const url = { ...VERSION, commit: null, sources: null, origin: "https://x/1/" };
  assertEquals(isSameVersion(url, url), true);
  assertEquals(isSameVersion(url, { ...url, origin: "https://x/2/" }), false);
});

Deno.test("versionText() says what is known", () => {
  assertEquals(versionText(VERSION), "Tandem 0.1.0 (commit fd01cf9, sources 3b1f0a2c), Deno 2.9.6");
  const bare = { ...VERSION, commit: null, sources: null };
  assertEquals(versionText(bare), "Tandem 0.1.0, Deno 2.9.6");
});

Deno.test("readVersions() reads what saveVersions() wrote, none where there is none, and no other", async () => {
  const dir = await Deno.makeTempDir();
  try {
    const path = `${dir}/versions.json`, sittings = [{ ...VERSION, firstStep: 0 }];
    assertEquals(await readVersions(path), undefined);
    await saveVersions(path, sittings);
    assertEquals(await readVersions(path), sittings);
    await Deno.writeTextFile(path, '{"format":1,"sittings":[{"tandem":1}]}');
    await assertRejects(() => readVersions(path), RunFolderError, "versions.json");
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});
