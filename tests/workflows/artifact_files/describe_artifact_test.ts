import { assert, assertEquals, assertThrows } from "../../deps.ts";
import {
  describeArtifact,
  describeArtifacts,
  drawSeverities,
} from "../../../lib/workflows/artifact_files/describe_artifact.ts";
import { ArtifactRequestError } from "../../../lib/workflows/artifact_files/request_error.ts";
import { ARTIFACTS } from "../../../lib/imaging/artifacts/registry.ts";
import { decodePng } from "../../../lib/base/deps/png.ts";

Deno.test("describeArtifacts() names parameters and options of every artifact", () => {
  const described = describeArtifacts();
  assertEquals(described.length, ARTIFACTS.length);
  for (const { name, params, options, severities } of described) {
    assert(params.length > 0, name);
    assert(Object.keys(options).length > 0, name);
    assertEquals(severities.length, 5);
  }
});

Deno.test("describeArtifact() and drawSeverities() suggest the nearest names", async () => {
  assertThrows(() => describeArtifact("spke", "torchio"), ArtifactRequestError, "mean spike");
  const picture = decodePng(await drawSeverities("bias", "physical"));
  assert(picture.width > 5 * picture.height / 2);
});
