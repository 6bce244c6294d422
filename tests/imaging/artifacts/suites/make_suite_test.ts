import { assert, assertEquals, assertRejects, assertThrows } from "../../../deps.ts";
import {
  lastLoaded,
  makeSuite,
  makeSuiteVolume,
  planSuite,
  suiteManifest,
} from "../../../../lib/imaging/artifacts/suites/make_suite.ts";
import { ArtifactNeedError } from "../../../../lib/imaging/artifacts/needs.ts";
import { parseSuiteManifest } from "../../../../lib/imaging/artifacts/suites/manifest.ts";
import { replayEntry } from "../../../../lib/imaging/artifacts/suites/replay.ts";
import { SUITES } from "../../../../lib/imaging/artifacts/suites/suite_definition.ts";
import { stackAlong, unstackFrom } from "../../../../lib/base/volume/slice_axis.ts";
import { LABELS } from "../small_case.ts";
import { smallSources } from "./sources.ts";

Deno.test("makeSuite(chen2021) makes four sets, three repeats each, labels unchanged, values 0-1", async () => {
  const loads = { count: 0 }, sources = smallSources(loads);
  const made = await Array.fromAsync(makeSuite(SUITES.chen2021, sources, { seed: 1 }));
  assertEquals(made.length, 4 * 4 * 3);
  assertEquals(loads.count, 4);
  assertEquals(
    [...new Set(made.map(({ entry }) => entry.set))],
    ["RandBias", "RandSpike", "RandGhost", "RandMotion"],
  );
  for (const { entry, volume, label } of made) {
    assertEquals(volume.shape[0], 24);
    assert(volume.data.every((value) => value >= 0 && value <= 1), entry.set);
    assertEquals(entry.output.label, entry.input.label);
    assert(label !== undefined);
    if (entry.set === "RandMotion") {
      assertEquals((entry.steps[0]!.params as { times: [] }).times.length, 2);
    }
  }
  const hashes = new Set(made.map(({ entry }) => entry.output.image));
  assert(hashes.size > 40, `just ${hashes.size} volumes differ`);
});

Deno.test("makeSuite(physical) grades every artifact and records parameters through JSON", async () => {
  const options = { seed: 2, severities: [1, 5] as const, labels: LABELS };
  const made = await Array.fromAsync(
    makeSuite(SUITES.physical, smallSources().slice(0, 2), options),
  );
  assertEquals(made.length, 2 * 16 * 2);
  for (const name of ["noise", "gibbs", "flow", "mistriggering"]) {
    const psnrOf = (severity: number) =>
      made.find(({ entry }) => entry.set === `${name}-${severity}`)!.entry.psnr!;
    assert(psnrOf(1) > psnrOf(5), `${name}: ${psnrOf(1)} and ${psnrOf(5)}`);
  }
  const shifted = made.find(({ entry }) => entry.set === "misregistration-5")!.entry;
  assert(shifted.output.label !== shifted.input.label);
  const manifest = suiteManifest(SUITES.physical, options, "0.0.0", made.map(({ entry }) => entry));
  assertEquals(
    parseSuiteManifest(JSON.stringify(manifest), "m.json"),
    JSON.parse(JSON.stringify(manifest)),
  );
});

Deno.test("planSuite() gives items that may be made in any order and any company", async () => {
  const sources = smallSources(), load = lastLoaded();
  const all = planSuite(SUITES.physical, sources, { seed: 3, severities: [3], labels: LABELS });
  const alone = planSuite(SUITES.physical, sources, { seed: 3, severities: [3], only: ["noise"] });
  assertEquals(alone.length, 4);
  const item = all.find(({ set, source }) => set.name === "noise-3" && source.id === "p2_ED")!;
  const other = alone.find(({ source }) => source.id === "p2_ED")!;
  const input = await load(item.source);
  const [first, second] = [await makeSuiteVolume(item, input), await makeSuiteVolume(other, input)];
  assertEquals(first.entry, second.entry);
});

Deno.test("makeSuiteVolume() moves the channels of a case alike and gives each its own noise", async () => {
  const sources = smallSources(), input = await lastLoaded(LABELS)(sources[0]!);
  const plan = planSuite(SUITES.physical, sources, { seed: 3, severities: [5], labels: LABELS });
  const entries = async (set: string) => {
    const item = plan.find((candidate) => candidate.set.name === set)!;
    const first = await makeSuiteVolume(item, input);
    return [first.entry, (await makeSuiteVolume(item, { ...input, channel: 1 })).entry] as const;
  };
  const [still, moved] = await entries("motion-5"), [grain, other] = await entries("noise-5");
  assertEquals([still.channel, moved.channel], [undefined, 1]);
  assertEquals(still.output, moved.output);
  assert(grain.output.image !== other.output.image);
  const { identical } = await replayEntry(other, { ...input, channel: 1 });
  assert(identical);
});

Deno.test("planSuite() refuses wrong repeats, unknown sets and what is not there", () => {
  const sources = smallSources();
  const plan = (options: object, from = sources) => () =>
    planSuite(SUITES.physical, from, { seed: 1, labels: LABELS, ...options });
  assertThrows(plan({ repeats: 0 }), RangeError, "repeats is 0");
  assertThrows(plan({ only: ["nois"] }), RangeError, "did you mean noise");
  assertThrows(
    plan({}, sources.slice(0, 1)),
    ArtifactNeedError,
    "Cannot make mistriggering-1 of p1_ED: it needs a volume of another frame",
  );
  assertThrows(
    plan({ labels: [{ name: "background" }, { name: "Anterior" }] }),
    ArtifactNeedError,
    "Cannot make flow-1 of p1_ED: it needs a label with the role blood; there are Anterior",
  );
});

Deno.test("makeSuite() names the case that an artifact cannot be applied to", async () => {
  const bad = smallSources().slice(0, 1).map((source) => ({
    ...source,
    async load() {
      const { images: [image], label } = await source.load();
      const data = Float32Array.from(image.volume.data).fill(NaN, 5, 6);
      return { images: [{ volume: { ...image.volume, data } }] as const, label: label! };
    },
  }));
  await assertRejects(
    () => Array.fromAsync(makeSuite(SUITES.physical, bad, { seed: 1, only: ["noise"] })),
    RangeError,
    "Case p1_ED",
  );
});

Deno.test("makeSuiteVolume() gives the same slices whichever axis of a file they lie along", async () => {
  const sources = smallSources(), { volume, context } = await lastLoaded(LABELS)(sources[0]!);
  for (const suite of [SUITES.chen2021, SUITES.physical]) {
    const plan = planSuite(suite, sources, {
      seed: 3,
      severities: [4],
      repeats: 1,
      labels: LABELS,
    });
    for (
      const item of plan.filter((item) =>
        item.source === sources[0] && item.otherFrame === undefined
      )
    ) {
      const upright = await makeSuiteVolume(item, { volume, context });
      const turned = await makeSuiteVolume(item, {
        volume: unstackFrom(volume, 0),
        context: { ...context, label: unstackFrom(context.label!, 0) },
      });
      const name = `${suite.name}, ${item.set.name}`;
      assertEquals(turned.entry.steps, upright.entry.steps, name);
      const { data } = stackAlong(turned.volume, 0),
        worst = data.reduce(
          (most, value, o) => Math.max(most, Math.abs(value - upright.volume.data[o]!)),
          0,
        );
      assert(worst < 1e-4 * Math.max(...upright.volume.data), `${name}: ${worst}`);
      assert(Math.abs(turned.entry.ssim! - upright.entry.ssim!) < 1e-4, name);
    }
  }
});
