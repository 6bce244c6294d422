import { assertEquals } from "../../deps.ts";
import { resolve } from "../../../lib/base/deps/std.ts";
import { parseConfig } from "../../../lib/base/config/parse_config.ts";
import { withWholePaths } from "../../../lib/formats/files/with_whole_paths.ts";

Deno.test("withWholePaths resolves every input, and leaves null and output.dir", () => {
  const config = parseConfig({
    data: { dir: "data", splitFile: "splits.json", cache: "cases" },
    training: { init: "runs/001" },
    tracking: { mlflow: "ml" },
    output: { dir: "out" },
  });
  const { data, training, tracking, output } = withWholePaths(config);
  assertEquals(
    [data.dir, data.splitFile, data.cache, training.init, tracking.mlflow, output.dir],
    [...["data", "splits.json", "cases", "runs/001", "ml"].map((path) => resolve(path)), "out"],
  );
  assertEquals(withWholePaths(parseConfig({})).data.dir, null);
});

Deno.test("withWholePaths takes the cache's own words for no folders", () => {
  for (const cache of ["auto", "none"]) {
    assertEquals(withWholePaths(parseConfig({ data: { cache } })).data.cache, cache);
  }
});
