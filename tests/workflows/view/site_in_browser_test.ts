/// <reference lib="dom" />
/** A site of files has threads at every load, and needs its server no more once it was there. */
import { assertEquals, assertStringIncludes } from "../../deps.ts";
import { writePhantom } from "../../../lib/imaging/data/cases/write_phantom.ts";
import { predictFiles } from "../../../lib/workflows/runs/predict_files.ts";
import { TEXTS } from "../../../web/texts.ts";
import { findChromium, withChromium } from "../../chromium.ts";
import { inFolder } from "../../imaging/data/tiny_heart.ts";
import { command, cutOut, drop, openPage, savedBy, text, trainTinyRun } from "./view_page.ts";

const chromium = findChromium();

/** Any server of files: it knows no header that shared memory would want. */
function servePlainly(folder: string, signal: AbortSignal) {
  const types: Record<string, string> = {
    ...{ html: "text/html", css: "text/css", js: "text/javascript", wasm: "application/wasm" },
  };
  const options = { hostname: "127.0.0.1", port: 0, signal, onListen() {} };
  return Deno.serve(options, async ({ url }) => {
    const name = new URL(url).pathname.slice(1) || "index.html";
    const body = await Deno.readFile(`${folder}/${name}`).catch(() => undefined);
    const type = types[name.split(".").at(-1)!] ?? "application/octet-stream";
    return new Response(body ?? "", {
      status: body ? 200 : 404,
      headers: { "content-type": type },
    });
  });
}

Deno.test({
  name: chromium
    ? "a site in Chromium shares memory at every load, and segments offline"
    : "a site in Chromium (none here: set CHROMIUM_PATH)",
  ignore: chromium === undefined,
  sanitizeOps: false,
  sanitizeResources: false,
  fn: () =>
    inFolder(async (dir) => {
      const run = `${dir}/run`, site = `${dir}/site`, wanted = `${dir}/wanted.nii`;
      await trainTinyRun(run);
      await writePhantom(`${dir}/made`, { sites: ["A"], subjects: 1, seed: 0 });
      const scan = await cutOut(`${dir}/made/A/A000/A000_sa_ED.nii.gz`, `${dir}/scan.nii.gz`);
      await Array.fromAsync(predictFiles(run, { input: scan, output: wanted, threads: 2 }));
      await command("site", run, "-o", site);
      const ending = new AbortController();
      const server = servePlainly(site, ending.signal);
      await withChromium(chromium!, async (browser) => {
        const url = `http://127.0.0.1:${server.addr.port}/?threads=2`;
        const { page, complaints } = await openPage(browser, url);
        // as a person does: another way than by the page's own script
        const load = async () => {
          await page.reload();
          await page.waitForSelector("#file:not([disabled])", { timeout: 60_000 });
          assertEquals(await page.evaluate(() => globalThis.crossOriginIsolated), true);
          assertStringIncludes(await text(page, "#backend"), "2 threads");
        };
        for (let n = 0; n < 3; n++) await load();

        const list = JSON.parse(await Deno.readTextFile(`${site}/files.json`));
        const other = JSON.stringify({ ...list, version: "0".repeat(32) });
        await Deno.writeTextFile(`${site}/files.json`, other);
        await load();
        await page.waitForFunction(
          (words) => document.body.textContent!.includes(words),
          { timeout: 60_000 },
          TEXTS.other,
        );

        ending.abort();
        await server.finished;
        for (let n = 0; n < 2; n++) await load();
        assertEquals(await drop(page, scan), "");
        assertEquals(await savedBy(page, TEXTS.download), await Deno.readFile(wanted));
        assertEquals(complaints.filter((line) => !line.includes("ERR_CONNECTION_REFUSED")), []);
      });
    }),
});
