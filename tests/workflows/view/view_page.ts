/// <reference lib="dom" />
/** A page of a tiny run in a browser, and what tests do with it. */
import type { Browser, ElementHandle, Page } from "npm:puppeteer-core@25.16.0";
import { main } from "../../../cli/main.ts";
import { imageOf } from "../../../lib/formats/nifti/nifti_image.ts";
import { readNifti } from "../../../lib/formats/nifti/read_nifti.ts";
import { writeNifti } from "../../../lib/formats/nifti/write_nifti.ts";
import { assertEquals } from "../../deps.ts";
import { resolveConfig } from "../../../lib/formats/files/resolve_config.ts";
import { startRun } from "../../../lib/workflows/runs/start_run.ts";

/** Trains one step on the phantom. */
export async function trainTinyRun(dir: string): Promise<void> {
  await startRun(
    await resolveConfig({
      flags: {
        data: { size: 32, spacing: 8, cache: "none" },
        phantom: { subjects: 3, otherSubjects: 0 },
        model: { baseWidth: 8 },
        training: { batchSize: 4, maxSteps: 1, threads: 2 },
        evaluation: { artifacts: false },
        output: { dir, pictures: false },
      },
    }),
  );
}

/** A page that is watched. */
export interface WatchedPage {
  readonly page: Page;
  /** What it printed, or failed at. */
  readonly complaints: readonly string[];
  /** What it asked for elsewhere. */
  readonly foreign: readonly string[];
}

/** Opens an address and waits until the networks are loaded. */
export async function openPage(browser: Browser, url: string): Promise<WatchedPage> {
  const page = await browser.newPage();
  const complaints: string[] = [], foreign: string[] = [];
  const home = new URL(".", url).href;
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => {
    if (!request.url().startsWith(home) && !/^(blob|data):/.test(request.url())) {
      foreign.push(request.url());
    }
  });
  // What is saved goes to no disk.
  await page.evaluateOnNewDocument(() => {
    const scope = globalThis as unknown as { saved: Blob[] };
    scope.saved = [];
    const { createObjectURL } = URL;
    URL.createObjectURL = (blob: Blob) => {
      scope.saved.push(blob);
      return createObjectURL(blob);
    };
  });
  await page.goto(url);
  await page.waitForSelector("#file:not([disabled])", { timeout: 60_000 });
  return { page, complaints, foreign };
}

/** Gives files to an input, and waits until they are segmented or refused. */
export async function give(page: Page, input: string, ...paths: string[]): Promise<string> {
  const chosen = await page.$(input) as unknown as ElementHandle<HTMLInputElement>;
  return await answered(page, () => chosen.uploadFile(...paths));
}

/** Drops files and folders on the page as a hand does, and waits until they are segmented or refused. */
export async function drop(page: Page, ...files: string[]): Promise<string> {
  const session = await page.createCDPSession();
  const data = { items: [], files, dragOperationsMask: 1 };
  const failure = await answered(page, async () => {
    for (const type of ["dragEnter", "dragOver", "drop"] as const) {
      await session.send("Input.dispatchDragEvent", { type, x: 60, y: 60, data });
    }
  });
  await session.detach();
  return failure;
}

/** Does something, and waits until a scan is segmented or refused; gives what the page fails by. */
export async function answered(page: Page, act: () => Promise<unknown>): Promise<string> {
  await page.evaluate(() => {
    const scope = globalThis as unknown as { changed: boolean };
    scope.changed = false;
    new MutationObserver((_, observer) => {
      scope.changed = true;
      observer.disconnect();
    }).observe(document.querySelector(".drop")!, {
      ...{ subtree: true, childList: true, characterData: true },
    });
  });
  await act();
  await page.waitForFunction(
    () => {
      const has = (selector: string) => document.querySelector(selector)!.textContent !== "";
      return (globalThis as unknown as { changed: boolean }).changed &&
        document.querySelector(".drop progress") === null && (has("#status") || has("#failure"));
    },
    { timeout: 60_000 },
  );
  return await text(page, "#failure");
}

/** The text of an element; empty where there is none. */
export async function text(page: Page, selector: string): Promise<string> {
  return await page.evaluate(
    (selector) => document.querySelector(selector)?.textContent ?? "",
    selector,
  );
}

/** The bytes that a click on a button saves. */
export async function savedBy(page: Page, words: string): Promise<Uint8Array> {
  const base64 = await page.evaluate(async (words) => {
    const scope = globalThis as unknown as { saved: Blob[] };
    const button = [...document.querySelectorAll("button")]
      .find((button) => button.textContent === words)!;
    button.click();
    const bytes = new Uint8Array(await scope.saved.at(-1)!.arrayBuffer());
    let binary = "";
    for (const byte of bytes) binary += String.fromCharCode(byte);
    return btoa(binary);
  }, words);
  return Uint8Array.fromBase64(base64);
}

/** Four slices of a part of a file, which are quick to draw and to spoil. */
export async function cutOut(from: string, to: string): Promise<string> {
  const { volume } = await readNifti(from), [ni, nj] = volume.shape, side = 96;
  const first = [(ni - side) >> 1, (nj - side) >> 1] as const;
  const data = new Float32Array(side * side * 4);
  for (let n = 0; n < data.length; n++) {
    const [i, j, k] = [n % side, Math.floor(n / side) % side, Math.floor(n / side / side) + 2];
    data[n] = volume.data[first[0] + i + ni * (first[1] + j + nj * k)]!;
  }
  await writeNifti(to, imageOf({ data, shape: [side, side, 4], affine: volume.affine }));
  return to;
}

/** Runs the command line quietly. */
export async function command(...words: string[]): Promise<void> {
  const { log } = console;
  console.log = () => {};
  try {
    assertEquals(await main(words), 0, words.join(" "));
  } finally {
    console.log = log;
  }
}
