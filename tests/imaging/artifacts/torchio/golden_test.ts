import { assertAlmostEquals, assertEquals } from "../../../deps.ts";
import { findArtifact } from "../../../../lib/imaging/artifacts/registry.ts";
import { TorchRandom } from "../../../../lib/imaging/artifacts/torch_random.ts";
import { assertGolden, goldenInput, manifest, readJson } from "../golden.ts";

const names: Record<string, string> = { bias_field_polynomial: "bias" };

for (const golden of manifest.cases) {
  Deno.test(`torchio/${golden.transform} reproduces ${golden.id}`, () => {
    const artifact = findArtifact(names[golden.transform] ?? golden.transform, "torchio");
    assertGolden(golden, artifact.apply(goldenInput(golden.input), golden.params));
  });
}

interface SeededDraw {
  readonly seed: number;
  readonly transform: string;
  readonly params: Record<string, unknown>;
}

const ours: Record<string, string> = {
  RandomSpike: "spike",
  RandomGhosting: "ghosting",
  RandomBiasField: "bias",
  RandomMotion: "motion",
  RandomMotion_deg30_tr10: "motion",
  RandomGamma: "gamma",
  RandomBlur: "blur",
  RandomNoise: "noise",
};
const keys: Record<string, string> = {
  spikes_positions: "positions_fractional",
  degrees: "degrees_xyz",
  translation: "translation_mm_lps",
  image_interpolation: "interpolation",
};

for (const draw of readJson<{ cases: SeededDraw[] }>("seeded_params.json").cases) {
  Deno.test(`torchio/${draw.transform} replays the draws of seed ${draw.seed}`, () => {
    const options = draw.transform === "RandomMotion_deg30_tr10"
      ? { degrees: 30, translation: 10 }
      : {};
    const torch = new TorchRandom(draw.seed);
    torch.uniform(); // the draw that decides whether TorchIO applies a transform at all
    const params = findArtifact(ours[draw.transform]!, "torchio")
      .sample(options, torch, goldenInput("main")) as Record<string, unknown>;
    for (const [key, want] of Object.entries(draw.params)) {
      const got = [params[keys[key] ?? key]].flat(3), wanted = [want].flat(3);
      assertEquals(got.length, wanted.length, key);
      got.forEach((value, n) => {
        if (typeof value === "number") assertAlmostEquals(value, wanted[n] as number, 2e-6, key);
        else assertEquals(value, wanted[n], key);
      });
    }
  });
}
