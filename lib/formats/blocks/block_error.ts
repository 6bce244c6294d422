/** A file of blocks that is damaged, or none; the message names the file. */
export class BlockError extends Error {
  override readonly name = "BlockError";
}
