/** A page of a tiny run in a browser, and what tests do with it. */
import type { Browser, ElementHandle, Page } from "npm:puppeteer-core@25.16.0";
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
  const before = await text(page, "#status") + await text(page, "#failure");
  const chosen = await page.$(input) as unknown as ElementHandle<HTMLInputElement>;
  await chosen.uploadFile(...paths);
  await page.waitForFunction(
    (before) => {
      const at = (selector: string) => document.querySelector(selector)!.textContent!;
      const busy = document.querySelector("progress") !== null;
      return !busy && at("#status") + at("#failure") !== before;
    },
    { timeout: 60_000 },
    before,
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
