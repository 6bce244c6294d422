/**
 * A copy of a sample of which a statistic can be computed.
 *
 * @param values The sample.
 * @param name What messages call it.
 * @param task What is to be done, as it stands after "Cannot".
 * @param least The least number of values.
 * @throws {TypeError} If there are fewer values.
 * @throws {RangeError} If one is NaN or infinite; the message names its index.
 */
export function finiteSample(
  values: ArrayLike<number>,
  name: string,
  task: string,
  least = 1,
): number[] {
  if (values.length < least) {
    throw new TypeError(
      `Cannot ${task}: ${name} has ${values.length} values, wanted at least ${least}`,
    );
  }
  const sample = Array.from(values);
  const wrong = sample.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) {
    throw new RangeError(
      `Cannot ${task}: ${name}[${wrong}] is ${sample[wrong]}, wanted a finite number`,
    );
  }
  return sample;
}

/**
 * Two samples of the same subjects, as {@linkcode finiteSample} copies and checks them.
 *
 * @throws {TypeError} If their numbers of values differ, or are below `least`.
 * @throws {RangeError} If a value is NaN or infinite.
 */
export function pairedSamples(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  task: string,
  least = 1,
): [first: number[], second: number[]] {
  if (first.length !== second.length) {
    throw new TypeError(
      `Cannot ${task}: first has ${first.length} values and second ${second.length}, wanted pairs`,
    );
  }
  return [finiteSample(first, "first", task, least), finiteSample(second, "second", task, least)];
}
