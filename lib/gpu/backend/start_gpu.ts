/** Starting tfjs and Tandem's operators on a graphics card. */
import { registerOperators, tf } from "../../../wasm/mod.ts";
import { Card } from "../device/card.ts";
import { NoCardError } from "../device/card_error.ts";
import { useCardTensors } from "../device/card_tensors.ts";
import { type CardThread, startCardThread } from "../device/card_thread.ts";
import type { CardInfo, CardTask } from "../device/commands.ts";
import { registerOperatorsOnCard } from "../ops/register.ts";
import { WEBGPU } from "../ops/register_on_card.ts";

// Not in the graph of modules, so that nobody fetches tfjs's WebGPU backend who asks for no card.
const BACKEND = "./gpu_backend.ts";

/** The ways to ask for a card, best first. */
const ASKED: readonly CardTask[] = [
  { powerPreference: "high-performance", fallback: false },
  { powerPreference: "low-power", fallback: false },
  { powerPreference: "low-power", fallback: true },
];

/** A running card. */
export interface Gpu {
  readonly card: Card;
  /** Ends it, and with it all of its tensors. */
  stop(): Promise<void>;
}

let running: Gpu | undefined;

/**
 * The cards that are found here, best first, each once.
 */
export async function listCards(): Promise<CardInfo[]> {
  const found = new Map<string, CardInfo>();
  for (const task of ASKED) {
    const thread = await startCardThread(task);
    if (typeof thread === "string") continue;
    found.set(`${thread.info.vendor} ${thread.info.description}`, thread.info);
    await thread.close();
  }
  return [...found.values()];
}

/** The first card that is asked for in these ways and that will do; why there is none, as text. */
async function open(wanted: (info: CardInfo) => boolean): Promise<CardThread | string> {
  let reason = "no adapter was found";
  for (const task of ASKED) {
    const thread = await startCardThread(task);
    if (typeof thread === "string") {
      reason = thread;
      continue;
    }
    if (wanted(thread.info)) return thread;
    reason = `${thread.info.description} is computed by the processor`;
    await thread.close();
  }
  return reason;
}

/**
 * Makes tfjs run on a graphics card, with all of Tandem's operators. Called again it goes on with the
 * card that runs.
 *
 * @param software Whether one that the processor computes will do; true by default.
 * @throws {NoCardError} If there is none.
 */
export async function startGpu({ software = true } = {}): Promise<Gpu> {
  if (running?.card.lost) await running.stop();
  if (running && (software || !running.card.info.software)) {
    if (tf.getBackend() !== WEBGPU) await tf.setBackend(WEBGPU);
    return running;
  }
  await running?.stop();
  const thread = await open((info) => software || !info.software);
  if (typeof thread === "string") {
    throw new NoCardError(
      `Cannot use a graphics card: ${thread}. Wanted one with a driver for Vulkan, Metal or ` +
        "Direct3D 12; --device cpu does without",
    );
  }
  // The gradients of all operators are tfjs's by name, for every backend.
  registerOperators();
  const { GpuBackend } = await import(BACKEND) as typeof import("./gpu_backend.ts");
  const card = new Card(thread), backend = new GpuBackend(card);
  // Small tensors would be computed by the processor, and commands held back.
  tf.env().set("WEBGPU_CPU_FORWARD", false);
  tf.env().set("WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE", 1);
  if (tf.findBackendFactory(WEBGPU)) tf.removeBackend(WEBGPU);
  tf.registerBackend(WEBGPU, () => backend as never, 0);
  registerOperatorsOnCard();
  useCardTensors(backend);
  await tf.setBackend(WEBGPU);
  const gpu: Gpu = {
    card,
    async stop() {
      if (running !== gpu) return;
      running = undefined;
      useCardTensors(undefined);
      tf.removeBackend(WEBGPU);
      await card.close();
    },
  };
  running = gpu;
  return gpu;
}
