import { assertEquals, assertThrows } from "../../deps.ts";
import { ConfigError } from "../../../lib/base/config/config_error.ts";
import { parseConfig } from "../../../lib/base/config/parse_config.ts";

function refused(settings: string, keyPath: string, text: string): void {
  const error = assertThrows(() => parseConfig(JSON.parse(settings)), ConfigError, text);
  assertEquals((error as ConfigError).keyPath, keyPath);
}

Deno.test("parseConfig() tells an unknown key with what may have been meant", () => {
  refused(
    '{"training":{"batchsize":4}}',
    "training.batchsize",
    "Cannot use configuration: unknown key training.batchsize; did you mean training.batchSize? " +
      "(known here: epochs, ",
  );
  refused('{"data":{"bids":{"suffix":1}}}', "data.bids.suffix", "(known here: image, labels, ");
  refused('{"model":{"depth":4}}', "model.depth", "unknown key model.depth");
  refused(
    '{"data":{"labels":[{"name":"a","codes":[1],"color":"#ffffff"}]}}',
    "data.labels.0.color",
    "did you mean data.labels.0.colour? (known here: name, codes, colour, role, code)",
  );
});

Deno.test("parseConfig() tells all unknown keys at once, before bad values", () => {
  refused(
    '{"training":{"batchsize":4,"xyzzy":1,"epochs":0},"outpt":{}}',
    "training.batchsize",
    "unknown keys training.batchsize (did you mean training.batchSize?), training.xyzzy, " +
      "outpt (did you mean output?)",
  );
});

Deno.test("parseConfig() knows no keys that every object has", () => {
  for (const key of ["__proto__", "constructor", "toString", "hasOwnProperty"]) {
    refused(`{"${key}":{"x":1}}`, key, `unknown key ${key}`);
    refused(`{"data":{"${key}":{"x":1}}}`, `data.${key}`, `unknown key data.${key}`);
    refused(`{"data":{"bids":{"${key}":1}}}`, `data.bids.${key}`, `unknown key data.bids.${key}`);
    refused(`{"model":{"${key}":1}}`, `model.${key}`, `unknown key model.${key}`);
  }
});

Deno.test("parseConfig() tells the first bad value where all keys are known", () => {
  refused(
    '{"training":{"epochs":0}}',
    "training.epochs",
    "training.epochs is 0, wanted at least 1",
  );
});

Deno.test("parseConfig() refuses a server or a database as the store of MLflow", () => {
  for (const mlflow of ["http://host:5000", "sqlite:///runs.db", "file:///runs"]) {
    assertThrows(() => parseConfig({ tracking: { mlflow } }), ConfigError, "tracking.mlflow");
  }
  assertEquals(parseConfig({ tracking: { mlflow: "C:/runs" } }).tracking.mlflow, "C:/runs");
});
