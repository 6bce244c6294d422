import { type Measurement, secondsOf } from "./measurement.ts";
import type { BenchOptions, StepKind } from "./options.ts";
import { startCard } from "./start_card.ts";
import { stepRunner } from "./step_runner.ts";

/** What each kernel takes of one step on a graphics card, by the card's own timestamps. */
export async function profileCard(
  { batch }: BenchOptions,
  kind: StepKind,
  size: number,
): Promise<Measurement> {
  const { card, stop } = await startCard();
  if (!card.info.features.includes("timestamp-query")) {
    throw new Error(`Cannot profile on ${card.info.description}: it has no timestamp-query`);
  }
  const { stepper, step } = stepRunner(kind, batch, size);
  step();
  card.profile(true);
  const seconds = secondsOf(step);
  const kernels = new Map<string, { name: string; milliseconds: number; calls: number }>();
  for (const { name, milliseconds } of await card.times()) {
    const entry = kernels.get(name) ?? { name, milliseconds: 0, calls: 0 };
    kernels.set(name, entry);
    entry.milliseconds += milliseconds;
    entry.calls++;
  }
  const { description } = card.info, peakBytes = card.peakBytes;
  stepper.dispose();
  await stop();
  const sorted = [...kernels.values()].sort((a, b) => b.milliseconds - a.milliseconds);
  const busy = sorted.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const row = (name: string, milliseconds: number, calls: number) => [
    name,
    milliseconds.toFixed(3),
    `${(milliseconds / seconds / 10).toFixed(1)} %`,
    calls === 0 ? "" : String(calls),
  ];
  return {
    values: { kind, batch, size, card: description, seconds, peakBytes, kernels: sorted },
    head: ["kernel on the card", "ms", "share", "calls"],
    rows: [
      row(`whole ${kind} step, ${batch} x ${size} x ${size}, ${description}`, seconds * 1000, 0),
      ...sorted.map(({ name, milliseconds, calls }) => row(name, milliseconds, calls)),
      row("between kernels", seconds * 1000 - busy, 0),
    ],
    note: "each kernel in a pass of its own while it is timed, which takes time between them",
  };
}
