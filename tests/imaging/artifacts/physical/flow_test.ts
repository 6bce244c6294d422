import { assert, assertEquals } from "../../../deps.ts";
import { flow } from "../../../../lib/imaging/artifacts/physical/flow.ts";
import { smallCase } from "../small_case.ts";

Deno.test("physical/flow leaves its ghosts beside the blood, along the phase-encoded axis alone", () => {
  const { volume, label, context } = smallCase([24, 20, 1]);
  const { data } = flow.apply(volume, {
    phaseEncodeAxis: 1,
    amplitude: 0.8,
    cyclesPerLine: 0.3,
    phase: 1,
    softeningVoxels: 0,
  }, context);
  const columnsWithBlood = new Set<number>();
  label.data.forEach((code, o) => (code === 1 || code === 3) && columnsWithBlood.add(o % 24));
  assert(columnsWithBlood.size > 3 && columnsWithBlood.size < 20);
  const changed = new Set<number>();
  data.forEach((value, o) => Math.abs(value - volume.data[o]!) > 1e-5 && changed.add(o % 24));
  assertEquals([...changed].sort(), [...columnsWithBlood].sort());
});
