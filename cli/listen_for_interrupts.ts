import { EXIT } from "./exit_code.ts";

// not SIGHUP: to listen would undo what `nohup` has asked for
const SIGNALS: readonly Deno.Signal[] = Deno.build.os === "windows"
  ? ["SIGINT", "SIGBREAK"]
  : ["SIGINT", "SIGTERM"];

/**
 * The first signal to end, as Ctrl-C, ends a command that has nothing to save: files are there whole or
 * not at all.
 *
 * @param told What is said.
 * @returns Ends listening when it is disposed of.
 */
export function endAtInterrupts(told: () => string = () => "ended"): Disposable {
  const hear = () => {
    console.error(told());
    Deno.exit(EXIT.interrupted);
  };
  for (const signal of SIGNALS) Deno.addSignalListener(signal, hear);
  return {
    [Symbol.dispose]() {
      for (const signal of SIGNALS) Deno.removeSignalListener(signal, hear);
    },
  };
}

/**
 * The first signal to end, as Ctrl-C, aborts the work, which ends in order; a second one ends the
 * process.
 *
 * @param told What is said when the first is heard.
 * @returns Ends listening.
 */
export function listenForInterrupts(stop: AbortController, told: () => string): () => void {
  const hear = () => {
    if (stop.signal.aborted) Deno.exit(EXIT.interrupted);
    console.error(told());
    stop.abort("interrupted");
  };
  for (const signal of SIGNALS) Deno.addSignalListener(signal, hear);
  return () => {
    for (const signal of SIGNALS) Deno.removeSignalListener(signal, hear);
  };
}
