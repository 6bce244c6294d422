import { assertEquals, assertThrows } from "../../deps.ts";
import { ARTIFACT_MODES, ARTIFACT_NAMES } from "../../../lib/names.ts";
import { aliasesOf } from "../../../lib/imaging/artifacts/aliases.ts";
import { ARTIFACTS, artifactsOf, findArtifact } from "../../../lib/imaging/artifacts/registry.ts";

Deno.test("ARTIFACTS has one artifact a mode and name, each documented and graded", () => {
  const titles = ARTIFACTS.map((artifact) => `${artifact.mode}/${artifact.name}`);
  assertEquals(new Set(titles).size, titles.length);
  for (const artifact of ARTIFACTS) {
    assertEquals(Object.values(artifact.doc).every((text) => text.length > 5), true, artifact.name);
    for (const severity of [1, 2, 3, 4, 5] as const) artifact.optionsOf(severity);
  }
  for (const mode of ARTIFACT_MODES) {
    const named = artifactsOf(mode).map((artifact) => `${artifact.mode} ${artifact.name}`);
    assertEquals(named, ARTIFACT_NAMES[mode].map((name) => `${mode} ${name}`));
  }
});

Deno.test("findArtifact() suggests the nearest names", () => {
  assertThrows(() => findArtifact("spikes"), RangeError, "did you mean spike?");
  assertThrows(() => findArtifact("blur"), RangeError, "it exists in mode torchio");
  assertThrows(
    () => findArtifact("qqqqqqqqq", "monai"),
    RangeError,
    "(known: spike, gibbs, contrast, rician)",
  );
  assertEquals(findArtifact("bias").mode, "physical");
});

Deno.test("findArtifact() knows the names that artifacts have elsewhere", () => {
  const titles = ["RandMotion", "RandomElasticDeformation", "randbias", "GibbsNoise"]
    .map((name) => findArtifact(name)).map(({ mode, name }) => `${mode}/${name}`);
  assertEquals(titles, ["torchio/motion", "torchio/elastic", "torchio/bias", "monai/gibbs"]);
  assertThrows(
    () => findArtifact("RandMotion", "physical"),
    RangeError,
    "it exists in mode torchio",
  );
  for (const { name, mode } of ARTIFACTS) {
    for (const alias of aliasesOf({ name, mode })) {
      assertEquals(findArtifact(alias, mode), findArtifact(name, mode));
    }
  }
});
