import { assertEquals } from "../deps.ts";
import { settingText } from "../../cli/setting_text.ts";
import { describeSettings } from "../../lib/base/config/describe_settings.ts";
import { layerSettings } from "../../lib/base/config/layer_settings.ts";

Deno.test("settingText() writes a value as --set reads it", () => {
  assertEquals(settingText({ height: 64, width: 48 }), "64x48");
  assertEquals(settingText("auto"), "auto");
  assertEquals(settingText(["A", "B"]), '["A","B"]');
  assertEquals(settingText(undefined), "unset");
  for (const { key, default: value } of describeSettings()) {
    if (value === undefined) continue;
    const config = layerSettings({ preset: "quick", set: [`${key}=${settingText(value)}`] });
    const read = key.split(".").reduce((inner: unknown, name) => Object(inner)[name], config);
    assertEquals(read, value, key);
  }
});
