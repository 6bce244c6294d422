import type { ChallengeProgress } from "../mod.ts";
import { createBar } from "./deps/cli_progress.ts";
import { duration } from "./duration.ts";

/** Seconds between two lines where there is no terminal. */
const LINE_INTERVAL = 30;

/** Shows how far a challenge is: a bar on a terminal, a line now and then elsewhere. */
export function showChallenge(json: boolean) {
  const onTerminal = Deno.stderr.isTerminal();
  const format = "{bar} {volumes} volumes | {what} | {left} left";
  const bar = createBar({ format, barsize: 20, linewrap: false });
  let running = false, whole = 0, shownAt = performance.now();
  const pause = () => {
    if (running) bar.stop();
    running = false;
  };
  return {
    show({ what, done, total, secondsLeft }: ChallengeProgress) {
      const volumes = `${Math.floor(done)}/${total}`, left = duration(secondsLeft);
      if (json) return;
      if (!onTerminal) {
        if (performance.now() - shownAt < 1000 * LINE_INTERVAL) return;
        shownAt = performance.now();
        return console.error(`${volumes} volumes | ${what} | ${left} left`);
      }
      if (whole !== total) pause();
      whole = total;
      if (running) bar.update(done, { what, volumes, left });
      else bar.start(total, done, { what, volumes, left });
      running = true;
    },
    note(text: string) {
      pause();
      console.error(text);
    },
    /** What is printed would otherwise end up in the middle of the bar. */
    pause,
  };
}
