import { assert, assertEquals, assertThrows } from "../../deps.ts";
import { ConfigError } from "../../../lib/base/config/config_error.ts";
import {
  describeSections,
  describeSettings,
  findSettings,
} from "../../../lib/base/config/describe_settings.ts";
import { layerSettings } from "../../../lib/base/config/layer_settings.ts";
import { parseConfig } from "../../../lib/base/config/parse_config.ts";
import { PRESET_NAMES } from "../../../lib/names.ts";

const SETTINGS = describeSettings();
const named = (key: string) => SETTINGS.find((setting) => setting.key === key)!;

function valueAt(config: unknown, key: string): unknown {
  return key.split(".").reduce((value, name) => Object(value)[name], config);
}

/** The paths of all values of a configuration, lists and sizes being one. */
function leaves(value: unknown, prefix = ""): string[] {
  const single = value === null || typeof value !== "object" || Array.isArray(value) ||
    "height" in value;
  if (single) return [prefix];
  return Object.entries(value).flatMap(([key, inner]) =>
    leaves(inner, prefix === "" ? key : `${prefix}.${key}`)
  );
}

/** A configuration in which this one key has a value. */
function withValue(key: string, value: unknown): Record<string, unknown> {
  return key.split(".").reduceRight((inner, name) => ({ [name]: inner }), value) as Record<
    string,
    unknown
  >;
}

Deno.test("every setting, section and field has a description", () => {
  const parts = SETTINGS.flatMap(({ key, fields = [] }) =>
    fields.map((field) => ({ ...field, key: `${key}.${field.key}` }))
  );
  const lacking = [...SETTINGS, ...describeSections(), ...parts]
    .filter(({ meaning }) => !/^[A-Z].*\.$/.test(meaning))
    .map(({ key }) => key);
  assertEquals(lacking, []);
});

Deno.test("describeSettings() names every setting once, each in a section that is described", () => {
  const keys = SETTINGS.map(({ key }) => key);
  assertEquals(keys.length, new Set(keys).size);
  const withDefault = SETTINGS.filter((setting) => "default" in setting).map(({ key }) => key);
  assertEquals(withDefault.toSorted(), leaves(parseConfig({})).toSorted());
  const others = keys.filter((key) => !withDefault.includes(key));
  assertEquals(others.filter((key) => !key.startsWith("data.bids.")), []);
  const sections = describeSections().map(({ key }) => key);
  for (const { section } of SETTINGS) assert(sections.includes(section), section);
});

Deno.test("the defaults that are told are those of a configuration, and can be set", () => {
  const config = parseConfig({});
  for (const { key, default: value } of SETTINGS.filter((setting) => "default" in setting)) {
    assertEquals(value, valueAt(config, key), key);
    const set = [`${key}=${JSON.stringify(value)}`];
    assertEquals(valueAt(layerSettings({ preset: "acdc-2021", set }), key), value, key);
  }
});

Deno.test("the values of presets that are told are those of their configurations", () => {
  for (const preset of PRESET_NAMES) {
    const config = layerSettings({ preset });
    for (const { key, presets, default: otherwise } of SETTINGS) {
      const told = Object.hasOwn(presets, preset) ? presets[preset] : otherwise;
      assertEquals(told, valueAt(config, key), `${key} of ${preset}`);
    }
  }
  assertEquals(named("training.batchSize").presets, { quick: 6, auto: 8 });
});

Deno.test("the choices that are told are accepted, and others are not", () => {
  const chosen = SETTINGS.filter(({ choices }) => choices !== undefined);
  assert(chosen.length > 10);
  for (const { key, type, choices } of chosen) {
    const put = (choice: unknown) => withValue(key, type.startsWith("list") ? [choice] : choice);
    for (const choice of choices!) {
      const settings = put(choice);
      // Without a second network, another setting has to change too.
      if (choice === "segmentation") Object(settings["method"]).latentAugmentation = false;
      parseConfig(settings);
    }
    assertThrows(() => parseConfig(put("no-such-choice")), ConfigError, key);
  }
});

Deno.test("types and ranges are told in words", () => {
  const told = (key: string) => [named(key).type, named(key).range];
  assertEquals(told("training.batchSize"), ["whole number", "multiples of 2, at least 2"]);
  assertEquals(told("training.threads"), ["whole number or null", "1 to 64"]);
  assertEquals(told("training.maxTime"), ["number or null", "above 0 and at most 31536000"]);
  assertEquals(told("method.imageMask.maxThreshold"), ["number", "0 to below 1"]);
  assertEquals(told("method.maskScope"), ["list of choices", "1 to 2 entries"]);
  assertEquals(told("data.spacing"), ["auto or number", "above 0"]);
  assertEquals(told("data.dropLeaks"), ["true or false", undefined]);
  assertEquals(told("data.ignore"), ["whole number or null", undefined]);
  assertEquals(told("data.bids.image"), ["text or list of text", "at least 1 entry"]);
  assertEquals(told("data.size"), [
    "auto, a whole number, or two as 64x48 (height x width)",
    "multiples of 16 from 16 to 4096",
  ]);
  assertEquals(named("data.sliceAxis").choices, ["auto", 0, 1, 2]);
  assertEquals(named("data.labels").fields!.map(({ key }) => key), [
    ...["name", "codes", "colour", "role", "code"],
  ]);
});

Deno.test("findSettings() finds a setting, a section, a setting with parts, or all", () => {
  const keys = (key?: string) => findSettings(key).map((setting) => setting.key);
  assertEquals(keys(), SETTINGS.map(({ key }) => key));
  assertEquals(keys("data.size"), ["data.size"]);
  assertEquals(keys("output"), ["output.dir", "output.pictures"]);
  assertEquals(keys("method.shapeMask").length, 5);
  assertEquals(keys("data.bids").slice(0, 2), ["data.bids", "data.bids.image"]);
});

Deno.test("findSettings() refuses an unknown key with the nearest names", () => {
  for (
    const [key, text] of [
      ["data.sise", "unknown key data.sise; did you mean data.size?"],
      ["dat", "unknown key dat; did you mean data?"],
      ["train.batchSize", "unknown key train; did you mean training?"],
      ["batchsize", "unknown key batchsize; did you mean training.batchSize?"],
      ["data.size.height", "unknown key data.size.height; did you mean data.size?"],
      ["__proto__", "unknown key __proto__ (known here: data, "],
      ["data.constructor", "unknown key data.constructor (known here: dir, "],
    ] as const
  ) {
    assertThrows(() => findSettings(key), ConfigError, text);
  }
});
