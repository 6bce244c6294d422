import { assert, assertEquals, assertThrows } from "../../deps.ts";
import { commentedSettings } from "../../../lib/base/config/commented_settings.ts";
import { describeSettings } from "../../../lib/base/config/describe_settings.ts";
import { layerSettings } from "../../../lib/base/config/layer_settings.ts";
import { parseSettings } from "../../../lib/base/config/parse_settings.ts";

Deno.test("commentedSettings() writes every setting so that it is read as it was", async () => {
  const config = layerSettings({ preset: "auto" });
  const settings = describeSettings().map(({ key }) => ({
    key,
    value: key.split(".").reduce<unknown>(
      (at, word) => (at as Record<string, unknown>)?.[word],
      config,
    ),
  })).filter(({ value }) => value !== undefined);
  const text = commentedSettings(["All of them."], settings);
  const read = await parseSettings(text, "all.yaml");
  assertEquals(
    layerSettings({ preset: "auto", file: { name: "all.yaml", settings: read } }),
    config,
  );
  for (const line of text.split("\n")) assert(line.length <= 100, line);
  const { meaning } = describeSettings().find(({ key }) => key === "data.splitFile")!;
  assert(text.replaceAll(/\s*\n\s*# /g, " ").includes(`${meaning} (text or null)`), text);
});

Deno.test("commentedSettings() keeps names of any kind as text", async () => {
  const names = [
    ...["yes", "No", "null", "~", "1e3", "0x10", "2026-11-30", "- a", "a: b", "#c", "'", '"', ""],
    ...["a\nb", "\u0085\u2028\ufeff", "\x07", "ü 𝛼", "{", "*x", "&y", "!z", "%", "@", "`", "a "],
  ];
  const labels = names.map((name, n) => ({ name, codes: [n] }));
  const text = commentedSettings(["a\nb: 1"], [
    { key: "data.labels", value: labels },
    { key: "data.dir", value: "/a #b/c: d" },
  ]);
  const read = await parseSettings(text, "names.yaml");
  assertEquals(read, { data: { dir: "/a #b/c: d", labels } });
});

Deno.test("commentedSettings() refuses a setting that there is not", () => {
  assertThrows(
    () => commentedSettings([], [{ key: "data.sise", value: 1 }]),
    RangeError,
    "data.sise",
  );
});
