import { assert, assertEquals } from "../../../deps.ts";
import { describeSubmission } from "../../../../lib/workflows/study/cluster/describe_submission.ts";
import {
  arrayWords,
  inArrays,
  reportWords,
} from "../../../../lib/workflows/study/cluster/plan_submission.ts";
import { sbatchWords } from "../../../../lib/workflows/study/cluster/sbatch_words.ts";
import { submissionFolder } from "../../../../lib/workflows/study/cluster/submission.ts";
import { tinyPlan } from "../tiny_study.ts";

const PLACE = {
  study: "/s/100% q",
  folder: submissionFolder("/s/100% q/slurm/001"),
  name: "tandem-0123abcd",
};

Deno.test("inArrays() splits what is more than an array takes", () => {
  assertEquals(inArrays([1, 2, 3, 4, 5], 2), [[1, 2], [3, 4], [5]]);
  assertEquals(inArrays([1, 2], 2), [[1, 2]]);
  assertEquals(inArrays([], 2), []);
});

Deno.test("arrayWords() keeps arrays one after the other where so many may run at once", () => {
  const sbatch = sbatchWords("--mem=8G");
  const first = arrayWords({ sbatch, atOnce: 2, threads: 4 }, PLACE, 0, 12);
  assertEquals(first.slice(0, 4), [
    "--parsable",
    "--mem=8G",
    "--cpus-per-task=4",
    "--array=0-11%2",
  ]);
  assert(first.includes("--output=/s/100%% q/slurm/001/logs/%A_%a.txt"), first.join(" "));
  assert(first.includes("--signal=B:TERM@120") && first.includes("--requeue"));
  assertEquals(first.slice(-2), ["/s/100% q/slurm/001/run.sh", "0"]);
  assert(!first.some((word) => word.startsWith("--dependency")));
  const second = arrayWords({ sbatch, atOnce: 2 }, PLACE, 1, 3, "17");
  assert(second.includes("--dependency=afterany:17"));
  const free = arrayWords({ sbatch: sbatchWords("-c 2"), threads: 4 }, PLACE, 1, 3, "17");
  assert(!free.some((word) => /^--(dependency|cpus)/.test(word)), free.join(" "));
});

Deno.test("arrayWords() asks for a card where runs compute on one, unless a person did", () => {
  const asked = (text: string, onCard: boolean) =>
    arrayWords({ sbatch: sbatchWords(text), onCard }, PLACE, 0, 1)
      .filter((word) => /gpu|^-G|exclusive/.test(word));
  assertEquals(asked("", false), []);
  assertEquals(asked("--mem=8G", true), ["--gres=gpu:1"]);
  for (const own of ["--gres=gpu:a100:1", "--gpus-per-task=1", "-G1", "--exclusive"]) {
    assertEquals(asked(own, true), [own]);
  }
});

Deno.test("reportWords() waits for every array, however it ends", () => {
  const words = reportWords({ sbatch: sbatchWords("") }, PLACE, ["17", "18"]);
  assert(words.includes("--dependency=afterany:17:18"), words.join(" "));
});

Deno.test("describeSubmission() tells what would be called, with Slurm or without", async () => {
  const plan = await tinyPlan(), dir = "/no/such/study";
  const { commands, notices } = await describeSubmission(plan, 2, { dir, sbatch: "--mem=1G" });
  assertEquals(commands.length, 2);
  assert(commands[0]!.startsWith("sbatch --parsable --mem=1G --array=0-1 "), commands[0]);
  assert(commands[1]!.includes("--dependency=afterany:ARRAY1"), commands[1]);
  assert(/^(no )?cluster /.test(notices[0]!), notices[0]);
  assertEquals((await describeSubmission(plan, 0, { dir })).commands, []);
  const settings = { ...plan.settings, training: { ...plan.settings.training, device: "gpu" } };
  const onCards = await describeSubmission({ ...plan, settings } as typeof plan, 2, { dir });
  assertEquals(onCards.commands.map((words) => words.includes(" --gres=gpu:1 ")), [true, false]);
});
