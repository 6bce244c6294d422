import { assertEquals, assertThrows } from "../deps.ts";
import { ConfigError } from "../../lib/config/config_error.ts";
import { resolveConfig } from "../../lib/config/resolve_config.ts";
import { prepareCase } from "../../lib/data/prepare_case.ts";
import { RandomStream } from "../../lib/random/random_stream.ts";
import { runBatches } from "../../lib/training/run_data.ts";
import { tinyHeart } from "../data/tiny_heart.ts";

Deno.test("runBatches() refuses artifacts that a lone slice cannot have, naming the key", async () => {
  const prepared = await prepareCase(tinyHeart(undefined, "p1").source, { size: 16, spacing: 2.5 });
  for (const artifact of ["moton", "mistriggering"]) {
    const config = await resolveConfig({
      flags: { data: { size: 16, artifacts: { artifact } } },
    });
    const error = assertThrows(
      () => runBatches([prepared], config, RandomStream.fromSeed(0)),
      ConfigError,
      "Cannot use data.artifacts",
    );
    assertEquals((error as ConfigError).keyPath, "data.artifacts");
  }
});
