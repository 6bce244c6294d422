import { assertEquals, assertRejects } from "../../deps.ts";
import {
  type Evaluation,
  readEvaluation,
  saveEvaluation,
} from "../../../lib/formats/run_folder/evaluation.ts";
import { RunFolderError } from "../../../lib/formats/run_folder/run_folder_error.ts";
import { inFolder } from "../../imaging/data/tiny_heart.ts";
import { madeResult } from "../../workflows/study/made_results.ts";

const { evaluation } = madeResult(
  { method: "full" },
  { "site A": "intra" },
  [{ set: "site A", subject: "a", ftn: 0.5, stn: 0.75, passes: [0.75, 0.5] }],
  { cases: ["a"], dice: { bias: { ftn: [1, 0.5, 0.25, 0, 0, 0] } } },
);

Deno.test("readEvaluation() gives back what saveEvaluation() wrote, and what has no version yet", () =>
  inFolder(async (dir) => {
    const path = `${dir}/evaluation.json`;
    await saveEvaluation(path, evaluation);
    assertEquals(await readEvaluation(path), evaluation);
    const { format, ...rest } = JSON.parse(await Deno.readTextFile(path));
    assertEquals(format, 1);
    await Deno.writeTextFile(path, JSON.stringify(rest));
    assertEquals(await readEvaluation(path), evaluation);
  }));

Deno.test("readEvaluation() names the file and the key that cannot be used", () =>
  inFolder(async (dir) => {
    const path = `${dir}/evaluation.json`;
    const refuse = async (value: unknown, text: string) => {
      await Deno.writeTextFile(path, JSON.stringify(value));
      const error = await assertRejects(() => readEvaluation(path), RunFolderError, text);
      assertEquals(error.message.includes(path), true);
    };
    const withMean = (mean: unknown): Evaluation => {
      const copy = structuredClone(evaluation) as never as {
        sets: Record<string, { ftn: Record<string, unknown> }>;
      };
      copy.sets["site A"]!.ftn["mean"] = mean;
      return copy as never;
    };
    await refuse({ ...evaluation, format: 2 }, "format is 2, wanted 1");
    await refuse(withMean(null), "sets.site A.ftn.mean is null, wanted number");
    await refuse(withMean("0.5"), 'sets.site A.ftn.mean is "0.5", wanted number');
    await refuse(withMean(undefined), "wanted a mean among them");
    await refuse({ ...evaluation, volumes: [{}] }, "volumes.0.set is missing");
    await refuse([], "wanted object");
    await Deno.remove(path);
    await assertRejects(() => readEvaluation(path), RunFolderError, path);
  }));
