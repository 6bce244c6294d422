/** What the cardiac data sets, and the phantom, have in common: the labels of short-axis cine MR. */
import type { Task } from "../../../base/task/task.ts";

function cardiacTask(lv: number, myo: number, rv: number): Task {
  return {
    labels: [
      { name: "BG", codes: [0] },
      { name: "LV", codes: [lv], role: "blood" },
      { name: "MYO", codes: [myo], role: "muscle" },
      { name: "RV", codes: [rv], role: "blood" },
    ],
    channels: [{ name: "MR" }],
  };
}

/** The phantom's labels and those of M&Ms: 1 LV cavity, 2 LV myocardium, 3 RV cavity. */
export const MNMS_TASK: Task = cardiacTask(1, 2, 3);

/** ACDC's labels: 1 RV cavity, 2 LV myocardium, 3 LV cavity. */
export const ACDC_TASK: Task = cardiacTask(3, 2, 1);
