import type { StudyJob, StudyPlan } from "./study_plan.ts";

/** The jobs of a plan. Replicates are outermost, so that the first gives a whole table early. */
export function jobsOf({ methods, replicates, trainingSubjects }: StudyPlan): StudyJob[] {
  return replicates.flatMap((replicate) =>
    trainingSubjects.flatMap((count) =>
      methods.map((method) => ({
        id: [
          `${method}-seed${replicate.seed}`,
          ...replicate.split === null ? [] : [replicate.split.replaceAll(/[^\w.]+/g, "-")],
          ...replicate.fold === null ? [] : [`fold${replicate.fold}`],
          ...count === null ? [] : [`n${count}`],
        ].join("-"),
        method,
        replicate,
        trainingSubjects: count,
      }))
    )
  );
}
