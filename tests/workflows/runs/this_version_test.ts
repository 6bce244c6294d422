import { assert, assertEquals } from "../../deps.ts";
import { toFileUrl } from "../../../lib/base/deps/std.ts";
import { versionAt } from "../../../lib/workflows/runs/this_version.ts";

Deno.test("versionAt() tells sources apart that decide numbers, and no others", async () => {
  const dir = await Deno.makeTempDir();
  try {
    const write = async (path: string, text: string) => {
      await Deno.mkdir(`${dir}/${path.replace(/[^/]+$/, "")}`, { recursive: true });
      await Deno.writeTextFile(`${dir}/${path}`, text);
      const { sources, commit, origin } = await versionAt(new URL(toFileUrl(dir).href + "/"));
      assertEquals([commit, origin], [null, null]);
      return sources;
    };
    const first = await write("lib/learning/a.ts", "1");
    assert(/^[0-9a-f]{64}$/.test(first!), `${first}`);
    for (const path of ["lib/workflows/study/page/b.ts", "cli/c.ts", "wasm/kernels/d.ts"]) {
      assertEquals(await write(path, "2"), first, path);
    }
    assert(await write("wasm/kernels.wasm", "3") !== first);
    await Deno.remove(`${dir}/wasm/kernels.wasm`);
    assert(await write("lib/learning/a.ts", "4") !== first);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});

Deno.test("versionAt() names the URL of code that lies in no folder", async () => {
  const { origin, sources } = await versionAt(new URL("https://example.org/tandem@1/"));
  assertEquals([origin, sources], ["https://example.org/tandem@1/", null]);
});
