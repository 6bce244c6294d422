import { SITE_NAMES } from "../../../lib/names.ts";
import { assert, assertEquals } from "../../deps.ts";
import { SITES } from "../../../lib/imaging/phantom/sites.ts";

Deno.test("SITES keeps the contrast of heart muscle below blood, and moves away from site A", () => {
  assertEquals<string[]>([...SITE_NAMES], Object.keys(SITES));
  for (const name of SITE_NAMES) {
    const { tissue, noise, pixelMm, matrix } = SITES[name];
    const contrast = tissue.myocardium / tissue.blood;
    assert(contrast < 0.55, `site ${name}: ${contrast}`);
    assert(name === "A" || contrast > SITES.A.tissue.myocardium / SITES.A.tissue.blood);
    assert(name === "A" || noise[1] > SITES.A.noise[1]);
    assert(tissue.blood * tissue.rightBlood > tissue.myocardium + 3 * noise[1]);
    for (const side of matrix) assert(side * pixelMm[0] > 230, "the field of view holds the heart");
  }
});
