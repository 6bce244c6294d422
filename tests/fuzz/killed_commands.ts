/** The commands that are killed, at their smallest, and how a person goes on with each. */
import { writePhantom } from "../../lib/imaging/data/cases/write_phantom.ts";
import { exists } from "../../lib/formats/files/exists.ts";
import { stack, writeSlices } from "../formats/dicom/dicom_file.ts";
import { writeHeart } from "../imaging/data/tiny_heart.ts";

/** A command, and what it writes. */
export interface KilledCommand {
  readonly name: string;
  /** The folder that it fills, in the working folder. */
  readonly output: string;
  /** What is to lie in the working folder before the first start. */
  readonly before?: readonly string[];
  /** The words to start it, or to go on, by what lies in the working folder. */
  words(cwd: string): Promise<readonly string[]>;
}

const SMALL = [
  ...["data.size=32", "data.spacing=8", "model.baseWidth=2", "training.batchSize=4"],
  ...["evaluation.artifacts=false", "data.validationFraction=0.34", "data.testFraction=0.34"],
].flatMap((setting) => ["--set", setting]);

/** Data of all commands, made once. */
export async function makeInputs(dir: string): Promise<void> {
  for (const subject of ["p0", "p1", "p2"]) {
    for (const frame of ["ED", "ES"]) {
      await writeHeart(`${dir}/hearts/${subject}`, `${subject}_sa_${frame}`);
      await writeHeart(`${dir}/scans`, `${subject}_${frame}`);
    }
  }
  await writePhantom(`${dir}/phantom`, { sites: ["A"], subjects: 2, seed: 0 });
  for (const n of [1, 2, 3]) {
    const slices = stack(4, 0, { series: `1.2.${n}`, number: n, description: `T${n}` });
    await writeSlices(`${dir}/dicom/${n}`, slices);
  }
}

/** The commands on the inputs of a folder; `run` is a trained run for `predict`. */
export function killedCommands(inputs: string): KilledCommand[] {
  const data = ["--data", `${inputs}/hearts`, "--layout", "mnms"];
  const suite = (seed: number, threads: number) => [
    ...["artifacts", "suite", "-i", `${inputs}/hearts`, "--layout", "mnms", "-o", "suite"],
    ...["--suite", "chen2021", "--repeats", "1", "--seed", `${seed}`, "--threads", `${threads}`],
    "--overwrite",
  ];
  return [
    {
      name: "train",
      output: "run",
      words: async (cwd) =>
        await exists(`${cwd}/run/config.json`) ? ["train", "--resume", "run"] : [
          ...["train", ...data, ...SMALL, "--cache", "cache", "--threads", "1", "--out", "run"],
          ...["--max-steps", "6", "--set", "training.checkpointEverySteps=2"],
        ],
    },
    {
      name: "study",
      output: "study",
      words: async (cwd) =>
        await exists(`${cwd}/study/study.json`)
          ? ["study", "--resume", "study", "--threads", "1"]
          : [
            ...["study", ...data, ...SMALL, "--cache", "cache", "--out", "study", "--threads", "1"],
            ...["--methods", "standard,full", "--seeds", "0", "--max-steps", "3"],
          ],
    },
    { name: "artifacts suite", output: "suite", words: () => Promise.resolve(suite(0, 1)) },
    {
      name: "artifacts suite, over another",
      output: "suite",
      before: suite(1, 1),
      words: () => Promise.resolve(suite(0, 2)),
    },
    {
      name: "predict",
      output: "labels",
      words: async (cwd) => [
        ...["predict", "--run", `${inputs}/run`, "-i", `${inputs}/scans`, "-o", "labels"],
        ...["--threads", "1", ...await exists(`${cwd}/labels`) ? ["--overwrite"] : []],
      ],
    },
    {
      name: "challenge",
      output: "challenge",
      words: () =>
        Promise.resolve([
          ...["challenge", "--suite", "chen2021", "--repeats", "1", "--data", `${inputs}/hearts`],
          ...["--layout", "mnms", "-o", "challenge", "--run", `${inputs}/run`, "--threads", "1"],
        ]),
    },
    {
      name: "convert",
      output: "nifti",
      words: async (cwd) => [
        ...["convert", `${inputs}/dicom`, "-o", "nifti"],
        ...await exists(`${cwd}/nifti`) ? ["--overwrite"] : [],
      ],
    },
  ];
}

/** The words that train the run of `predict`. */
export function trainForPredict(inputs: string): string[] {
  const data = ["--data", `${inputs}/hearts`, "--layout", "mnms"];
  const ends = ["--cache", "none", "--threads", "1", "--max-steps", "2"];
  return ["train", ...data, ...SMALL, ...ends, "--out", `${inputs}/run`];
}
