import { join } from "../../../../lib/base/deps/std.ts";
import { readPageData } from "../../../../lib/workflows/study/page/page_data.ts";
import { studyPage } from "../../../../lib/workflows/study/page/study_page.ts";
import { writePage } from "../../../../lib/workflows/study/page/write_page.ts";
import { StudyError } from "../../../../lib/workflows/study/plan/study_error.ts";
import { assert, assertEquals, assertRejects, assertStringIncludes } from "../../../deps.ts";
import { type SyntheticOptions, writeSyntheticStudy } from "../synthetic_study.ts";

async function withStudy(
  options: SyntheticOptions,
  test: (dir: string) => Promise<void>,
): Promise<void> {
  const dir = await Deno.makeTempDir();
  try {
    await writeSyntheticStudy(dir, options);
    await test(dir);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

const sectionsOf = (page: string) =>
  [...page.matchAll(/<section id="([^"]+)"/g)].map(([, id]) => id);

Deno.test("writePage() writes one small file with every section and nothing from elsewhere", async () => {
  await withStudy({ seeds: [0], trainingSubjects: [3, null] }, async (dir) => {
    const path = await writePage(dir);
    assertEquals(path, join(dir, "index.html"));
    const page = await Deno.readTextFile(path);
    assertEquals(sectionsOf(page), [
      "table1",
      "averages",
      "domains",
      "subjects",
      "severity",
      "low-data",
      "refinement",
      "flags",
      "cases",
      "hard-examples",
      "training",
      "provenance",
    ]);
    assert(page.length < 1_500_000, `${page.length} characters`);
    assert(!/<script|<link[^>]*href="(?!data:)|src="(?!data:)|url\(/.test(page));
    assert(!/NaN|undefined|Infinity/.test(page.replaceAll(/base64,[^"]*/g, "")), "holes");
    assertEquals(await Deno.readTextFile(await writePage(dir)), page);
  });
});

Deno.test("studyPage() leaves out what a study lacks", async () => {
  await withStudy({ methods: ["segmentation-only"], seeds: [0], pictures: false }, async (dir) => {
    const page = await studyPage(await readPageData(dir));
    assertEquals(sectionsOf(page), [
      "table1",
      "averages",
      "domains",
      "subjects",
      "severity",
      "flags",
      "training",
      "provenance",
    ]);
    assert(!page.includes("with STN"));
  });
});

Deno.test("studyPage() shows an unfinished study, and one in which nothing is done", async () => {
  await withStudy({ seeds: [0], pictures: false }, async (dir) => {
    await Deno.remove(join(dir, "runs", "full-seed0", "evaluation.json"));
    assertStringIncludes(await studyPage(await readPageData(dir)), "2 of 3 runs so far");
    await Deno.remove(join(dir, "runs"), { recursive: true });
    const page = await studyPage(await readPageData(dir));
    assertEquals(sectionsOf(page), ["provenance"]);
    assertStringIncludes(page, "0 of 3 runs so far");
  });
});

Deno.test("studyPage() shows the most training subjects that are done, where the last are not", async () => {
  await withStudy({ seeds: [0], trainingSubjects: [3, null], pictures: false }, async (dir) => {
    for (const method of ["standard", "segmentation-only", "full"]) {
      await Deno.remove(join(dir, "runs", `${method}-seed0`), { recursive: true });
    }
    const page = await studyPage(await readPageData(dir));
    assertStringIncludes(page, "Dice of each subject by method: Intra-domain");
    assert(sectionsOf(page).includes("training") && sectionsOf(page).includes("flags"));
    assert(!/NaN|undefined|Infinity/.test(page.replaceAll(/base64,[^"]*/g, "")), "holes");
  });
});

Deno.test("writePage() makes a page of a single run", async () => {
  await withStudy({ methods: ["full"], seeds: [0] }, async (dir) => {
    const path = await writePage(join(dir, "runs", "full-seed0"));
    const page = await Deno.readTextFile(path);
    assertStringIncludes(page, "<h1>Run full-seed0</h1>");
    assert(sectionsOf(page).includes("cases"));
    assert(!page.includes("tandem study"), "no command makes a single run as a study");
    assert(/data:image/.test(page) && sectionsOf(page).includes("hard-examples"));
    await writePage(join(dir, "runs", "full-seed0"), { slices: false });
    const bare = await Deno.readTextFile(path);
    assert(!/data:image|<image/.test(bare) && sectionsOf(bare).includes("training"));
    assert(!["cases", "hard-examples"].some((id) => sectionsOf(bare).includes(id)));
  });
  await assertRejects(() => writePage("/nowhere"), StudyError, "/nowhere");
});

/** Ends an attribute, an element and a line, and would run, were it taken for HTML. */
const HOSTILE = `"'><script>alert(1)</script><img src=x onerror=alert(2)>&lt;\n\u202e</svg>`;

/** The value with this text in every name that comes from data. */
function hostile(value: unknown, key = ""): unknown {
  const isName = ["set", "id", "subject", "frame", "as", "dir", "name"].includes(key);
  if (typeof value === "string") return isName ? value + HOSTILE : value;
  if (Array.isArray(value)) {
    return value.map((entry) =>
      key === "labels" ? entry + HOSTILE : hostile(entry, key === "cases" ? "id" : "")
    );
  }
  if (value === null || typeof value !== "object") return value;
  const named = ["sets", "byLabel", "dice"].includes(key) && !("ftn" in value);
  return Object.fromEntries(
    Object.entries(value).map(([own, inner]) => [
      named ? own + HOSTILE : own,
      hostile(inner, own),
    ]),
  );
}

Deno.test("studyPage() shows names from data as text, which run nothing", async () => {
  await withStudy({ methods: ["standard", "full"], seeds: [0] }, async (dir) => {
    for (const method of ["standard", "full"]) {
      for (const file of ["evaluation.json", "cases.json"]) {
        const path = join(dir, "runs", `${method}-seed0`, file);
        const spoilt = hostile(JSON.parse(await Deno.readTextFile(path)));
        await Deno.writeTextFile(path, JSON.stringify(spoilt));
      }
    }
    const named = join(dir, "<img src=x onerror=alert(3)>");
    await Deno.rename(join(dir, "runs", "full-seed0"), named);
    const run = await studyPage(await readPageData(named));
    await Deno.rename(named, join(dir, "runs", "full-seed0"));
    for (const page of [await studyPage(await readPageData(dir)), run]) {
      assertStringIncludes(page, "&lt;script&gt;alert(1)");
      const tags = page.replaceAll(/base64,[^"]*/g, "").match(/<[a-z!/][^>]*>/gi)!;
      const odd = tags.filter((tag) =>
        /^<(script|img src)/i.test(tag) || /^<[^"]*("[^"]*"[^"]*)*\son\w+\s*=/i.test(tag)
      );
      assertEquals(odd, []);
      assertEquals(page.match(/<svg/g)!.length, page.match(/<\/svg>/g)!.length);
    }
    assertStringIncludes(run, "<h1>Run &lt;img src=x onerror=alert(3)&gt;</h1>");
  });
});
