import { startBackend } from "../../wasm/mod.ts";
import type { Measurement } from "./measurement.ts";
import type { BenchOptions, StepKind } from "./options.ts";
import { profile, type ProfileEntry } from "./profile.ts";
import { stepRunner } from "./step_runner.ts";

/** Time, calls, bytes and speed of every operator and kernel in one step. */
export async function profileStep(
  { batch, threads }: BenchOptions,
  kind: StepKind,
  size: number,
): Promise<Measurement> {
  const backend = await startBackend({ threads });
  const { stepper, step } = stepRunner(kind, batch, size);
  step();
  const { seconds, operators, kernels } = profile(step);
  stepper.dispose();
  await backend.stop();
  const sum = (entries: readonly ProfileEntry[], key: "seconds" | "bytes" | "operations") =>
    entries.reduce((total, entry) => total + entry[key], 0);
  const part = (name: string, spent: number) => ({
    ...{ name, seconds: spent, calls: 1, bytes: 0, operations: 0 },
  });
  const rows = (entries: readonly ProfileEntry[]) => entries.map((entry) => cells(entry, seconds));
  const whole: ProfileEntry = {
    ...part(`whole ${kind} step, ${batch} x ${size} x ${size}, ${threads} threads`, seconds),
    bytes: sum(operators, "bytes"),
    operations: sum(operators, "operations"),
  };
  const between = part("outside operators (JavaScript)", seconds - sum(operators, "seconds"));
  const outside = part("outside kernels", seconds - sum(kernels, "seconds"));
  const blank = ["", "", "", "", "", "", ""];
  return {
    values: { kind, batch, size, threads, seconds, operators, kernels },
    head: ["operator, then kernel", "ms", "share", "calls", "GB", "GB/s", "GFLOP/s"],
    rows: [
      cells(whole, seconds),
      ...rows([...operators, between]),
      blank,
      ...rows([...kernels, outside]),
    ],
    note:
      "bytes: inputs and outputs once each; operations: convolutions as if computed directly; " +
      "an operator's are put down to the slowest kernel that it ran",
  };
}

function cells({ name, seconds, calls, bytes, operations }: ProfileEntry, whole: number): string[] {
  const shown = (value: number, digits: number) => value === 0 ? "" : value.toFixed(digits);
  return [
    name,
    (seconds * 1000).toFixed(2),
    `${(seconds / whole * 100).toFixed(1)} %`,
    calls === 0 ? "" : String(calls),
    shown(bytes / 1e9, 3),
    shown(bytes / seconds / 1e9, 1),
    shown(operations / seconds / 1e9, 1),
  ];
}
