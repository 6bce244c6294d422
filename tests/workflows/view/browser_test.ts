/// <reference lib="dom" />
/** A run in the browser gives what the command line gives. */
import type { ElementHandle } from "npm:puppeteer-core@25.16.0";
import axe from "npm:axe-core@4.14.1";
import { assert, assertEquals, assertStringIncludes } from "../../deps.ts";
import { writePhantom } from "../../../lib/imaging/data/cases/write_phantom.ts";
import { predictFiles } from "../../../lib/workflows/runs/predict_files.ts";
import { startView } from "../../../lib/workflows/view/start_view.ts";
import { TEXTS } from "../../../web/texts.ts";
import { findChromium, withChromium } from "../../chromium.ts";
import { stack, writeSlices } from "../../formats/dicom/dicom_file.ts";
import { inFolder } from "../../imaging/data/tiny_heart.ts";
import { writeSyntheticStudy } from "../study/synthetic_study.ts";
import { command, cutOut, drop, give, openPage, savedBy, text, trainTinyRun } from "./view_page.ts";

const chromium = findChromium();

/** What a screen reader or a narrow screen would stumble over. */
async function examine(page: Awaited<ReturnType<typeof openPage>>["page"]): Promise<void> {
  await page.evaluate(axe.source);
  for (const width of [375, 768, 1440]) {
    for (const scheme of ["light", "dark"]) {
      await page.setViewport({ width, height: 900 });
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
      const found = await page.evaluate(async (whole) => {
        const { scrollWidth, clientWidth } = document.documentElement;
        // deno-lint-ignore no-explicit-any
        const { axe } = globalThis as any;
        const { violations } = await axe.run(document, {
          runOnly: whole
            ? ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
            : { type: "rule", values: ["color-contrast"] },
        });
        return {
          overflow: scrollWidth - clientWidth,
          // deno-lint-ignore no-explicit-any
          violations: violations.map((one: any) => `${one.id}: ${one.nodes[0].html}`),
        };
      }, width === 375);
      assertEquals(found, { overflow: 0, violations: [] }, `${width} pixels, ${scheme}`);
    }
  }
}

Deno.test({
  name: chromium
    ? "a run in Chromium segments and corrupts to the byte as the command line does"
    : "a run in Chromium (none here: set CHROMIUM_PATH)",
  ignore: chromium === undefined,
  sanitizeOps: false,
  sanitizeResources: false,
  fn: (t) =>
    inFolder(async (dir) => {
      const run = `${dir}/run`;
      await trainTinyRun(run);
      await writePhantom(`${dir}/made`, { sites: ["A"], subjects: 1, seed: 0 });
      const scan = await cutOut(`${dir}/made/A/A000/A000_sa_ED.nii.gz`, `${dir}/scan.nii.gz`);
      const label = await cutOut(`${dir}/made/A/A000/A000_sa_ED_gt.nii.gz`, `${dir}/label.nii.gz`);
      const other = await cutOut(`${dir}/made/A/A000/A000_sa_ES.nii.gz`, `${dir}/other.nii.gz`);
      await writeSlices(`${dir}/dicom`, stack(3, 0));
      const predicted = async (input: string) => {
        const output = `${dir}/${input.split("/").at(-1)!.replace(/\..*/, "")}.nii`;
        await Array.fromAsync(predictFiles(run, { input, output, overwrite: true, threads: 2 }));
        return await Deno.readFile(output);
      };
      const wanted = await predicted(scan);
      assert(new Set(wanted.subarray(352)).size > 2);
      const view = await startView(run);
      try {
        await withChromium(chromium!, async (browser) => {
          const watched = await openPage(browser, `${view.url}?threads=1`), { page } = watched;

          await t.step("a NIfTI file, on one thread", async () => {
            assertStringIncludes(await text(page, "#backend"), "One thread");
            assertEquals(await give(page, "#file", scan), "");
            assertEquals(await savedBy(page, TEXTS.download), wanted);
            assertStringIncludes(await text(page, "#disagreement"), "The two networks differ");
          });

          const gives = async (input: string, path: string) => {
            const chosen = await page.$(input) as unknown as ElementHandle<HTMLInputElement>;
            await chosen.uploadFile(path);
          };
          /** Waits for a command, and holds what the page saves to what that writes. */
          const sameAsLine = async (part: string) => {
            await page.waitForFunction(
              (part) => document.querySelector("#line")?.textContent?.includes(part),
              { timeout: 60_000 },
              part,
            );
            const words = (await text(page, "#line")).split(" ")
              .map((word) => word.replace(/^'(.*)'$/, "$1"));
            assertEquals(words.splice(0, 1), ["tandem"]);
            const output = `${dir}/${words.pop()}`;
            const args = words.map((word) => /\.nii\.gz$/.test(word) ? `${dir}/${word}` : word);
            await command(...args, output, "--overwrite");
            assertEquals(await savedBy(page, TEXTS.saveCorrupted), await Deno.readFile(output));
          };

          await t.step("an artifact, its Dice and its curve", async () => {
            await gives("#label", label);
            await page.select("#artifact", "torchio/ghosting");
            await page.focus("#severity");
            await page.keyboard.press("End");
            await sameAsLine("ghosting --mode torchio --severity 5");
            assertStringIncludes(await text(page, "#dice"), TEXTS.diceLabel);
            assert(Object.keys(JSON.parse(await text(page, "#parameters"))).length > 0);
            await page.click("#curve-button");
            await page.waitForFunction(
              () =>
                /1: .*2: .*3: .*4: .*5: /.test(
                  document.querySelector("svg.chart")?.getAttribute("aria-label") ?? "",
                ),
              { timeout: 60_000 },
            );
          });

          await t.step("options of an artifact, and one that wants another time", async () => {
            await page.click("#options summary");
            const set = async (name: string, value: string) => {
              await page.locator(`#option-${name}`).fill(value);
              await page.keyboard.press("Tab");
            };
            await set("intensity", "[0.5, 0.6]");
            await page.select("#option-output", '"magnitude"');
            await sameAsLine(`--options '{"intensity":[0.5,0.6],"output":"magnitude"}'`);
            assertEquals(JSON.parse(await text(page, "#parameters")).output, "magnitude");
            await set("intensity", "much");
            assertStringIncludes(await text(page, "#options"), TEXTS.noJson("intensity"));
            await set("intensity", "[0.6, 0.5]");
            await page.waitForFunction(() =>
              document.querySelector("#lab-failure")?.textContent?.includes("ordered pair")
            );

            await page.select("#artifact", "physical/mistriggering");
            await page.waitForFunction(() => document.querySelector("#line") === null);
            await gives("#other-frame", other);
            await sameAsLine("--other-frame other.nii.gz");
          });

          await t.step("eyes, ears and narrow screens", () => examine(page));

          await t.step("a folder of DICOM", async () => {
            const files = [...Deno.readDirSync(`${dir}/dicom`)]
              .map(({ name }) => `${dir}/dicom/${name}`);
            assertEquals(await give(page, "#file", ...files), "");
            assertEquals(await savedBy(page, TEXTS.download), await predicted(`${dir}/dicom`));
          });

          await t.step("a training that goes on", async () => {
            assertStringIncludes(await text(page, "#pace"), "Step 1 of 1");
            const line = { step: 2, epoch: 1, totalLoss: 1.25, seconds: 1 };
            await Deno.writeTextFile(`${run}/log.jsonl`, `${JSON.stringify(line)}\n`, {
              append: true,
            });
            await page.waitForSelector('[aria-label="Total loss up to step 2: 1.25"]');
          });

          await t.step("it asks nothing of others, and prints nothing", () => {
            assertEquals(watched.foreign, []);
            assertEquals(watched.complaints, []);
          });

          await t.step("the same on two threads, from a file that is dropped", async () => {
            const { page, complaints } = await openPage(browser, `${view.url}?threads=2`);
            assertStringIncludes(await text(page, "#backend"), "2 threads");
            assertEquals(await drop(page, scan), "");
            assertEquals(await savedBy(page, TEXTS.download), wanted);
            assertEquals(complaints, []);
          });

          await t.step("a study, and from it the page of a run", async () => {
            const study = `${dir}/study`, id = "full-seed0";
            await writeSyntheticStudy(study, { methods: ["standard", "full"], seeds: [0] });
            await Deno.remove(`${study}/runs/${id}`, { recursive: true });
            await Deno.rename(run, `${study}/runs/${id}`);
            await Deno.writeTextFile(`${study}/runs/standard-seed0.failed.txt`, "<b>no room");
            await Deno.remove(`${study}/runs/standard-seed0/evaluation.json`);
            const view = await startView(study), page = await browser.newPage();
            await page.goto(view.url);
            await page.waitForSelector("#jobs");
            assertEquals(await text(page, "#jobs"), TEXTS.jobs(1, 0, 1, 0));
            assertStringIncludes(await text(page, "table"), "failed: <b>no room");
            await examine(page);
            await page.click(`a[href="run/${id}/"]`);
            await page.waitForSelector("#file:not([disabled])", { timeout: 60_000 });
            assertStringIncludes(await text(page, "h1"), id);
            await page.click('a[href="../../"]');
            await page.waitForSelector("#jobs");
            await page.close();
            await view.stop();
          });
        }, { webgl: true });
      } finally {
        await view.stop();
      }
    }),
});
