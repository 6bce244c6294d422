/** Sizes of tiles on a card. No sum's order depends on them, so a choice changes no bit. */
import type { Card } from "../device/card.ts";
import { cardTensors } from "../device/card_tensors.ts";
import type { Tile } from "../kernels/convolve.ts";
import type { FilterTile } from "../kernels/filter_gradient.ts";

/** The tiles of both kernels of convolutions. */
export interface Tiles {
  readonly convolve: Tile;
  readonly filter: FilterTile;
}

/** Tiles to choose from. */
export interface TileCandidates {
  readonly convolve: readonly Tile[];
  readonly filter: readonly FilterTile[];
}

/** What a card with memory of its own in each workgroup has until it was measured. */
export const CARD_TILES: Tiles = {
  convolve: { pixels: 64, channels: 32, own: 4, block: 16 },
  filter: { side: 32, block: 16 },
};

/** What lavapipe runs fastest, four times as fast as tiles of half the width. */
export const SOFTWARE_TILES: Tiles = {
  convolve: { pixels: 64, channels: 16, own: 8, block: 16 },
  filter: { side: 16, block: 16 },
};

/** Tiles of 16 to 256 threads, up to 13 KB of a workgroup's memory. */
export const CANDIDATES: TileCandidates = {
  convolve: [
    CARD_TILES.convolve,
    SOFTWARE_TILES.convolve,
    { pixels: 64, channels: 64, own: 4, block: 16 },
    { pixels: 128, channels: 32, own: 8, block: 16 },
    { pixels: 128, channels: 64, own: 8, block: 16 },
  ],
  filter: [CARD_TILES.filter, SOFTWARE_TILES.filter, { side: 64, block: 16 }],
};

const chosen = new WeakMap<Card, Tiles>();

/** Makes a card use these tiles. */
export function useTiles(card: Card, tiles: Tiles): void {
  chosen.set(card, tiles);
}

/** The tiles of the card that runs. */
export function cardTiles(): Tiles {
  const { card } = cardTensors();
  return chosen.get(card) ?? (card.info.software ? SOFTWARE_TILES : CARD_TILES);
}
