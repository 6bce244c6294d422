import { SITE_NAMES } from "../../../lib/names.ts";
import { assert, assertEquals, assertThrows } from "../../deps.ts";
import { sampleAcquisition } from "../../../lib/imaging/phantom/acquisition.ts";
import { SITES } from "../../../lib/imaging/phantom/sites.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";

Deno.test("sampleAcquisition() keeps to the ranges of the site", () => {
  for (const site of SITE_NAMES) {
    const rng = RandomStream.fromSeed(1).stream(site);
    for (let i = 0; i < 20; i++) {
      const scan = sampleAcquisition(site, rng);
      const { pixelMm, sliceMm, noise } = SITES[site];
      assert(scan.pixelMm >= pixelMm[0] && scan.pixelMm <= pixelMm[1]);
      assert(sliceMm.includes(scan.sliceMm));
      assert(scan.noise >= noise[0] && scan.noise <= noise[1]);
      assert(scan.matrix[2] >= 7 && scan.matrix[2] <= 11);
      assertEquals(scan.breathMm.length, scan.matrix[2]);
      assertEquals(JSON.parse(JSON.stringify(scan)), scan);
    }
  }
});

Deno.test("sampleAcquisition() refuses a site that does not exist", () => {
  const rng = RandomStream.fromSeed(1);
  assertThrows(() => sampleAcquisition("F" as "A", rng), RangeError, 'no site is named "F"');
});
