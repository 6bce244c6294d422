import { assertThrows } from "../../../deps.ts";
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
  assertThrows(() => parseSuiteManifest("{}", "m.json"), SuiteManifestError, "at schema");
});
