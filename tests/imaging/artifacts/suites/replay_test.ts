import { assert, assertEquals, assertRejects } from "../../../deps.ts";
import { makeSuite, suiteManifest } from "../../../../lib/imaging/artifacts/suites/make_suite.ts";
import {
  parseSuiteManifest,
  type SuiteManifest,
  SuiteManifestError,
} from "../../../../lib/imaging/artifacts/suites/manifest.ts";
import { replaySuite } from "../../../../lib/imaging/artifacts/suites/replay.ts";
import { SUITES } from "../../../../lib/imaging/artifacts/suites/suite_definition.ts";
import { LABELS } from "../small_case.ts";
import { smallSources } from "./sources.ts";

const options = { seed: 9, repeats: 1, severities: [2] as const, labels: LABELS };

async function manifestOf(suite: keyof typeof SUITES): Promise<SuiteManifest> {
  const made = await Array.fromAsync(makeSuite(SUITES[suite], smallSources(), options));
  const entries = made.map(({ entry }) => entry);
  const text = JSON.stringify(suiteManifest(SUITES[suite], options, "0.0.0", entries));
  return parseSuiteManifest(text, "manifest.json");
}

Deno.test("replaySuite() makes the same bytes again", async () => {
  for (const suite of ["chen2021", "physical"] as const) {
    const manifest = await manifestOf(suite);
    for await (const { entry, identical } of replaySuite(manifest, smallSources(), LABELS)) {
      assert(identical, `${entry.set} of ${entry.case}`);
    }
  }
});

Deno.test("replaySuite() with an edited parameter changes just that volume", async () => {
  const manifest = await manifestOf("physical");
  const edited = manifest.volumes.findIndex(({ set }) => set === "ghosting-2");
  Object.assign(manifest.volumes[edited]!.steps[0]!.params as object, { amplitude: 0.9 });
  const replayed = await Array.fromAsync(replaySuite(manifest, smallSources(), LABELS));
  assertEquals(replayed.flatMap(({ identical }, n) => identical ? [] : [n]), [edited]);
});

Deno.test("replaySuite() refuses changed inputs and missing cases", async () => {
  const manifest = await manifestOf("chen2021");
  const changed = smallSources().map((source) => ({
    ...source,
    async load() {
      const { image, label } = await source.load();
      const data = image.volume.data.slice() as Int16Array;
      data[7]! += 1;
      return { image: { volume: { ...image.volume, data } }, label: label! };
    },
  }));
  const run = (sources: ReturnType<typeof smallSources>) => () =>
    Array.fromAsync(replaySuite(manifest, sources));
  await assertRejects(run(changed), SuiteManifestError, "its image has changed");
  await assertRejects(run(smallSources().slice(2)), SuiteManifestError, "no case p1_ED");
});
