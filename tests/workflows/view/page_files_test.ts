import { assertEquals } from "../../deps.ts";
import { toFileUrl } from "../../../lib/base/deps/std.ts";
import { readBuilt } from "../../../lib/workflows/view/page_files.ts";
import { inFolder } from "../../imaging/data/tiny_heart.ts";

Deno.test("readBuilt() takes what a release brought along, and nothing that lies beside sources", () =>
  inFolder(async (dir) => {
    const root = toFileUrl(`${dir}/`), read = () => readBuilt("page.js", root);
    await Deno.mkdir(`${dir}/web/built`, { recursive: true });
    assertEquals(await read(), undefined);
    await Deno.writeTextFile(`${dir}/web/built/page.js`, "old");
    assertEquals(await read(), new TextEncoder().encode("old"));
    await Deno.writeTextFile(`${dir}/web/page.tsx`, "");
    assertEquals(await read(), undefined);
  }));
