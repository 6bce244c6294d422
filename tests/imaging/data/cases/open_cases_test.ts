import { assertEquals } from "../../../deps.ts";
import { openOrigin } from "../../../../lib/imaging/data/cases/open_cases.ts";
import { inFolder, writeHeart } from "../tiny_heart.ts";

Deno.test("openOrigin() gives the phantom's cases of some sites", async () => {
  const { cases } = await openOrigin({ kind: "phantom", sites: ["B", "D"], subjects: 1, seed: 3 });
  assertEquals(cases.map(({ id }) => id), ["B000_ED", "B000_ES", "D000_ED", "D000_ES"]);
});

Deno.test("openOrigin() gives the cases of a data set", () =>
  inFolder(async (dir) => {
    for (const frame of ["ED", "ES"]) await writeHeart(`${dir}/X1`, `X1_sa_${frame}`);
    const { cases } = await openOrigin({ kind: "dataset", dir, layout: "mnms" });
    assertEquals(cases.map(({ id }) => id), ["X1_ED", "X1_ES"]);
  }));
