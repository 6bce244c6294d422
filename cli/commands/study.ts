import { shellWord } from "../../lib/base/text/shell_word.ts";
import { LAYOUT_NAMES, PRESET_NAMES, STUDY_ENGINES, STUDY_PRESET_NAMES } from "../../lib/names.ts";
import type { GivenTest, StudyPlan, StudyResult } from "../../mod.ts";
import { Command, Option } from "../deps/commander.ts";
import { deviceOption } from "../device_option.ts";
import { estimateTable } from "../estimate_table.ts";
import { EXIT, ExitError, UsageError } from "../exit_code.ts";
import { listenForInterrupts } from "../listen_for_interrupts.ts";
import { studyCancelCommand } from "./study/cancel.ts";
import { studyJobsCommand } from "./study/jobs.ts";
import { studyRunCommand } from "./study/run.ts";
import { studyStatusCommand } from "./study/status.ts";
import { collect, trackedStore, wholeNumber } from "../option_values.ts";
import { showStudy } from "../show_study.ts";
import {
  collectTests,
  numbers,
  planOptions,
  settingsGiven,
  subjectCounts,
  words,
} from "../study_plan_options.ts";
import { refuseGivenTwice } from "../refuse_overridden.ts";
import { refuseOtherEngines, slurmOptions, tellSubmitted } from "../study_engines.ts";
import { whenOutputIsLost } from "../standard_streams.ts";
import { studyTable } from "../study_table.ts";

/** `tandem study`. */
export function studyCommand() {
  const command = new Command("study");
  for (
    const part of [
      ...[studyStatusCommand(), studyCancelCommand(), studyJobsCommand(), studyRunCommand()],
    ]
  ) {
    command.addCommand(part.exitOverride());
  }
  return command
    .description(
      "Train and test several methods with several seeds: tables with intervals, and one page.",
    )
    .addOption(
      new Option("--preset <name>", "what is compared (default: table1)").choices(
        STUDY_PRESET_NAMES,
      ),
    )
    .option("--data <dir>", "folder of the data set (default: phantom hearts)")
    .addOption(new Option(
      "--layout <name>",
      "how it lies there (default: recognised)",
    ).choices(["auto", ...LAYOUT_NAMES] as const))
    .option(
      "--test <name=dir>",
      "a further data set to test on, where its layout is to be told NAME=DIR:LAYOUT (repeatable)",
      collectTests,
      [] as GivenTest[],
    )
    .option(
      "--methods <names>",
      "methods, as standard,full; the first is the reference that the others are tested against " +
        "(default: the preset's; an unknown name lists all)",
      words,
    )
    .option(
      "--seeds <numbers>",
      "seeds, as 0,1,2 (default: the preset's; of them the first with --splits or --folds)",
      numbers,
    )
    .option(
      "--splits <names>",
      "published splits, as acdc-10/cval0; with several seeds as many, paired by place",
      words,
    )
    .option(
      "--folds <n>",
      "cross-validation in so many parts, those of data.splitFile where it is set: each is tested on " +
        "once with every seed; not with --splits",
      wholeNumber(2, 1000),
    )
    .option(
      "--training-subjects <numbers>",
      "numbers of training subjects, as 1,3,10,all (default: the preset's)",
      subjectCounts,
    )
    .option(
      "--max-steps <n>",
      "steps of each run",
      wholeNumber(1),
    )
    .addOption(
      new Option(
        "--config-preset <name>",
        "settings to begin with (default: quick on phantom hearts; on data auto, or acdc-2021 where " +
          "--preset names a published study)",
      ).choices(PRESET_NAMES),
    )
    .option(
      "--set <key=value>",
      "one setting of all runs, as training.epochs=50; `tandem settings` lists all (repeatable)",
      collect,
      [] as string[],
    )
    .option(
      "--out <dir>",
      "study folder; one that holds a study goes on and may get more methods, seeds, splits or " +
        "numbers of subjects, with the same settings (default: studies/NNN)",
    )
    .option(
      "--cache <dir>",
      "where prepared volumes are kept for all runs, or none (default: auto)",
    )
    .option("--track <mlflow=dir>", "tell an MLflow file store of all runs, too", trackedStore)
    .option("--resume <study>", "go on with the study in this folder as it was planned")
    .option(
      "--allow-other-version",
      "go on although another version of the code trained runs of it",
    )
    .addOption(
      new Option(
        "--engine <name>",
        "where runs run: on this machine, as jobs of a cluster, or nowhere yet (none: plan alone, for " +
          "study jobs)",
      ).choices(STUDY_ENGINES).default("local" as const),
    )
    .option(
      "--sbatch <words>",
      'with --engine slurm: options for sbatch, as "--partition=long --mem=8G --time=4:00:00"',
    )
    .option("--at-once <n>", "with --engine slurm: runs at once (default: all)", wholeNumber(1))
    .option("--wait", "with --engine slurm: follow the jobs to their end; Ctrl-C looks away")
    .option(
      "--jobs <n>",
      "runs at once on this machine, or auto: as many as end the study soonest, by a short " +
        "measurement (default: 1)",
      jobsAtOnce,
    )
    .option("--threads <n>", "threads of each run (default: all cores, shared)", wholeNumber(1, 64))
    .addOption(deviceOption())
    .option("--dry-run", "say what would be done and how long it would take; write nothing")
    .option("--json", "print JSON lines")
    .action(async (options) => {
      const { resume, engine, dryRun = false, json = false } = options;
      if (options.jobs === "auto" && options.threads !== undefined) {
        throw new UsageError("Cannot use --threads with --jobs auto, which chooses both");
      }
      if (resume !== undefined) refuseWithResume(options);
      refuseOtherEngines(options);
      refuseGivenTwice(options.set, settingsGiven(options));
      const stop = new AbortController();
      // from here on, so that Ctrl-C ends in order before the first job too
      const follows = engine === "slurm";
      const silence = dryRun ? () => {} : endInOrder(stop, follows);
      const tandem = await import("../../mod.ts");
      const plan = resume === undefined
        ? await tandem.makePlan(planOptions(options))
        : await tandem.readPlan(resume);
      const isNumbered = resume === undefined && options.out === undefined && !dryRun;
      const next = isNumbered ? tandem.makeNextStudyDir : tandem.nextStudyDir;
      const dir = resume ?? options.out ?? await next();
      const { jobs, threads } = options.jobs === "auto"
        ? await divisionOf(tandem, plan, dir, json)
        : { jobs: options.jobs ?? 1, threads: options.threads };
      const shared = threads === undefined ? {} : { threads };
      const cluster = slurmOptions(options);
      if (dryRun) {
        const estimate = await tandem.estimateStudy(plan, { dir, ...shared });
        const slurm = engine === "slurm"
          ? await tandem.describeSubmission(plan, estimate.jobs.length, { dir, ...cluster })
          : undefined;
        if (json) return console.log(JSON.stringify({ ...estimate, ...slurm && { slurm } }));
        console.log(estimateTable(estimate, dir));
        for (const line of slurm?.commands ?? []) console.log(line);
        for (const line of slurm?.notices ?? []) console.error(line);
        return;
      }
      if (!json) announce(plan);
      const show = json
        ? (event: object) => console.log(JSON.stringify(event))
        : showStudy(jobs > 1 || engine === "slurm");
      const allowed = options.allowOtherVersion ? { allowOtherVersion: true } : {};
      try {
        if (engine === "none") {
          using study = await tandem.beginStudy(plan, { dir, onEvent: show, ...allowed });
          if (!json) {
            console.log(`planned; ${study.left.length} runs: study jobs ${shellWord(dir)}`);
          }
          return;
        }
        if (engine === "slurm") {
          const submitted = await tandem.submitStudy(plan, {
            ...{ dir, onEvent: show, ...cluster, ...allowed },
          });
          tellSubmitted(json, submitted);
          const { done, jobs } = submitted;
          if (!options.wait && done < jobs) return;
          // of what is done already tables and page may be missing
          const ended = done < jobs
            ? await tandem.followStudy(dir, { stop: stop.signal, onEvent: show })
            : await tandem.runStudy(plan, { dir, onEvent: show, ...allowed });
          return tell(json, ended);
        }
        const result = await tandem.runStudy(plan, {
          ...{ dir, jobs, stop: stop.signal, onEvent: show },
          ...shared,
          ...allowed,
        });
        tell(json, result);
      } catch (error) {
        // a number that was taken for nothing; a folder that holds anything stays
        if (isNumbered) await Deno.remove(dir).catch(() => {});
        throw error;
      } finally {
        silence();
      }
    });
}

/** The division of the cores that was measured fastest; tells what was measured. */
async function divisionOf(
  { chooseDivision }: Pick<typeof import("../../mod.ts"), "chooseDivision">,
  plan: StudyPlan,
  dir: string,
  json: boolean,
) {
  const { best, measured } = await chooseDivision(plan, { dir });
  if (json) console.log(JSON.stringify({ type: "division", ...best, measured }));
  else {
    const told = measured.map(({ jobs, threads, secondsPerStep }) =>
      `${jobs} x ${threads}: ${Number(secondsPerStep.toPrecision(2))} s a step`
    );
    const found = told.length === 0 ? "" : ` (runs x threads measured: ${told.join(", ")})`;
    console.log(`runs at once: ${best.jobs}, threads of each: ${best.threads}${found}`);
  }
  return best;
}

/** Runs at once: a number, or `auto`. */
function jobsAtOnce(text: string): number | "auto" {
  return text === "auto" ? text : wholeNumber(1, 64)(text);
}

/** A study that goes on keeps its plan. */
const WITH_RESUME = ["resume", "jobs", "threads", "json", "dryRun", "allowOtherVersion", "engine"]
  .concat("sbatch", "atOnce", "wait");

function refuseWithResume(options: Readonly<Record<string, unknown>>): void {
  const given = Object.entries(options).find(([key, value]) =>
    !WITH_RESUME.includes(key) && !(Array.isArray(value) && value.length === 0)
  );
  if (given === undefined) return;
  const flag = given[0].replace(/[A-Z]/g, (letter) => "-" + letter.toLowerCase());
  throw new UsageError(
    `Cannot use --${flag} with --resume: a study keeps its plan; add methods or seeds with --out`,
  );
}

function announce({ preset, methods, replicates, trainingSubjects }: StudyPlan): void {
  const sizes = trainingSubjects.length > 1 ? ` x ${trainingSubjects.length} training sets` : "";
  console.log(
    `study ${preset}: ${methods.length} methods (${methods.join(", ")}) x ` +
      `${replicates.length} replicates${sizes}`,
  );
}

/** The first Ctrl-C, or output that nobody reads any more, has the steps under way saved. */
function endInOrder(stop: AbortController, follows: boolean): () => void {
  whenOutputIsLost(() => stop.abort("interrupted"));
  return listenForInterrupts(
    stop,
    () =>
      follows
        ? "looking away: jobs that were submitted go on; study status tells how far they are"
        : "finishing the step, then saving; an evaluation under way comes to its end",
  );
}

function tell(json: boolean, { report, ...result }: StudyResult): void {
  const { dir, done, jobs, failed, interrupted } = result;
  if (json) {
    console.log(JSON.stringify({ type: "result", ...result, page: report?.page ?? null }));
  } else {
    if (report !== undefined) console.log(studyTable(report.summary));
    for (const { job, message } of failed) console.error(`${job} failed: ${message}`);
    console.log(
      done < jobs
        ? `${done} of ${jobs} runs are done; go on with: study --resume ${shellWord(dir)}`
        : `done; all results are in ${dir}`,
    );
  }
  if (interrupted) throw new ExitError(EXIT.interrupted);
  if (failed.length > 0) throw new ExitError(EXIT.failure);
}
