import {
  assertAlmostEquals,
  assertEquals,
  assertStringIncludes,
  assertThrows,
} from "../../deps.ts";
import { parseConfig } from "../../../lib/base/config/parse_config.ts";
import { layerSettings } from "../../../lib/base/config/layer_settings.ts";
import { learningRateAt } from "../../../lib/learning/cooperative/learning_rate.ts";
import { settleSchedule } from "../../../lib/workflows/runs/settle_schedule.ts";

const cosine = (training: object, optimizer: object = {}) =>
  parseConfig({ training, optimizer: { schedule: "cosine", ...optimizer } });
const epochOf = (batchesPerEpoch: number) => ({ batchesPerEpoch });

Deno.test("settleSchedule() lets the rate fall along all steps of a run", () => {
  const stepsOf = (config: ReturnType<typeof parseConfig>) =>
    settleSchedule(config, epochOf(5), true).optimizer.decaySteps;
  assertEquals(stepsOf(cosine({ epochs: 4 })), 20);
  assertEquals(stepsOf(cosine({ epochs: 4, maxSteps: 12 })), 12);
  assertEquals(stepsOf(cosine({ epochs: 4, maxSteps: 99 })), 20);
  assertEquals(stepsOf(cosine({ epochs: 4 }, { decaySteps: 7 })), 7);
  assertEquals(stepsOf(parseConfig({ training: { epochs: 4 } })), null);
  const { optimizer } = settleSchedule(cosine({ maxSteps: 12 }), epochOf(5), true);
  assertAlmostEquals(learningRateAt(optimizer, 12) / learningRateAt(optimizer, 1), 0.017, 1e-3);
});

Deno.test("settleSchedule() keeps the rates of a run that goes on longer, and says so", () => {
  const lines: string[] = [];
  const begun = settleSchedule(cosine({ maxSteps: 12 }), epochOf(5), true);
  const longer = { ...begun, training: { ...begun.training, maxSteps: 30 } };
  const tell = (line: string) => lines.push(line);
  assertEquals(settleSchedule(longer, epochOf(5), false, tell).optimizer.decaySteps, 12);
  assertEquals(lines.length, 1);
  for (const text of ["12 steps", "30 in all", "--decay-steps 30"]) {
    assertStringIncludes(lines[0]!, text);
  }
  settleSchedule(begun, epochOf(5), false, tell);
  assertEquals(lines.length, 1);
});

Deno.test("presets name no number of steps for the schedule, and quick falls along its 720", () => {
  for (const preset of ["quick", "auto", "acdc-2021"]) {
    assertEquals(layerSettings({ preset }).optimizer.decaySteps, null);
  }
  const quick = layerSettings({ preset: "quick" });
  assertEquals(settleSchedule(quick, epochOf(40), true).optimizer.decaySteps, 720);
});

Deno.test("learningRateAt() refuses a fall whose end nobody settled", () => {
  const open = { learningRate: 1, schedule: "cosine", decaySteps: null } as const;
  assertThrows(() => learningRateAt(open, 1), RangeError, "decaySteps is null");
  assertEquals(learningRateAt({ ...open, schedule: "constant" }, 9), 1);
});
