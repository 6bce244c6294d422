import { assert, assertAlmostEquals, assertEquals } from "../../../deps.ts";
import { RandomStream } from "../../../../lib/base/random/random_stream.ts";
import {
  compareRobustness,
  correctedTests,
  type GradedSet,
  robustnessOf,
  type SubjectScoresBySet,
} from "../../../../lib/workflows/challenge/results/robustness.ts";

const SEVERITIES = [1, 2, 3, 4, 5];
const SETS: readonly GradedSet[] = ["noise", "blur", "affine"].flatMap((transform) =>
  SEVERITIES.map((severity) => ({ name: `${transform}-${severity}`, transform, severity }))
);
const SUBJECTS = ["a", "b", "c", "d", "e", "f"];

/** Scores that fall with severity, some of them missing. */
function made(seed: number, { missing = 0, offset = 0 } = {}): SubjectScoresBySet {
  const rng = RandomStream.fromSeed(seed);
  const names = ["clean", ...SETS.map(({ name }) => name)];
  return new Map(names.map((name) => [
    name,
    new Map(
      SUBJECTS.flatMap((subject) => {
        const score = 0.9 + offset - 0.08 * Number(name.at(-1)!) * rng.uniform() || 0.9 + offset;
        return name !== "clean" && rng.uniform() < missing ? [] : [[subject, score] as const];
      }),
    ),
  ]));
}

/** The same in ten lines of NumPy, as the measures are published. */
const SECOND = `
import json, sys
import numpy as np
d = json.load(sys.stdin)
x = np.array(d["scores"], dtype=float)  # transforms, severities, subjects
w = (2 / 3) ** np.arange(1, x.shape[1] + 1)
m, clean = np.nanmean(x, axis=2), np.nanmean(np.array(d["clean"], dtype=float))
overall = (clean + m @ w) / (1 + w.sum())
loss = (clean - m) if d["higher"] else (m - clean)
print(json.dumps([overall.mean(), (loss @ w / w.sum()).mean()]))
`;
const PYTHON = "/usr/bin/python3";

async function withNumpy(input: unknown): Promise<[number, number]> {
  const child = new Deno.Command(PYTHON, {
    ...{ args: ["-c", SECOND], stdin: "piped", stdout: "piped", stderr: "piped" },
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(JSON.stringify(input)));
  await writer.close();
  const { stdout, stderr, code } = await child.output();
  assertEquals(code, 0, new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

async function hasNumpy(): Promise<boolean> {
  try {
    const { code } = await new Deno.Command(PYTHON, { args: ["-c", "import numpy"] }).output();
    return code === 0;
  } catch {
    return false;
  }
}

const numpy = await hasNumpy();
Deno.test({
  name: `robustnessOf() gives NumPy's numbers, missing scores included${
    numpy ? "" : ` (${PYTHON} with NumPy is missing)`
  }`,
  ignore: !numpy,
  async fn() {
    for (const [seed, higher, missing] of [[1, true, 0], [2, false, 0], [3, true, 0.2]] as const) {
      const scores = made(seed, { missing });
      const { overall, degradation } = robustnessOf(scores, SETS, higher, { resamples: 100 });
      const row = (set: string) => SUBJECTS.map((subject) => scores.get(set)!.get(subject) ?? null);
      const transforms = [...new Set(SETS.map(({ transform }) => transform))];
      const [first, second] = await withNumpy({
        higher,
        clean: row("clean"),
        scores: transforms.map((name) => SEVERITIES.map((s) => row(`${name}-${s}`))),
      });
      assertAlmostEquals(overall.mean!, first, 1e-12);
      assertAlmostEquals(degradation.mean!, second, 1e-12);
    }
  },
});

Deno.test("robustnessOf() knows what constant scores come to, with an interval of no width", () => {
  const scores = new Map(
    ["clean", ...SETS.map(({ name }) => name)].map((name) => [
      name,
      new Map(SUBJECTS.map((subject) => [subject, name === "clean" ? 0.8 : 0.5])),
    ]),
  );
  const found = robustnessOf(scores, SETS, true);
  const weights = 422 / 243;
  assertAlmostEquals(found.overall.mean!, (0.8 + weights * 0.5) / (1 + weights), 1e-12);
  for (const { mean, low, high } of [found.degradation, found.transforms[1]!.degradation]) {
    for (const value of [mean, low, high]) assertAlmostEquals(value!, 0.3, 1e-12);
  }
  assertEquals(found.subjects, 6);
  assertEquals(found.transforms.map(({ transform }) => transform), ["noise", "blur", "affine"]);
  assertEquals(found.transforms[0]!.curve.map(({ severity }) => severity), [0, 1, 2, 3, 4, 5]);
});

Deno.test("robustnessOf() has no number where a set has no score", () => {
  const scores = new Map(made(4));
  scores.delete("blur-3");
  const { clean, overall, transforms } = robustnessOf(scores, SETS, true, { resamples: 100 });
  assertEquals([overall.mean, transforms[1]!.overall.mean], [null, null]);
  assert(clean.mean !== null && transforms[0]!.overall.mean !== null);
  assertEquals(transforms[1]!.curve[3]!.mean, null);
});

Deno.test("compareRobustness() finds a model that is better by the same amount everywhere", () => {
  const [first, second] = [made(5, { offset: 0.05 }), made(5)];
  const [clean, overall, loss] = compareRobustness(first, second, SETS, true);
  assertAlmostEquals(overall!.difference!, 0.05, 1e-12);
  assertAlmostEquals(clean!.difference!, 0.05, 1e-12);
  assertAlmostEquals(loss!.difference!, 0, 1e-12);
  // six pairs of one sign; equal differences are ties, or differ in their last bits
  assert(overall!.pValue! < 0.05, `${overall!.pValue}`);
  assertEquals([overall!.rankBiserial, overall!.subjects], [1, 6]);
  const twice = correctedTests([[clean!, overall!, loss!], [clean!, overall!, loss!]]);
  const corrected = twice[0]![1];
  assertAlmostEquals(corrected!.holmPValue!, 2 * overall!.pValue!, 1e-12);
});

Deno.test("compareRobustness() tests the subjects that both models have", () => {
  const first = made(6), second = new Map(made(7));
  for (const [name, scores] of second) {
    second.set(name, new Map([...scores].filter(([subject]) => subject !== "c")));
  }
  const tests = compareRobustness(first, second, SETS, true, { resamples: 100 });
  assertEquals(tests.map(({ subjects }) => subjects), [5, 5, 5]);
});

Deno.test("compareRobustness() finds no difference where a model only lacks the hard subjects", () => {
  const all = made(3), hard = SUBJECTS[0];
  const lacking: SubjectScoresBySet = new Map(
    [...all].map(([set, scores]) => [
      set,
      new Map([...scores].filter(([subject]) => set === "clean" || subject !== hard)),
    ]),
  );
  const [clean, overall, degradation] = compareRobustness(lacking, all, SETS, true, {
    resamples: 100,
  });
  assertEquals(clean!.subjects, SUBJECTS.length);
  for (const { difference, low, high, subjects } of [overall!, degradation!]) {
    assertEquals([difference, low, high, subjects], [0, 0, 0, SUBJECTS.length - 1]);
  }
});
