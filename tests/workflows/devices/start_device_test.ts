import { assert, assertEquals, assertRejects } from "../../deps.ts";
import { startBackend, tf } from "../../../wasm/mod.ts";
import { ConfigError } from "../../../lib/base/config/config_error.ts";
import { listCards, startGpu } from "../../../lib/gpu/backend/start_gpu.ts";
import { checkCardMemory } from "../../../lib/workflows/devices/card_memory.ts";
import { startDevice } from "../../../lib/workflows/devices/start_device.ts";
import { whereThereIsACard } from "../../gpu/where_there_is_a_card.ts";

Deno.test("startDevice() of cpu starts the backend and says nothing", async () => {
  const told: string[] = [];
  const card = await startDevice({ device: "cpu", threads: 1 }, (line) => told.push(line));
  assertEquals([card, tf.getBackend(), told], [undefined, "wasm", []]);
});

Deno.test("startDevice() of auto takes no card that the processor computes", async () => {
  const real = (await listCards()).some(({ software }) => !software);
  const told: string[] = [];
  const card = await startDevice({ device: "auto", threads: 1 }, (line) => told.push(line));
  assertEquals([card !== undefined, told.length], [real, 1]);
  if (!real) assertEquals([tf.getBackend(), /no graphics card/.test(told[0]!)], ["wasm", true]);
});

Deno.test({
  ...whereThereIsACard("startDevice() of gpu takes any card, and names it"),
  async fn() {
    const told: string[] = [];
    const card = await startDevice({ device: "gpu", threads: 1 }, (line) => told.push(line));
    assert(told[0]!.startsWith("graphics card: ") && told[0]!.includes(card!.description));
    await (await startGpu()).stop();
    await startBackend({ threads: 1 });
  },
});

Deno.test("checkCardMemory() tells what a step takes, and refuses maps larger than a buffer", async () => {
  const options = (batchSize: number) => ({
    ...{ model: { baseWidth: 16, levels: "auto" as const }, method: { networks: "dual" as const } },
    training: { batchSize },
  });
  const size = { height: 192, width: 192 }, told: string[] = [];
  const limits = { maxBufferSize: 2 ** 31, maxStorageBufferBindingSize: 2 ** 27 };
  checkCardMemory(options(20), size, limits, (line) => told.push(line));
  checkCardMemory({ ...options(2) }, { height: 32, width: 32 }, limits, (line) => told.push(line));
  assert(/about 1\.\d GB/.test(told[0]!) && / MB/.test(told[1]!), told.join());
  // 56 maps of 192 x 192 x 16 float32 fit in 128 MiB, 58 do not.
  checkCardMemory(options(56), size, limits);
  const error = await assertRejects(
    async () => await checkCardMemory(options(58), size, limits),
    ConfigError,
  );
  assert(error.message.includes("at most 56"), error.message);
});
