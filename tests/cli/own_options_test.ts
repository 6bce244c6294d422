import { assert, assertEquals } from "../deps.ts";
import { tandem } from "./run_tandem.ts";
import { inFolder } from "../workflows/study/tiny_study.ts";

Deno.test("a study's own commands take the options that study has too, and refuse its others", () =>
  inFolder(async (dir) => {
    const study = ["study", "--preset", "smoke", "--seeds", "0", "--out", `${dir}/one`];
    const [planned, other, slurm] = await Promise.all([
      tandem(...study, "--engine", "none"),
      tandem("study", "status", dir, "--preset", "smoke"),
      tandem("study", "--at-once", "2", "--dry-run"),
    ]);
    assertEquals(planned.code, 0, planned.stderr);
    assertEquals([other.code, other.stderr], [2, "error: Cannot use --preset with study status"]);
    assertEquals(slurm.code, 2);
    assert(slurm.stderr.includes("Cannot use --at-once with --engine local"), slurm.stderr);
    const { stdout } = await tandem("study", "jobs", `${dir}/one`, "--threads", "3", "--json");
    const { jobs } = JSON.parse(stdout);
    assertEquals(jobs.length, 3);
    assert(jobs[0].endsWith(`study run ${dir}/one standard-seed0 --threads 3`), jobs[0]);
  }));
