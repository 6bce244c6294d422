import { assert, assertEquals } from "../../deps.ts";
import { startBackend } from "../../../wasm/mod.ts";
import { startGpu } from "../../../lib/gpu/backend/start_gpu.ts";
import { compareGolden } from "../../../lib/workflows/doctor/golden.ts";
import { whereThereIsACard } from "../../gpu/where_there_is_a_card.ts";

const FOLDER = new URL("../../../fixtures/network_small", import.meta.url).pathname;

Deno.test({
  ...whereThereIsACard("on a card both networks and a step agree with the authors' code"),
  async fn() {
    const { stop } = await startGpu();
    const { quantities, passed } = await compareGolden(FOLDER);
    assert(quantities.length > 500);
    assertEquals(quantities.filter((quantity) => !quantity.passed), []);
    assert(passed);
    await stop();
    await startBackend({ threads: 1 });
  },
});
