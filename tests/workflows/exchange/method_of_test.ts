import { assertEquals } from "../../deps.ts";
import { parseConfig } from "../../../lib/base/config/parse_config.ts";
import { METHODS } from "../../../lib/learning/baselines/registry.ts";
import { methodOf } from "../../../lib/workflows/exchange/method_of.ts";

Deno.test("methodOf() finds every method by its settings", () => {
  for (const { name, settings } of METHODS) {
    assertEquals(methodOf(parseConfig({ method: settings }))?.name, name);
  }
});
