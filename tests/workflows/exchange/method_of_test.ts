import { assert, assertEquals } from "../../deps.ts";
import { parseConfig } from "../../../lib/base/config/parse_config.ts";
import { METHODS } from "../../../lib/learning/baselines/registry.ts";
import { methodOf } from "../../../lib/workflows/exchange/method_of.ts";

Deno.test("methodOf() finds every method by its settings", () => {
  for (const { name, settings, artifacts } of METHODS) {
    const data = artifacts && { artifacts };
    assertEquals(methodOf(parseConfig({ method: settings, ...data && { data } }))?.name, name);
    // without its artifacts it is another
    if (artifacts) assert(methodOf(parseConfig({ method: settings }))?.name !== name);
  }
});
