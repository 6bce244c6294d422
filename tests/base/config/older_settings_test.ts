import { withoutOlderSettings } from "../../../lib/base/config/older_settings.ts";
import { parseConfig } from "../../../lib/base/config/parse_config.ts";
import { ConfigError } from "../../../lib/base/config/config_error.ts";
import { assertEquals, assertThrows } from "../../deps.ts";

Deno.test("an older run's settings are read, and nobody may set what the data decide", () => {
  const older = {
    data: { augmentation: "acdc", size: 96 },
    model: { baseWidth: 8, classes: 4, inputChannels: 1 },
  };
  assertThrows(() => parseConfig(older), ConfigError, "model.classes");
  const { data, model } = parseConfig(withoutOlderSettings(older));
  assertEquals([data.augmentation, data.size, model], [
    "turned",
    { height: 96, width: 96 },
    { baseWidth: 8, levels: 4 },
  ]);
  for (const odd of [null, 5, [], { model: 3, data: null }]) {
    assertEquals(withoutOlderSettings(odd), odd);
  }
});
