import { assertEquals, assertThrows } from "../../deps.ts";
import { ConfigError } from "../../../lib/base/config/config_error.ts";
import { layerSettings } from "../../../lib/base/config/layer_settings.ts";

const refuse = (text: string, ...set: string[]) =>
  void assertThrows(() => layerSettings({ set }), ConfigError, text);

Deno.test("layerSettings() tells a key without its section as unknown, a section as one", () => {
  refuse("unknown key learningRate; did you mean optimizer.learningRate?", "learningRate=1");
  refuse("it would replace a whole section, wanted data.KEY=VALUE", "data=1");
});

Deno.test("layerSettings() knows no keys that every object has", () => {
  refuse("unknown key __proto__ ", "__proto__.x=1");
  refuse("unknown key __proto__ ", "__proto__=1");
  refuse("unknown key constructor ", "constructor.prototype.x=1");
  refuse("unknown key data.constructor ", "data.constructor=1");
  refuse("unknown key data.bids.__proto__ ", "data.bids.__proto__.x=1");
  refuse("unknown key model.__proto__ ", "model.__proto__=1");
});

Deno.test("layerSettings() tells the unknown keys of several settings at once", () => {
  refuse("unknown keys data.x, model.y", "data.x=1", "model.y=1");
});

Deno.test("layerSettings() takes a later recipe whole, and a later part of it into it", () => {
  const before = { probability: 0.5, of: { artifact: "noise" } } as const;
  const file = { name: "mine.json", settings: { data: { artifacts: before } } };
  const later = { artifact: "motion", severity: 2 } as const;
  const alone = (recipe: object) =>
    layerSettings({ set: [`data.artifacts=${JSON.stringify(recipe)}`] }).data.artifacts;
  const set = [`data.artifacts=${JSON.stringify(later)}`];
  assertEquals(layerSettings({ file, set }).data.artifacts, alone(later));
  assertEquals(
    layerSettings({ file, flags: { data: { artifacts: later } } }).data.artifacts,
    alone(later),
  );
  assertEquals(
    layerSettings({ file, set: ["data.artifacts.probability=0.25"] }).data.artifacts,
    alone({ ...before, probability: 0.25 }),
  );
});

Deno.test("layerSettings() takes of a section what a later layer names", () => {
  const file = {
    name: "mine.json",
    settings: { data: { bids: { image: "T2w", domain: "site" } } },
  };
  assertEquals(layerSettings({ file, set: ["data.bids.image=T1w"] }).data.bids, {
    image: "T1w",
    domain: "site",
  });
  const { imageMask } = layerSettings({ set: ['method.imageMask={"scheme":"channel"}'] }).method;
  assertEquals([imageMask.scheme, imageMask.maxThreshold], ["channel", 0.5]);
});
