/** Sizes of tiles on a card. No sum's order depends on them, so a choice changes no bit. */
import { cardTensors } from "../device/card_tensors.ts";
import type { Tile } from "../kernels/convolve.ts";
import type { FilterTile } from "../kernels/filter_gradient.ts";

/** The tiles of both kernels of convolutions. */
export interface Tiles {
  readonly convolve: Tile;
  readonly filter: FilterTile;
}

/** What a card with memory of its own in each workgroup has by default. */
export const CARD_TILES: Tiles = {
  convolve: { pixels: 64, channels: 32, own: 4, block: 16 },
  filter: { side: 32, block: 16 },
};

/** What lavapipe runs fastest, four times as fast as tiles of half the width. */
export const SOFTWARE_TILES: Tiles = {
  convolve: { pixels: 64, channels: 16, own: 8, block: 16 },
  filter: { side: 16, block: 16 },
};

/** The tiles of the card that runs. */
export function cardTiles(): Tiles {
  return cardTensors().card.info.software ? SOFTWARE_TILES : CARD_TILES;
}
