/// <reference lib="dom" />
import type { Page } from "npm:puppeteer-core@25.16.0";
import { drop } from "../../workflows/view/view_page.ts";
import { MARKS } from "../../../web/parts/marks.ts";

/** Seconds from the drop of a file. */
export interface DropTiming {
  /** Until its segmentation is there. */
  readonly segmented: number;
  /** Until its outline is drawn and shown. */
  readonly drawn: number;
  /** Those of the segmentation alone, in the page's worker. */
  readonly worker: number;
}

/** Drops a file on the page of a run, and times what follows. */
export async function timeDrop(page: Page, path: string): Promise<DropTiming> {
  await quiet(page);
  await page.evaluate((marks) => {
    performance.clearMarks();
    const scope = globalThis as unknown as { timing: Promise<DropTiming> };
    scope.timing = new Promise((resolve) => {
      let began = 0;
      addEventListener("drop", () => began = performance.now(), { capture: true, once: true });
      new PerformanceObserver((_, observer) => {
        const [segmented] = performance.getEntriesByName(marks.segmented);
        const drawn = performance.getEntriesByName(marks.drawn)
          .find((mark) => String((mark as PerformanceMark).detail).includes("-outline"));
        if (!segmented || !drawn || drawn.startTime < segmented.startTime) return;
        observer.disconnect();
        // The second frame begins when the first one is shown.
        requestAnimationFrame(() =>
          requestAnimationFrame(() => {
            const [a, b] = [segmented.startTime - began, performance.now() - began];
            const worker = (segmented as PerformanceMark).detail as number;
            resolve({ segmented: a / 1000, drawn: b / 1000, worker });
          })
        );
      }).observe({ type: "mark" });
    });
  }, MARKS);
  const failure = await drop(page, path);
  if (failure !== "") throw new Error(`the page says: ${failure}`);
  return await page.evaluate(() =>
    (globalThis as unknown as { timing: Promise<DropTiming> }).timing
  );
}

/** Waits until the artifact lab, which follows each scan, has done its work and is drawn. */
async function quiet(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
    // the lab begins a little later
    await rest(500);
    while (document.querySelector("#lab-status")?.textContent) await rest(50);
    for (let n = 0; n < 2; n++) await new Promise((resolve) => requestAnimationFrame(resolve));
  });
}
