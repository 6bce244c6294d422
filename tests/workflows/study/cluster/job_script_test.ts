/** The script of an element, with programs that stand in for Slurm's and for Deno. */
import { assert, assertEquals } from "../../../deps.ts";
import { exists } from "../../../../lib/formats/files/exists.ts";
import { runScript } from "../../../../lib/workflows/study/cluster/job_script.ts";
import { inFolder } from "../tiny_study.ts";

const RUN = "full-seed0";

/** Runs an element in a study of the name, with what stands in for programs. */
async function runElement(
  dir: string,
  programs: { deno: string; squeue?: string; scontrol?: string },
  signalAt?: number,
) {
  const study = `${dir}/it's a "study" $HOME`, folder = `${study}/slurm/001`, bin = `${dir}/bin`;
  for (const path of [`${folder}/tries`, `${study}/runs/${RUN}`, bin]) {
    await Deno.mkdir(path, { recursive: true });
  }
  const stand = { squeue: "echo RUNNING", scontrol: `echo "$@" >> "${dir}/asked"`, ...programs };
  for (const [name, text] of Object.entries(stand)) {
    await Deno.writeTextFile(`${bin}/${name}`, `#!/bin/bash\n${text}\n`, { mode: 0o755 });
  }
  await Deno.writeTextFile(`${folder}/runs-0.txt`, `other\n${RUN}\n`);
  await Deno.writeTextFile(
    `${folder}/run.sh`,
    runScript({
      ...{ study, folder, deno: `${bin}/deno`, main: "/main.ts", npm: `${dir}/npm` },
      ...{ cache: `${dir}/cache`, from: dir, allowOtherVersion: false, secondsToSave: 35 },
    }),
  );
  const child = new Deno.Command("bash", {
    args: [`${folder}/run.sh`, "0"],
    env: {
      ...{ PATH: `${bin}:${Deno.env.get("PATH")}`, TMPDIR: dir, SLURM_CPUS_PER_TASK: "3" },
      SLURM_CPUS_ON_NODE: "4",
      ...{ SLURM_ARRAY_JOB_ID: "12", SLURM_ARRAY_TASK_ID: "1" },
    },
    ...{ stdout: "piped", stderr: "piped" },
  }).spawn();
  if (signalAt !== undefined) {
    while (!await exists(`${dir}/ready`)) await new Promise((wait) => setTimeout(wait, 20));
    child.kill("SIGTERM");
  }
  const { code, stdout } = await child.output();
  const asked = await Deno.readTextFile(`${dir}/asked`).catch(() => "");
  const note = await Deno.readTextFile(`${study}/runs/${RUN}.failed.txt`).catch(() => undefined);
  const left = [...Deno.readDirSync(dir)].filter(({ name }) => name.startsWith("tandem."));
  assertEquals(left, [], "the job's own folder stays behind");
  const said = new TextDecoder().decode(stdout);
  return { code, said, asked: asked.trim(), note, study };
}

Deno.test("an element runs its run with the cores that it has, and leaves Deno's databases nowhere", () =>
  inFolder(async (dir) => {
    const deno = `printf '%s\\n' "$@" > ${dir}/words; ls -l "$DENO_DIR" >> ${dir}/words`;
    const { code, asked, note, study } = await runElement(dir, { deno });
    assertEquals([code, asked, note], [0, "", undefined]);
    const words = (await Deno.readTextFile(`${dir}/words`)).split("\n");
    assertEquals(words.slice(0, 10), [
      ...["run", "-A", "--cached-only", "/main.ts", "study", "run", study, RUN, "--threads", "3"],
    ]);
    assert(words.some((line) => line.endsWith(`npm -> ${dir}/npm`)), words.join("\n"));
  }));

Deno.test("an element that fails is tried once more, and then left with its reason", () =>
  inFolder(async (dir) => {
    const first = await runElement(dir, { deno: "exit 3" });
    assertEquals([first.code, first.asked], [0, "requeue 12_1"]);
    assert(first.note!.startsWith("Deno ended with exit code 3 on"), first.note);
    const second = await runElement(dir, { deno: "exit 3" });
    assertEquals([second.code, second.asked], [3, "requeue 12_1"]);
    assert(second.said.includes("it failed twice, and is left"), second.said);
  }));

Deno.test("an element leaves a run to the process that has it", () =>
  inFolder(async (dir) => {
    const { code, asked, note, said } = await runElement(dir, { deno: "exit 75" });
    assertEquals([code, asked, note], [0, "", undefined]);
    assert(said.includes("is left to the process that has it"), said);
  }));

Deno.test("an element counts as taken again where Slurm ends it before it answers", () =>
  inFolder(async (dir) => {
    const { code, note } = await runElement(dir, { deno: "exit 1", scontrol: "kill -TERM $$" });
    assertEquals(code, 0);
    assert(note!.startsWith("Deno ended with exit code 1"), note);
  }));

Deno.test("an element that was cancelled is not begun again", () =>
  inFolder(async (dir) => {
    const { code, asked } = await runElement(dir, { deno: "exit 130", squeue: "echo COMPLETING" });
    assertEquals([code, asked], [130, ""]);
  }));

Deno.test("an element at its time limit has the run saved and goes on later, if it took a step", () =>
  inFolder(async (dir) => {
    const step =
      `for run in ${dir}/*/runs/${RUN}; do echo step >> "$run/log.jsonl"; done; exit 130`;
    const deno = `trap '${step}' TERM; touch ${dir}/ready; while :; do sleep 0.05; done`;
    const first = await runElement(dir, { deno }, 1);
    assertEquals([first.code, first.asked, first.note], [0, "requeue 12_1", undefined]);
    assert(first.said.includes("its time limit was reached at step 1"), first.said);
    await Deno.remove(`${dir}/ready`);
    const still = `trap 'exit 130' TERM; touch ${dir}/ready; while :; do sleep 0.05; done`;
    const second = await runElement(dir, { deno: still }, 1);
    assertEquals([second.code, second.asked], [1, "requeue 12_1"]);
    assert(second.note!.includes("no step was taken in a whole time limit, after step 1"));
  }));

Deno.test("an element that Slurm does not take again says so, and what to do is in the study", () =>
  inFolder(async (dir) => {
    const scontrol = "echo 'Access/permission denied' >&2; exit 1";
    const deno = `trap 'exit 130' TERM; touch ${dir}/ready; while :; do sleep 0.05; done`;
    const { code, note } = await runElement(dir, { deno, scontrol }, 1);
    assertEquals(code, 1);
    assert(note!.includes("Slurm does not take the job again (Access/permission denied)"), note);
  }));
