/** The sizes of tiles that suit a card: measured when it is first used, kept for the next time. */
import { dirname, join } from "../../base/deps/std.ts";
import { z } from "../../base/deps/zod.ts";
import { messageOf } from "../../base/text/message_of.ts";
import { makeFolder } from "../../formats/files/make_folder.ts";
import { readJson } from "../../formats/files/read_json.ts";
import { writeAtomically } from "../../formats/files/write_atomically.ts";
import type { Card } from "../../gpu/device/card.ts";
import { type MeasuredMap, measureTiles } from "../../gpu/ops/measure_tiles.ts";
import { CANDIDATES, type TileCandidates, type Tiles, useTiles } from "../../gpu/ops/tiles.ts";
import { cachePlace } from "../../imaging/data/cases/cache_place.ts";

const keptSchema = z.object({
  format: z.literal(1),
  card: z.string(),
  convolve: z.object({
    pixels: z.number(),
    channels: z.number(),
    own: z.number(),
    block: z.number(),
  }),
  filter: z.object({ side: z.number(), block: z.number() }),
});

/** A file of kept tiles that is not as Tandem writes it: they are measured again. */
class KeptTilesError extends Error {
  override readonly name = "KeptTilesError";
}

/** What is measured, and where the result is kept. */
export interface SettleOptions {
  /** A folder, made where it is not; where the system keeps caches by default. */
  readonly place?: string | undefined;
  readonly candidates?: TileCandidates;
  readonly maps?: readonly MeasuredMap[];
}

/**
 * Makes a card use the tiles that are fastest on it: those kept of it, or what is measured now and
 * kept. No result depends on them. A card that tells no times keeps what it has.
 *
 * @param onNotice Is told that it measures, and why a result cannot be kept.
 * @throws {CardError} If the card refuses a kernel.
 */
export async function settleTiles(
  card: Card,
  onNotice: (line: string) => void = () => {},
  { place = defaultPlace(), candidates = CANDIDATES, maps }: SettleOptions = {},
): Promise<void> {
  if (!card.info.features.includes("timestamp-query")) return;
  const name = nameOfCard(card), path = place && join(place, `${await digestOf(name)}.json`);
  const kept = path && await keptTiles(path, name, candidates);
  if (kept) return useTiles(card, kept);
  onNotice("trying which tiles suit this card, once");
  const tiles = await measureTiles(card, candidates, maps);
  if (!path) return;
  const text = JSON.stringify({ format: 1, card: name, ...tiles }, null, 2) + "\n";
  try {
    await makeFolder(place!);
    await writeAtomically(path, text, { shared: true });
  } catch (error) {
    onNotice(`tiles of this card are not kept: ${messageOf(error)}`);
  }
}

/** `tandem/cards` where the system keeps caches. */
function defaultPlace(): string | undefined {
  const prepared = cachePlace();
  return prepared && join(dirname(prepared), "cards");
}

/** What tells a card from others. */
function nameOfCard({ info }: Card): string {
  const { vendor, architecture, device, description } = info;
  return [vendor, architecture, device, description].join(" | ");
}

async function digestOf(text: string): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return new Uint8Array(hash).toHex().slice(0, 16);
}

/** The tiles that a file keeps of this card, if they are among the candidates still. */
async function keptTiles(
  path: string,
  name: string,
  candidates: TileCandidates,
): Promise<Tiles | undefined> {
  const same = <T>(all: readonly T[], one: T) =>
    all.find((tile) => JSON.stringify(tile) === JSON.stringify(one));
  try {
    const kept = await readJson(path, keptSchema, KeptTilesError);
    const convolve = same(candidates.convolve, kept.convolve);
    const filter = same(candidates.filter, kept.filter);
    return kept.card === name && convolve && filter ? { convolve, filter } : undefined;
  } catch (error) {
    // None yet, or one that cannot be used: measuring makes it anew.
    if (error instanceof KeptTilesError) return undefined;
    throw error;
  }
}
