import { assert, assertThrows } from "../../deps.ts";
import { ConfigError } from "../../../lib/base/config/config_error.ts";
import { square } from "../../../lib/base/volume/slice_size.ts";
import { dualNetworkSpecs } from "../../../lib/learning/models/dual_network.ts";
import { checkStepMemory, WEIGHTS } from "../../../lib/learning/training/step_memory.ts";

const options = (
  batchSize: number,
  baseWidth = 16,
  networks: "dual" | "segmentation" = "dual",
  levels: number | "auto" = 4,
) => ({
  model: { baseWidth, levels },
  method: { networks },
  training: { batchSize },
});

Deno.test("checkStepMemory() lets all pass that was seen to fit, and what may", () => {
  checkStepMemory(options(20), square(192));
  checkStepMemory(options(60), square(192));
  checkStepMemory(options(120, 16, "segmentation"), square(192));
  checkStepMemory(options(4, 64), square(32));
  checkStepMemory(options(2, 128, "segmentation"), square(16));
});

Deno.test("checkStepMemory() refuses what surely does not fit, and names a batch that would", () => {
  const error = assertThrows(
    () => checkStepMemory(options(200, 32), square(512)),
    ConfigError,
    "training.batchSize 200 on slices of 512 x 512 at model.baseWidth 32: a step wants over 136.8",
  );
  const fits = Number(/at most about (\d+)$/.exec(error.message)![1]);
  checkStepMemory(options(fits, 32), square(512));
  assertThrows(() => checkStepMemory(options(4 * fits, 32), square(512)), ConfigError);
  assertThrows(() => checkStepMemory(options(1e9), square(16)), ConfigError, "batch of at most");
  assertThrows(
    () => checkStepMemory(options(2, 64), square(4096)),
    ConfigError,
    "not even a batch of 2 fits: wanted a smaller data.size or model.baseWidth",
  );
  assertThrows(() => checkStepMemory(options(2, 256), square(16)), ConfigError, "not even");
  checkStepMemory(options(2, 256, "dual", 2), square(16));
  checkStepMemory(options(2, 256, "dual", "auto"), square(16));
});

Deno.test("WEIGHTS are just below those that the networks have", () => {
  WEIGHTS.forEach((least, i) => {
    const specs = dualNetworkSpecs({ baseWidth: 256, classes: 2, inputChannels: 1, levels: i + 1 });
    let count = 0;
    for (const { shape } of specs.values()) count += shape.reduce((a, b) => a * b, 1);
    const share = least * 256 ** 2 / count;
    assert(share > 0.99 && share <= 1, `${i + 1} levels: ${share}`);
  });
});
