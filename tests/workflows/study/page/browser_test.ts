import { toFileUrl } from "../../../../lib/base/deps/std.ts";
import { writePage } from "../../../../lib/workflows/study/page/write_page.ts";
import { assert, assertEquals } from "../../../deps.ts";
import { writeSyntheticStudy } from "../synthetic_study.ts";
import { findChromium, withChromium } from "../../../chromium.ts";
import { examinePage } from "./examine_page.ts";

const chromium = findChromium();
if (chromium === undefined) console.log("no Chromium found: the page is not tested in a browser");

/** Fails unless the page shows whole and readable on desk and phone, light and dark, offline. */
async function examine(t: Deno.TestContext, url: string): Promise<void> {
  await withChromium(chromium!, async (browser) => {
    for (const width of [1280, 375]) {
      for (const scheme of ["light", "dark"]) {
        await t.step(`${width} pixels, ${scheme}`, async () => {
          const page = await browser.newPage();
          const complaints: string[] = [];
          const requests: string[] = [];
          page.on("console", (message) => complaints.push(message.text()));
          page.on("pageerror", (error) => complaints.push(String(error)));
          page.on("request", (request) => requests.push(request.url()));
          await page.setViewport({ width, height: 800 });
          await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
          await page.goto(url);
          const found = await page.evaluate(examinePage);
          assertEquals(complaints, []);
          assertEquals(requests.filter((one) => one !== url && !one.startsWith("data:")), []);
          assertEquals(found.overflow, 0);
          assertEquals(found.empty, []);
          assertEquals(found.faint, []);
          assert(found.charts > 20, `${found.charts} charts`);
          assert(found.pictures > 15, `${found.pictures} pictures`);
          assertEquals(found.scheme, scheme);
          await page.close();
        });
      }
    }
  });
}

/** A test in a browser, whose process and sockets are puppeteer's to clean up. */
function testInBrowser(name: string, fn: (t: Deno.TestContext) => Promise<void>): void {
  const ignore = chromium === undefined;
  Deno.test({ name, ignore, sanitizeResources: false, sanitizeOps: false, fn });
}

testInBrowser("a study's page shows whole and readable in a browser, offline", async (t) => {
  const dir = await Deno.makeTempDir();
  try {
    await writeSyntheticStudy(dir, { seeds: [0], trainingSubjects: [3, null] });
    await examine(t, toFileUrl(await writePage(dir)).href);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});

testInBrowser("the kept page of a real study does so, too", async (t) => {
  await examine(t, new URL("../../../../docs/study-phantom/index.html", import.meta.url).href);
});
