/** Small cases as a data set would give them. */
import type { SuiteSource } from "../../../../lib/imaging/artifacts/suites/make_suite.ts";
import { smallCase } from "../small_case.ts";

/** Two subjects at two phases; `loads` counts the reads. */
export function smallSources(loads: { count: number } = { count: 0 }): SuiteSource[] {
  return ["p1", "p2"].flatMap((subject, n) =>
    (["ED", "ES"] as const).map((frame): SuiteSource => ({
      id: `${subject}_${frame}`,
      subject,
      frame,
      load() {
        loads.count++;
        const { volume, label, context } = smallCase([24, 20 + n, 2]);
        const data = frame === "ED" ? volume.data : context.otherFrame.data;
        const whole = Int16Array.from(data, (value) => 1000 * value);
        return Promise.resolve({
          images: [{ volume: { ...volume, data: whole } }] as const,
          label,
        });
      },
    }))
  );
}
