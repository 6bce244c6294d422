import { assert, assertEquals, assertStringIncludes } from "../../deps.ts";
import { tandem } from "../run_tandem.ts";

Deno.test("settings lists all, a section, or one setting", async () => {
  const all = await tandem("settings");
  assertEquals([all.code, all.stderr], [0, ""]);
  assertStringIncludes(all.stdout, "\n  training.batchSize = 20 (quick: 6, auto: 8)\n");
  const section = await tandem("settings", "output");
  assert(section.stdout.startsWith("output: "));
  const one = await tandem("settings", "training.batchSize", "--preset", "quick");
  assertStringIncludes(one.stdout, "\n  value    6 (preset quick)\n");
});

Deno.test("settings --json tells what is asked for, with its section", async () => {
  const { code, stdout } = await tandem("settings", "data.fold", "--json");
  const { sections, settings } = JSON.parse(stdout);
  assertEquals([code, sections.length, sections[0].key], [0, 1, "data"]);
  assertEquals(settings, [{
    key: "data.fold",
    section: "data",
    type: "whole number",
    range: "at least 0",
    default: 0,
    presets: {},
    meaning: "Which of the parts is tested on, or which entry of `splitFile` is taken, from 0.",
  }]);
});

Deno.test("settings refuses an unknown key and an unknown preset with exit code 2", async () => {
  const key = await tandem("settings", "data.sise");
  assertEquals([key.code, key.stdout], [2, ""]);
  assertStringIncludes(key.stderr, "unknown key data.sise; did you mean data.size?");
  const preset = await tandem("settings", "--preset", "quik");
  assertEquals([preset.code, preset.stdout], [2, ""]);
  assertStringIncludes(preset.stderr, "Allowed choices are quick, auto, acdc-2021.");
});

Deno.test("--help and train --help name the command", async () => {
  assertStringIncludes((await tandem("--help")).stdout, "\n  settings [options] [key] ");
  const { stdout } = await tandem("train", "--help");
  assertStringIncludes(stdout.replaceAll(/\s+/g, " "), "`tandem settings` lists all");
});
