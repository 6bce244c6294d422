import { assertStringIncludes, assertThrows } from "../deps.ts";
import { UsageError } from "../../cli/exit_code.ts";
import { refuseGivenTwice, refuseOverridden } from "../../cli/refuse_overridden.ts";
import { findMethod } from "../../mod.ts";

const refused = (method: string, setting: string) =>
  assertThrows(() => refuseOverridden([setting], findMethod(method)), UsageError).message;

Deno.test("refuseOverridden() refuses what a method would pass over, and names its setting", () => {
  const message = refused("image-code-only", 'method.maskScope=["image","shape"]');
  assertStringIncludes(message, "--set method.maskScope with --method image-code-only");
  refused("standard", "method.latentAugmentation=true");
  refused("dropout-only", "method.imageMask.scheme=spatial");
  refused("dropout-only", 'method.imageMask={"scheme":"spatial"}');
  for (
    const setting of [
      'data.artifacts={"artifact":"noise"}',
      "data.artifacts=null",
      "data.artifacts.probability=0.25",
    ]
  ) assertStringIncludes(refused("robust", setting), "sets data.artifacts itself");
});

Deno.test("refuseOverridden() lets through what the method leaves open, or sets alike", () => {
  const open = [
    "method.hardWeight=2",
    "method.imageMask.maxThreshold=0.3",
    'method.imageMask={"maxThreshold":0.3}',
    "method.imageMask.scheme=dropout",
    'data.artifacts={"artifact":"noise"}',
    "training.batchSize=4",
    "data.sizes",
  ];
  refuseOverridden(open, findMethod("dropout-only"));
  refuseOverridden(["data.artifacts.probability=0.5"], findMethod("robust"));
});

Deno.test("refuseGivenTwice() refuses a setting and an option that disagree, and names both", () => {
  const given = { data: { dir: "there", seed: 3 }, training: { maxSteps: 5 } };
  for (
    const [setting, option] of [
      ["training.maxSteps=7", "--max-steps, which sets training.maxSteps"],
      ['training={"maxSteps":7}', "--max-steps, which sets training.maxSteps"],
      ["data.dir=here", "--data, which sets data.dir"],
      ["data.seed=0", "--seed, which sets data.seed"],
    ] as const
  ) {
    const { message } = assertThrows(() => refuseGivenTwice([setting], given), UsageError);
    assertStringIncludes(message, `with ${option} itself`);
  }
});

Deno.test("refuseGivenTwice() lets through what is said alike, or once", () => {
  const given = { data: { dir: "there", size: "64" }, training: { maxSteps: 5 } } as never;
  refuseGivenTwice(
    ["training.maxSteps=5", "data.dir=there", "data.size=64", "training.epochs=2", "data.fold=1"],
    given,
  );
});
