import { assertThrows } from "../../deps.ts";
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
