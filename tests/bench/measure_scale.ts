import { phantomCases } from "../../lib/imaging/data/cases/phantom_cases.ts";
import { toCodes } from "../../lib/base/task/label_codes.ts";
import { stringifyCsv } from "../../lib/base/deps/std.ts";
import { fitInPlane } from "../../lib/base/volume/fit.ts";
import type { Volume, Voxels } from "../../lib/base/volume/volume.ts";
import { imageOf } from "../../lib/formats/nifti/nifti_image.ts";
import { writeNifti } from "../../lib/formats/nifti/write_nifti.ts";
import { MNMS_TASK } from "../../lib/imaging/data/layouts/cardiac.ts";
import { readCacheContents } from "../../lib/imaging/data/cases/cache_contents.ts";
import { type Measurement, showGigabytes, showSeconds } from "./measurement.ts";
import type { BenchOptions } from "./options.ts";

const MAIN = new URL("../../cli/main.ts", import.meta.url).pathname;

/** Sides of the volumes in pixels; they have as many slices as the phantom's. */
const SIDE = 96;

/** Phantom subjects, of which all volumes are made. */
const SUBJECTS = 5;

/** Steps after which memory is read. */
const STEPS = 40;

/** GB that may be kept in memory: less than what 200 volumes take. */
const BOUND = 0.05;

/** Seconds after which files count as unchanged. */
const SETTLED = 2.5;

/** What one run came to. */
interface ScaleRun {
  readonly firstStepSeconds: number;
  /** Peak of the process's resident memory after 40 steps; absent where the system does not tell. */
  readonly peakBytes?: number;
}

/** Seconds to the first step and peak memory of training on many volumes, prepared anew and cached. */
export async function measureScale({ volumes, threads }: BenchOptions): Promise<Measurement> {
  const folder = await Deno.makeTempDir();
  try {
    const measured: Record<string, unknown>[] = [], rows: string[][] = [];
    for (const count of volumes) {
      const data = `${folder}/${count}`, cache = `${folder}/cache-${count}`;
      await writeVolumes(data, count);
      await new Promise((resolve) => setTimeout(resolve, SETTLED * 1000));
      const train = (run: string) =>
        runTraining([
          ...["--data", data, "--layout", "folder", "--out", `${folder}/run-${count}-${run}`],
          ...["--cache", cache, "--threads", String(threads), "--max-steps", "1000"],
          ...["--set", `data.memory=${BOUND}`, "--set", "model.baseWidth=2"],
          // Steps that take next to no time, since they are not what is measured.
          ...["--size", "32", "--batch-size", "8", "--set", "training.validateEveryEpochs=1000"],
        ]);
      const cold = await train("cold"), warm = await train("warm");
      const { bytes } = await readCacheContents(cache);
      measured.push({ volumes: count, cacheBytes: bytes, cold, warm });
      rows.push([
        String(count),
        ...[cold, warm].map(({ firstStepSeconds }) => showSeconds(firstStepSeconds)),
        ...[cold, warm].map(({ peakBytes }) =>
          peakBytes === undefined ? "-" : showGigabytes(peakBytes)
        ),
        showGigabytes(bytes),
      ]);
      await Deno.remove(data, { recursive: true });
      await Deno.remove(cache, { recursive: true });
    }
    return {
      values: { boundBytes: BOUND * 1e9, measured },
      head: ["volumes", "first step, cold", "warm", "peak memory, cold", "warm", "cache"],
      rows,
      note: `from the start of the process; peak resident memory after ${STEPS} steps, of which ` +
        `slices may take ${BOUND} GB`,
    };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Writes volumes of 96 x 96 pixels, no two of them alike, as layout `folder`. */
async function writeVolumes(folder: string, count: number): Promise<void> {
  await Deno.mkdir(folder);
  const loaded = await Promise.all(phantomCases("A", SUBJECTS, 0).map(({ load }) => load()));
  const fit = <T extends Voxels>(volume: Volume<T>) => fitInPlane(volume, [SIDE, SIDE]);
  const made = loaded.map(({ images: [image], label }) => ({
    image: fit(image.volume),
    label: fit({ ...label!, data: toCodes(label!.data, MNMS_TASK) }),
  }));
  const list: Record<string, string>[] = [];
  for (let n = 0; n < count; n++) {
    const { image, label } = made[n % made.length]!;
    const data = image.data.slice() as typeof image.data;
    // In corners, which nobody looks at.
    [data[0], data[data.length - 1]] = [n, n >> 8];
    const [imageName, labelName] = [`${n}.nii.gz`, `${n}_gt.nii.gz`];
    await writeNifti(`${folder}/${imageName}`, imageOf({ ...image, data }));
    await writeNifti(`${folder}/${labelName}`, imageOf(label));
    list.push({ image: imageName, label: labelName, subject: `s${n}`, domain: "A", frame: "0" });
  }
  const columns = ["image", "label", "subject", "domain", "frame"];
  await Deno.writeTextFile(`${folder}/cases.csv`, stringifyCsv(list, columns));
}

/** Trains for some steps in a process of its own, which is ended then. */
async function runTraining(args: readonly string[]): Promise<ScaleRun> {
  const started = performance.now();
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", MAIN, "train", "--json", ...args],
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  let seconds: number | undefined, peakBytes: number | undefined, steps = 0, rest = "";
  for await (const part of child.stdout.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + part).split("\n");
    rest = lines.pop()!;
    for (const line of lines) if (line.includes('"type":"step"')) steps++;
    if (steps > 0) seconds ??= (performance.now() - started) / 1000;
    if (steps < STEPS) continue;
    peakBytes = await peakMemory(child.pid);
    child.kill("SIGKILL");
    break;
  }
  await child.status;
  if (seconds === undefined) throw new Error(`Cannot time ${args.join(" ")}: it takes no step`);
  return { firstStepSeconds: seconds, ...peakBytes !== undefined && { peakBytes } };
}

/** Bytes of memory that a process has had at most; undefined where the system does not tell. */
async function peakMemory(pid: number): Promise<number | undefined> {
  const status = await Deno.readTextFile(`/proc/${pid}/status`).catch(() => "");
  const kilobytes = /^VmHWM:\s*(\d+) kB/m.exec(status)?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}
