import { assert, assertEquals, assertRejects } from "../../deps.ts";
import { SuiteManifestError } from "../../../lib/imaging/artifacts/suites/manifest.ts";
import { defaultOrigin, openOrigin } from "../../../lib/workflows/artifact_files/origin.ts";

Deno.test("defaultOrigin() is the test subjects of the default run", async () => {
  const origin = await defaultOrigin();
  assert(origin.kind === "phantom" && origin.site === "A" && origin.only.length > 2);
  const { cases, layout } = await openOrigin(origin);
  assertEquals(layout, "mnms");
  assertEquals([...new Set(cases.map(({ subject }) => subject))], origin.only);
});

Deno.test("openOrigin() refuses a site that does not exist", async () => {
  const origin = { kind: "phantom", site: "Z", subjects: 1, seed: 0, only: [] } as const;
  await assertRejects(
    () => openOrigin({ ...origin, only: [] }),
    SuiteManifestError,
    "no phantom site",
  );
});
