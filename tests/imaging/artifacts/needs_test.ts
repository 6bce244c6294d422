import { assertEquals, assertThrows } from "../../deps.ts";
import { findArtifact } from "../../../lib/imaging/artifacts/registry.ts";
import { recipeNeeds } from "../../../lib/imaging/artifacts/compose.ts";
import {
  ArtifactNeedError,
  classesOfRole,
  unmetNeed,
} from "../../../lib/imaging/artifacts/needs.ts";
import { smallCase } from "./small_case.ts";

const TWO = [{ name: "background" }, { name: "Anterior" }, { name: "Muscle" }];

Deno.test("classesOfRole() goes by role, and by name where no label has the role", () => {
  const labels = [{ name: "Blood" }, { name: "a", role: "blood" }, { name: "blood" }];
  assertEquals(classesOfRole(labels, "blood"), [1]);
  assertEquals(classesOfRole(TWO, "muscle"), [2]);
  assertEquals(classesOfRole(TWO, "blood"), []);
});

Deno.test("unmetNeed() is the first one that is not there", () => {
  const there = { label: true, otherFrame: false, labels: TWO };
  assertEquals(unmetNeed(["label", "role:muscle"], there), undefined);
  assertEquals(unmetNeed(["label", "role:blood", "otherFrame"], there), "role:blood");
  assertEquals(unmetNeed(["otherFrame"], there), "otherFrame");
  assertEquals(unmetNeed(["role:muscle"], { ...there, label: false }), "role:muscle");
});

Deno.test("an artifact refuses a task without its role, and names role and labels", () => {
  const { volume, label } = smallCase();
  const params = {
    phaseEncodeAxis: 1,
    amplitude: 1,
    cyclesPerLine: 0.2,
    phase: 0,
    softeningVoxels: 1,
  };
  const run = (labels?: typeof TWO) => () =>
    findArtifact("flow").apply(volume, params, { label, ...labels && { labels } });
  const text = "a label with the role blood; there are Anterior (no role), Muscle (no role)";
  assertThrows(run(TWO), ArtifactNeedError, text);
  assertThrows(run(), ArtifactNeedError, "nothing says which class is which label");
});

Deno.test("recipeNeeds() tells before any draw what a recipe wants, options included", () => {
  const options = { reference: "muscle" };
  assertEquals(recipeNeeds({ artifact: "noise" }), []);
  assertEquals(recipeNeeds({ artifact: "noise", options }), ["label", "role:muscle"]);
  const recipe = {
    oneOf: [
      { probability: 0.1, of: { artifact: "mistriggering" } },
      { chain: [{ artifact: "low-field", options: { contrast: "label" } }, { artifact: "flow" }] },
    ],
  };
  assertEquals(recipeNeeds(recipe), ["otherFrame", "label", "role:blood", "role:muscle"]);
});

Deno.test("noise reads the reference of older records as the role it has", () => {
  const { volume, context } = smallCase();
  const apply = (reference: string) =>
    findArtifact("noise").apply(volume, { snr: 9, reference, seed: 3 }, context).data;
  assertEquals(apply("myocardium"), apply("muscle"));
  assertEquals(apply("wall"), apply("muscle"));
});
