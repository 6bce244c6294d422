import { assertEquals, assertThrows } from "../../../deps.ts";
import {
  parseSuiteManifest,
  SuiteManifestError,
} from "../../../../lib/imaging/artifacts/suites/manifest.ts";

Deno.test("parseSuiteManifest() names what is wrong", () => {
  assertThrows(
    () => parseSuiteManifest("{", "m.json"),
    SuiteManifestError,
    "m.json: it is no JSON",
  );
  assertThrows(() => parseSuiteManifest("{}", "m.json"), SuiteManifestError, "schema is missing");
});

const entry = {
  set: "mistriggering-1",
  case: "S_ED",
  repeat: 1,
  preparation: "none",
  steps: [{ mode: "physical", artifact: "mistriggering", params: {} }],
  output: { image: "0".repeat(64) },
  psnr: null,
  ssim: null,
  intensity: { before: { min: 0, mean: 1, max: 2 }, after: { min: 0, mean: 1, max: 2 } },
};
const manifest = {
  suite: "physical",
  suiteVersion: 1,
  madeBy: "tandem",
  seed: 0,
  repeats: 1,
};

Deno.test("parseSuiteManifest() reads the older version, which said phase for frame", () => {
  const image = "1".repeat(64), other = "2".repeat(64);
  const older = {
    ...manifest,
    schema: "tandem-artifact-suite/1",
    volumes: [{ ...entry, input: { image, otherPhase: other } }, { ...entry, input: { image } }],
  };
  const read = parseSuiteManifest(JSON.stringify(older), "m.json");
  assertEquals(read.schema, "tandem-artifact-suite/2");
  assertEquals(read.volumes.map(({ input }) => input), [{ image, otherFrame: other }, { image }]);
});

Deno.test("parseSuiteManifest() refuses other versions and names both", () => {
  const later = { ...manifest, schema: "tandem-artifact-suite/9", volumes: [] };
  assertThrows(
    () => parseSuiteManifest(JSON.stringify(later), "m.json"),
    SuiteManifestError,
    'schema is "tandem-artifact-suite/9", wanted tandem-artifact-suite/2 or',
  );
});

Deno.test("parseSuiteManifest() takes no more phantom subjects than can be made", () => {
  const origin = { kind: "phantom", site: "A", subjects: 2 ** 40, seed: 0, only: [] };
  const given = { ...manifest, schema: "tandem-artifact-suite/2", origin, volumes: [] };
  assertThrows(
    () => parseSuiteManifest(JSON.stringify(given), "m.json"),
    SuiteManifestError,
    "origin.subjects is 1099511627776, wanted at most 1000",
  );
});
