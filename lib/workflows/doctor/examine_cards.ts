/** What graphics cards a machine has, and, where one is asked for, whether it computes right. */
import type { DeviceName } from "../../names.ts";
import { tf } from "../../../wasm/mod.ts";
import { nameOf, startDevice } from "../devices/start_device.ts";
import { timeStep } from "./time_step.ts";
import { type Check, selfCheck } from "./self_check.ts";

/** What was found, by name, and what was checked. */
export interface CardExamination {
  readonly facts: Readonly<Record<string, string | number | boolean>>;
  readonly checks: readonly Check[];
}

/** Names the cards, and what they can do. */
export async function describeCards(): Promise<CardExamination["facts"]> {
  const { listCards } = await import("../../gpu/backend/start_gpu.ts");
  const cards = await listCards();
  const facts: Record<string, string | number> = {
    "graphics cards": cards.map(nameOf).join("; ") || "none",
  };
  cards.forEach(({ limits }, n) => {
    const buffer = Math.min(limits.maxBufferSize!, limits.maxStorageBufferBindingSize!);
    facts[`largest buffer of card ${n + 1} (MB)`] = Math.floor(buffer / 2 ** 20);
    facts[`workgroup of card ${n + 1} (threads, KB)`] =
      `${limits.maxComputeInvocationsPerWorkgroup}, ${
        limits.maxComputeWorkgroupStorageSize! / 1024
      }`;
  });
  return facts;
}

/**
 * Checks and times the card that `device` means. The processor computes afterwards.
 *
 * @throws {NoCardError} If `device` is `gpu` and there is none.
 */
export async function examineCard(device: DeviceName): Promise<CardExamination> {
  if (device === "cpu") return { facts: {}, checks: [] };
  const used = await startDevice({ device, threads: null });
  if (used === undefined) return { facts: {}, checks: [] };
  try {
    const checks = selfCheck().map((check) => ({ ...check, name: `${check.name} on the card` }));
    return {
      facts: {
        "card in use": nameOf(used),
        "step of 2 x 32 x 32, base width 4, on the card (ms)": Math.round(timeStep()),
      },
      checks,
    };
  } finally {
    await tf.setBackend("wasm");
  }
}
