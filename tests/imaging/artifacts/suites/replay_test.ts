import { assert, assertEquals, assertRejects } from "../../../deps.ts";
import {
  lastLoaded,
  makeSuite,
  suiteManifest,
} from "../../../../lib/imaging/artifacts/suites/make_suite.ts";
import {
  parseSuiteManifest,
  type SuiteManifest,
  SuiteManifestError,
} from "../../../../lib/imaging/artifacts/suites/manifest.ts";
import {
  type ReplayedVolume,
  replayEntry,
} from "../../../../lib/imaging/artifacts/suites/replay.ts";
import { SUITES } from "../../../../lib/imaging/artifacts/suites/suite_definition.ts";
import { LABELS } from "../small_case.ts";
import { otherFrameOf } from "../../../../lib/imaging/artifacts/suites/other_frame.ts";
import { smallSources } from "./sources.ts";

const options = { seed: 9, repeats: 1, severities: [2] as const, labels: LABELS };

async function manifestOf(suite: keyof typeof SUITES): Promise<SuiteManifest> {
  const made = await Array.fromAsync(makeSuite(SUITES[suite], smallSources(), options));
  const entries = made.map(({ entry }) => entry);
  const text = JSON.stringify(suiteManifest(SUITES[suite], options, "0.0.0", entries));
  return parseSuiteManifest(text, "manifest.json");
}

/** All volumes of a manifest, made again. */
async function replayAll(
  manifest: SuiteManifest,
  sources: ReturnType<typeof smallSources>,
): Promise<ReplayedVolume[]> {
  const load = lastLoaded(LABELS), replayed: ReplayedVolume[] = [];
  for (const entry of manifest.volumes) {
    const source = sources.find(({ id }) => id === entry.case)!;
    const other = entry.input.otherFrame === undefined ? undefined : otherFrameOf(source, sources);
    replayed.push(await replayEntry(entry, await load(source, other)));
  }
  return replayed;
}

Deno.test("replayEntry() makes the same bytes again", async () => {
  for (const suite of ["chen2021", "physical"] as const) {
    const manifest = await manifestOf(suite);
    for (const { entry, identical } of await replayAll(manifest, smallSources())) {
      assert(identical, `${entry.set} of ${entry.case}`);
    }
  }
});

Deno.test("replayEntry() with an edited parameter changes just that volume", async () => {
  const manifest = await manifestOf("physical");
  const edited = manifest.volumes.findIndex(({ set }) => set === "ghosting-2");
  Object.assign(manifest.volumes[edited]!.steps[0]!.params as object, { amplitude: 0.9 });
  const replayed = await replayAll(manifest, smallSources());
  assertEquals(replayed.flatMap(({ identical }, n) => identical ? [] : [n]), [edited]);
});

Deno.test("replayEntry() refuses an input that has changed", async () => {
  const manifest = await manifestOf("chen2021");
  const changed = smallSources().map((source) => ({
    ...source,
    async load() {
      const { images: [image], label } = await source.load();
      const data = image.volume.data.slice() as Int16Array;
      data[7]! += 1;
      return { images: [{ volume: { ...image.volume, data } }] as const, label: label! };
    },
  }));
  await assertRejects(
    () => replayAll(manifest, changed),
    SuiteManifestError,
    "its image has changed",
  );
});
