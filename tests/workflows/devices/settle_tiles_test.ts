import { assert, assertEquals } from "../../deps.ts";
import { startBackend } from "../../../wasm/mod.ts";
import { startGpu } from "../../../lib/gpu/backend/start_gpu.ts";
import { cardTiles, type TileCandidates } from "../../../lib/gpu/ops/tiles.ts";
import { settleTiles } from "../../../lib/workflows/devices/settle_tiles.ts";
import { whereThereIsACard } from "../../gpu/where_there_is_a_card.ts";

// Small, since software compiles workgroup memory slowly. The last of each kind fits no card.
const CANDIDATES: TileCandidates = {
  convolve: [
    { pixels: 8, channels: 8, own: 4, block: 2 },
    { pixels: 16, channels: 8, own: 4, block: 2 },
    { pixels: 65536, channels: 8, own: 4, block: 2 },
  ],
  filter: [{ side: 4, block: 4 }, { side: 8, block: 4 }, { side: 1024, block: 4 }],
};
const MAPS = [{ batch: 1, side: 8, channels: 8 }];

Deno.test({
  ...whereThereIsACard("settleTiles() measures once, keeps what it found, and heals a broken file"),
  async fn() {
    const { card, stop } = await startGpu(), place = await Deno.makeTempDir();
    const told: string[] = [];
    const settle = async () => {
      told.length = 0;
      await settleTiles(card, (line) => told.push(line), {
        ...{ place, candidates: CANDIDATES, maps: MAPS },
      });
      return cardTiles();
    };
    const first = await settle();
    assertEquals(told, ["trying which tiles suit this card, once"]);
    assert(CANDIDATES.convolve.slice(0, 2).includes(first.convolve), JSON.stringify(first));
    assert(CANDIDATES.filter.slice(0, 2).includes(first.filter), JSON.stringify(first));
    const [file, ...more] = Array.from(Deno.readDirSync(place), ({ name }) => name);
    assertEquals([await settle(), told, more], [first, [], []]);
    const kept = JSON.parse(await Deno.readTextFile(`${place}/${file}`));
    const { convolve } = kept;
    const others = [
      { ...kept, card: "another" },
      // no candidate any more
      { ...kept, convolve: { ...convolve, pixels: convolve.pixels + 1 } },
    ];
    for (const broken of ["null", "{", ...others.map((one) => JSON.stringify(one))]) {
      await Deno.writeTextFile(`${place}/${file}`, broken);
      await settle();
      assertEquals(told.length, 1, broken);
      assertEquals((await settle(), told), [], broken);
    }
    await stop();
    await startBackend({ threads: 1 });
    await Deno.remove(place, { recursive: true });
  },
});

Deno.test({
  ...whereThereIsACard("settleTiles() says where a result cannot be kept, and goes on"),
  async fn() {
    const { card, stop } = await startGpu(), file = await Deno.makeTempFile();
    const told: string[] = [], place = `${file}/no-folder`;
    const options = { place, candidates: CANDIDATES, maps: MAPS };
    await settleTiles(card, (line) => told.push(line), options);
    assert(/^tiles of this card are not kept: /.test(told[1]!), told.join("\n"));
    // A card that tells no times.
    const clockless = { ...card, info: { ...card.info, features: [] } } as unknown as typeof card;
    told.length = 0;
    await settleTiles(clockless, (line) => told.push(line), options);
    assertEquals(told, []);
    await stop();
    await startBackend({ threads: 1 });
    await Deno.remove(file);
  },
});
