/** All that a pickle of weights may name, and what it comes to. Nothing of PyTorch is run. */
import { ELEMENT_TYPES, type ElementType } from "./element_type.ts";
import { Storage, StoredTensor } from "./stored_tensor.ts";
import { PickleGlobal, type PickleObject, type PickleValue, shown } from "./unpickle.ts";

type Fail = (detail: string) => never;

/** The class of a storage: an element type. */
class StorageClass extends PickleGlobal {
  constructor(name: string, readonly type: ElementType) {
    super(name, (_, fail) => fail(`it makes a ${name}, wanted one that lies beside it`));
  }
}

/** Axes of a tensor at the most: PyTorch has no more. */
const MOST_AXES = 64;

/** The known names. */
export const TORCH_GLOBALS: ReadonlyMap<string, PickleGlobal> = new Map([
  new PickleGlobal("collections.OrderedDict", orderedDict),
  new PickleGlobal("torch._utils._rebuild_tensor_v2", rebuildTensor),
  new PickleGlobal("torch._utils._rebuild_tensor", rebuildTensor),
  new PickleGlobal("torch._utils._rebuild_parameter", rebuildParameter),
  ...Object.entries(ELEMENT_TYPES).map(([name, type]) => new StorageClass(`torch.${name}`, type)),
].map((known) => [known.name, known]));

/** Where a storage lies that a pickle speaks of: its key in the file, type and number of elements. */
export interface StorageId {
  readonly type: ElementType;
  readonly key: string;
  readonly length: number;
}

/** Reads `("storage", class, key, device, number of elements)`, with or without a last `None`. */
export function storageId(id: PickleValue, fail: Fail): StorageId {
  const [kind, storage, key, , length, part = null] = Array.isArray(id) ? id : [];
  if (kind !== "storage" || !(storage instanceof StorageClass) || typeof key !== "string") {
    return fail("it speaks of something beside it that is no storage of numbers");
  }
  if (part !== null) return fail(`its storage ${shown(key)} is a part of another one`);
  return { type: storage.type, key, length: wholeNumber(length, "a storage's length", fail) };
}

/** An empty one: entries are set afterwards, so that none is made of many at once, again and again. */
function orderedDict(args: readonly PickleValue[], fail: Fail): PickleValue {
  return args.length === 0 ? new Map() : fail("an OrderedDict has arguments");
}

/** A parameter is the tensor that it holds. */
function rebuildParameter([tensor]: readonly PickleValue[], fail: Fail): PickleValue {
  return tensor instanceof StoredTensor ? tensor : fail("a parameter holds no tensor");
}

function rebuildTensor(args: readonly PickleValue[], fail: Fail): PickleObject {
  const [storage, first, size, stride] = args;
  if (!(storage instanceof Storage)) return fail("a tensor has no storage");
  const offset = wholeNumber(first, "a tensor's offset", fail);
  const shape = wholeNumbers(size, "a tensor's shape", fail);
  const strides = wholeNumbers(stride, "a tensor's strides", fail);
  if (shape.length !== strides.length) {
    return fail(`a tensor has ${shape.length} axes and ${strides.length} strides`);
  }
  const count = shape.reduce((product, side) => product * side, 1);
  const last = offset + shape.reduce((sum, side, axis) => sum + (side - 1) * strides[axis]!, 0);
  // One that repeats elements would be larger than the file that holds it.
  if (count > storage.length || (count > 0 && last >= storage.length)) {
    return fail(
      `a tensor of shape [${shape}], strides [${strides}] and offset ${offset} does not lie in its ` +
        `storage of ${storage.length} elements`,
    );
  }
  return new StoredTensor(storage, offset, shape, strides);
}

function wholeNumbers(value: PickleValue | undefined, what: string, fail: Fail): number[] {
  if (!Array.isArray(value) || value.length > MOST_AXES) return fail(`${what} is no short tuple`);
  return value.map((own) => wholeNumber(own, what, fail));
}

function wholeNumber(value: PickleValue | undefined, what: string, fail: Fail): number {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  return fail(`${what} is no whole number of 0 or more`);
}
