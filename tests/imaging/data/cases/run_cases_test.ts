import { assertEquals, assertThrows } from "../../../deps.ts";
import { ConfigError } from "../../../../lib/base/config/config_error.ts";
import { resolveConfig } from "../../../../lib/formats/files/resolve_config.ts";
import { prepareCase } from "../../../../lib/imaging/data/preparation/prepare_case.ts";
import { RandomStream } from "../../../../lib/base/random/random_stream.ts";
import { runBatches } from "../../../../lib/imaging/data/batches/run_batches.ts";
import { tinyHeart } from "../tiny_heart.ts";

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
