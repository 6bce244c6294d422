/** What is done with each of several jobs. */
export interface JobSteps<Job, Input, Made, Result> {
  /** Reads what the work needs. */
  read(job: Job): Promise<Input>;
  /** The work, which may keep its thread to itself. */
  work(job: Job, input: Input): Promise<Made>;
  /** Writes what was made. */
  write(job: Job, made: Made): Promise<Result>;
}

/**
 * Does jobs one after another, of which the next is read and the last one written while one is worked
 * on: never more than one ahead, so that memory does not grow with their number.
 *
 * @param failed Hears of a job that failed; what it throws ends them all, after the write under way.
 * @returns What each write gave, in the order of the jobs.
 */
export async function* oneAhead<Job, Input, Made, Result>(
  jobs: readonly Job[],
  { read, work, write }: JobSteps<Job, Input, Made, Result>,
  failed: (job: Job, error: unknown) => void,
): AsyncGenerator<Result> {
  const begin = (n: number) => n < jobs.length ? quiet(read(jobs[n]!)) : undefined;
  let reading = begin(0);
  let writing: { readonly job: Job; readonly result: Promise<Result> } | undefined;
  const written = async (): Promise<[Result] | []> => {
    const last = writing;
    writing = undefined;
    if (last === undefined) return [];
    try {
      return [await last.result];
    } catch (error) {
      failed(last.job, error);
      return [];
    }
  };
  try {
    for (const [n, job] of jobs.entries()) {
      let made: Made;
      try {
        const input = await reading!.finally(() => {
          reading = begin(n + 1);
        });
        made = await work(job, input);
      } catch (error) {
        // Whoever ends them all has heard of what is written by then.
        yield* await written();
        failed(job, error);
        continue;
      }
      yield* await written();
      writing = { job, result: quiet(write(job, made)) };
    }
    yield* await written();
  } finally {
    await writing?.result.catch(() => {});
  }
}

/** A promise whose failure nobody needs to hear before it is waited for. */
function quiet<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}
