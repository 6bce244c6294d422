/** Every way to spoil an input; a new one is a file in `mutators/` and a line here. */
import type { InputKind, Mutator, MutatorContext } from "./mutator.ts";
import { addKey } from "./mutators/add_key.ts";
import { deleteSpan } from "./mutators/delete_span.ts";
import { dropKey } from "./mutators/drop_key.ts";
import { duplicateSpan } from "./mutators/duplicate_span.ts";
import { flipBits } from "./mutators/flip_bits.ts";
import { insertSpan } from "./mutators/insert_span.ts";
import { oddCell } from "./mutators/odd_cell.ts";
import { oddEncoding } from "./mutators/odd_encoding.ts";
import { oddNumber } from "./mutators/odd_number.ts";
import { oddText } from "./mutators/odd_text.ts";
import { renameKey } from "./mutators/rename_key.ts";
import { replaceValue } from "./mutators/replace_value.ts";
import { setBytes } from "./mutators/set_bytes.ts";
import { shuffleLines } from "./mutators/shuffle_lines.ts";
import { splice } from "./mutators/splice.ts";
import { swapValues } from "./mutators/swap_values.ts";
import { truncate } from "./mutators/truncate.ts";

/** All of them. */
export const MUTATORS: readonly Mutator[] = [
  ...[flipBits, setBytes, truncate, insertSpan, duplicateSpan, deleteSpan, splice, oddNumber],
  ...[oddEncoding, oddText, shuffleLines],
  oddCell,
  ...[replaceValue, replaceValue, dropKey, addKey, renameKey, swapValues],
];

const BY_KIND = Map.groupBy(MUTATORS, ({ of }) => of);

/** How often text is spoilt as what it is, rather than as plain text or as bytes. */
const OFTEN = 0.75;

/** Bytes of an input that is not spoilt further: twice repeated, one would take the mutators minutes. */
const MOST_BYTES = 2 ** 20;

/** An input spoilt in one to three ways, and their names. */
export function spoil(
  input: Uint8Array,
  kind: InputKind,
  context: MutatorContext,
): { bytes: Uint8Array; ways: string[] } {
  const { draws } = context, ways: string[] = [];
  let bytes = input;
  for (let left = draws.choice([1, 1, 1, 2, 3]); left > 0 && bytes.length < MOST_BYTES; left--) {
    const [plain, text, own] = [BY_KIND.get("bytes")!, BY_KIND.get("text")!, BY_KIND.get(kind)!];
    const mutator = draws.choice(
      kind === "bytes" || draws.chance(OFTEN) ? own : draws.chance(0.5) ? text : plain,
    );
    try {
      bytes = mutator.mutate(bytes, context);
      ways.push(mutator.name);
    } catch {
      // It does not fit what an earlier one has left.
    }
  }
  return { bytes, ways };
}
