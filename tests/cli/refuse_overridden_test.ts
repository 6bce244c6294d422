import { assertStringIncludes, assertThrows } from "../deps.ts";
import { UsageError } from "../../cli/exit_code.ts";
import { refuseOverridden } from "../../cli/refuse_overridden.ts";
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
