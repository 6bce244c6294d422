import { WriteError } from "../../formats/files/write_atomically.ts";
import { EventFile, type EventFileOptions } from "../../formats/tensorboard/event_file.ts";
import { EventFileError } from "../../formats/tensorboard/event_file_error.ts";
import type { TrainingEvents } from "../../learning/training/events.ts";
import { runScalars } from "./run_scalars.ts";

/** Where the scalars of a run go. */
export interface ScalarTarget extends EventFileOptions {
  /** TensorBoard's event file. */
  readonly path: string;
  /** Is told if the file cannot be kept any longer, in one line. */
  readonly onNotice?: ((line: string) => void) | undefined;
}

/**
 * Keeps TensorBoard's event file of a run, with the numbers of {@linkcode runScalars}.
 *
 * A run goes on without the file where the disk refuses it, since `log.jsonl` and `metrics.csv`
 * hold the same numbers.
 *
 * @returns Closes the file when it is disposed of.
 */
export function keepScalars(events: TrainingEvents, target: ScalarTarget): Disposable {
  const { path, onNotice } = target;
  let file: EventFile | undefined;
  const close = () => {
    file?.close();
    file = undefined;
  };
  const attempt = (run: () => void) => {
    try {
      run();
    } catch (error) {
      if (!(error instanceof WriteError || error instanceof EventFileError)) throw error;
      close();
      onNotice?.(`${error.message}; the run goes on without TensorBoard's file`);
    }
  };
  attempt(() => file = EventFile.open(path, target));
  events
    .on("step", (event) => attempt(() => file?.append(event.position.step, runScalars(event))))
    .on(
      "validation",
      (event) => attempt(() => file?.append(event.position.step, runScalars(event))),
    );
  return { [Symbol.dispose]: close };
}
