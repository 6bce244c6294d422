/** The cases of a suite's test sets as one list, by which they are predicted and scored. */
import { join } from "../../base/deps/std.ts";
import type { Task } from "../../base/task/task.ts";
import { exists } from "../../formats/files/exists.ts";
import { parseSuiteManifest, type SuiteManifest } from "../../imaging/artifacts/suites/manifest.ts";
import { CLEAN_SET } from "../../imaging/artifacts/suites/make_suite.ts";
import { LAYOUTS } from "../../imaging/data/cases/open_dataset.ts";
import { openOrigin } from "../artifact_files/origin.ts";
import { volumePaths } from "../artifact_files/suite_paths.ts";
import type { ChallengeFolder } from "./challenge_folder.ts";
import type { ChallengeCase } from "./models/challenge_model.ts";
import type { GradedSet } from "./results/robustness.ts";

/** The layout that test sets are written in: images in a folder of their own, by nnU-Net's names. */
export const SET_LAYOUT = "nnunet";

/** The test sets of a challenge. */
export interface TestSets {
  readonly task: Task;
  readonly cases: readonly ChallengeCase[];
  /** Without the clean one. */
  readonly sets: readonly GradedSet[];
  readonly manifest: SuiteManifest;
}

/**
 * Lists the cases of a suite that was written, and writes the list where it is missing.
 *
 * @throws {SuiteManifestError | DatasetError} If the manifest or the clean data cannot be read.
 */
export async function listCases(folder: ChallengeFolder): Promise<TestSets> {
  const manifest = parseSuiteManifest(await Deno.readTextFile(folder.manifest), folder.manifest);
  const opened = await openOrigin(manifest.origin!, SET_LAYOUT), { task } = opened;
  const volumes = manifest.volumes.filter(({ channel }) => channel === undefined);
  const sources = new Map(opened.cases.map((source) => [source.id, source]));
  // Domains may number their subjects alike.
  const domains = Map.groupBy(opened.cases, ({ subject }) => subject);
  const written = volumes.map((entry) => {
    const { images, label } = volumePaths(opened, entry, manifest.repeats);
    const { subject, domain, frame } = sources.get(entry.case)!;
    const shared = new Set(domains.get(subject)!.map((source) => source.domain)).size > 1;
    return {
      id: `${entry.set}/${entry.case}${entry.repeat > 1 ? `_${entry.repeat}` : ""}`,
      subject: shared ? `${domain}/${subject}` : subject,
      frame,
      domain: entry.set,
      files: { images, ...entry.files?.label !== undefined && { label } },
    };
  });
  if (!await exists(folder.list)) {
    await LAYOUTS.folder.finish(folder.suite, { name: manifest.suite, task, cases: written });
  }
  const sets = new Map(volumes.map(({ set, severity = 0 }) => [set, severity]));
  sets.delete(CLEAN_SET.name);
  return {
    task,
    manifest,
    cases: written.map(({ id, domain, files: { images } }) => ({
      ...{ id, set: domain, place: images[0] },
      images: images.map((image) => join(folder.suite, image)) as [string, ...string[]],
    })),
    sets: [...sets].map(([name, severity]) => ({
      name,
      transform: severity === 0 ? name : name.replace(/-\d$/, ""),
      severity,
    })),
  };
}
