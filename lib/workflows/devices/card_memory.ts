/** What a step takes of a graphics card, before anything is drawn. */
import { ConfigError } from "../../base/config/config_error.ts";
import { sizeText, type SliceSize } from "../../base/volume/slice_size.ts";
import { stepBytes, type StepMemoryOptions } from "../../learning/training/step_memory.ts";

/**
 * Tells what a step takes of a card's memory, whose size WebGPU does not tell, and refuses one whose
 * largest map is no buffer of the card's.
 *
 * @param limits The card's, by their names in WebGPU.
 * @throws {ConfigError} That names the batch size, and the largest one.
 */
export function checkCardMemory(
  options: StepMemoryOptions,
  size: SliceSize,
  limits: Readonly<Record<string, number>>,
  onNotice: (line: string) => void = () => {},
): void {
  const { model: { baseWidth }, training: { batchSize } } = options;
  const { slice, kept } = stepBytes(options, size);
  const map = size.height * size.width * baseWidth * Float32Array.BYTES_PER_ELEMENT;
  const most = Math.min(limits.maxBufferSize!, limits.maxStorageBufferBindingSize!);
  if (batchSize * map > most) {
    throw new ConfigError(
      "training.batchSize",
      `Cannot train with training.batchSize ${batchSize} on slices of ${sizeText(size)} at ` +
        `model.baseWidth ${baseWidth} on this graphics card: a map takes ${
          batchSize * map
        } bytes, ` +
        `and a buffer of the card holds ${most}; wanted a batch of at most ` +
        `${2 * Math.floor(most / map / 2)}`,
    );
  }
  const megabytes = (batchSize * slice + kept) / 1e6;
  const told = megabytes < 1000
    ? `${Math.ceil(megabytes)} MB`
    : `${(megabytes / 1000).toFixed(1)} GB`;
  onNotice(`a step takes about ${told} of the card's memory`);
}
