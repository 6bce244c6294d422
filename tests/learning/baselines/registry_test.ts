import { assert, assertEquals, assertThrows } from "../../deps.ts";
import {
  findMethod,
  imageAugmentationOf,
  METHODS,
} from "../../../lib/learning/baselines/registry.ts";
import { sampleRecipe } from "../../../lib/imaging/artifacts/compose.ts";
import { ConfigError } from "../../../lib/base/config/config_error.ts";
import { configSchema } from "../../../lib/base/config/config_schema.ts";
import { parseConfig } from "../../../lib/base/config/parse_config.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";
import { CooperativeStepper } from "../../../lib/learning/cooperative/cooperative_stepper.ts";
import { IGNORED_LABEL, startBackend, tf } from "../../../wasm/mod.ts";
import { TINY, tinyBatch } from "../cooperative/tiny_step.ts";

await startBackend({ threads: 2 });

Deno.test("METHODS have names, titles and settings of their own, which the schema takes", () => {
  const unique = (values: string[]) => assertEquals(new Set(values).size, METHODS.length);
  unique(METHODS.map(({ name }) => name));
  unique(METHODS.map(({ title }) => title));
  unique(METHODS.map(({ settings }) => JSON.stringify(parseConfig({ method: settings }).method)));
});

Deno.test("METHODS train with artifacts that exist and that no artifact set of evaluations holds", () => {
  const affine = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
  const geometry = { shape: [16, 16, 1], affine } as const;
  for (const { name, artifacts } of METHODS) {
    if (artifacts === undefined) continue;
    const drawn = Array.from(
      { length: 200 },
      (_, n) => sampleRecipe(artifacts, RandomStream.fromSeed(n), geometry),
    );
    const kinds = new Set(drawn.flat().map(({ artifact }) => artifact));
    assert(kinds.size > 1, name);
    assert(["motion", "bias", "spike", "ghosting"].every((kind) => !kinds.has(kind)), name);
  }
});

Deno.test("findMethod() finds by name, and suggests the nearest", () => {
  for (const method of METHODS) assertEquals(findMethod(method.name), method);
  assertThrows(() => findMethod("adverserial-bias"), ConfigError, "did you mean adversarial-bias");
});

Deno.test("imageAugmentationOf() has something for every setting but none", () => {
  const { imageAugmentation } = configSchema.shape.method.def.innerType.shape;
  for (const setting of imageAugmentation.def.innerType.options) {
    assertEquals(imageAugmentationOf(setting) === undefined, setting === "none", setting);
  }
});

for (const { name, settings } of METHODS) {
  Deno.test(`${name} holds no segmentation to anything where all is ignored`, () => {
    const stepper = new CooperativeStepper(
      { ...parseConfig({ method: settings }), model: TINY },
      RandomStream.fromSeed(3),
    );
    const batch = tinyBatch(32), labels = batch.labels.map(() => IGNORED_LABEL);
    const losses = stepper.step({ ...batch, labels }, RandomStream.fromSeed(4));
    for (const [loss, value] of Object.entries(losses)) {
      if (!/^(standard|hard)Image|^total/.test(loss)) assertEquals(value, 0, loss);
    }
    stepper.dispose();
  });

  Deno.test(`${name} takes steps: finite losses, the same twice, nothing left behind`, () => {
    const config = { ...parseConfig({ method: settings }), model: TINY };
    const steps = () => {
      const random = RandomStream.fromSeed(3);
      const stepper = new CooperativeStepper(config, random.stream("weights"));
      const before = tf.memory().numTensors;
      const losses = [0, 1].map((step) => stepper.step(tinyBatch(32), random.stream("step", step)));
      assertEquals(tf.memory().numTensors, before, "tensors after two steps");
      stepper.dispose();
      return losses;
    };
    const first = steps();
    assertEquals(steps(), first);
    for (const [loss, value] of first.flatMap((losses) => Object.entries(losses))) {
      assert(Number.isFinite(value), `${loss} is ${value}`);
    }
  });
}
