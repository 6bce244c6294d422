import { assert, assertEquals, assertRejects } from "../../deps.ts";
import { parseConfig } from "../../../lib/base/config/parse_config.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";
import { createStepper } from "../../../lib/learning/cooperative/create_stepper.ts";
import { runtime } from "../../../wasm/runtime.ts";
import { TINY, tinyBatch } from "./tiny_step.ts";

Deno.test("createStepper() starts the backend with the configured threads", async () => {
  const config = { ...parseConfig({}), model: TINY };
  const three = { ...config, training: { ...config.training, threads: 3 } };
  const stepper = await createStepper(three, RandomStream.fromSeed(1));
  assertEquals(runtime().pool.threads, 3);
  assert(Number.isFinite(stepper.step(tinyBatch(), RandomStream.fromSeed(5)).totalLoss));
  stepper.dispose();
  const none = { ...config, training: { ...config.training, threads: 65 } };
  await assertRejects(() => createStepper(none, RandomStream.fromSeed(1)), RangeError, "65");
});
