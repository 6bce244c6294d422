import { assertEquals, assertThrows } from "../../deps.ts";
import { ELEMENT_TYPES } from "../../../lib/formats/pytorch/element_type.ts";
import { Storage, type StoredTensor } from "../../../lib/formats/pytorch/stored_tensor.ts";
import { storageId, TORCH_GLOBALS } from "../../../lib/formats/pytorch/torch_globals.ts";
import type { PickleValue } from "../../../lib/formats/pytorch/unpickle.ts";

const numbers = Float32Array.of(0, 1, 2, 3, 4, 5);
const storage = new Storage(
  ELEMENT_TYPES["FloatStorage"]!,
  6,
  () => new Uint8Array(numbers.buffer),
);

function fail(detail: string): never {
  throw new RangeError(detail);
}

function rebuild(...args: PickleValue[]): StoredTensor {
  const made = TORCH_GLOBALS.get("torch._utils._rebuild_tensor_v2")!.call(args, fail);
  return made as StoredTensor;
}

Deno.test("a tensor is read by its offset and strides", () => {
  assertEquals([...rebuild(storage, 0, [2, 3], [3, 1]).read()], [0, 1, 2, 3, 4, 5]);
  assertEquals([...rebuild(storage, 0, [3, 2], [1, 3]).read()], [0, 3, 1, 4, 2, 5]);
  assertEquals([...rebuild(storage, 1, [2, 2], [3, 1]).read()], [1, 2, 4, 5]);
  assertEquals([...rebuild(storage, 5, [], []).read()], [5]);
  assertEquals([...rebuild(storage, 0, [0, 9], [9, 1]).read()], []);
});

Deno.test("a tensor has to lie in its storage", () => {
  const wrong: PickleValue[][] = [
    [1, [2, 3], [3, 1]],
    [0, [2, 3], [4, 1]],
    [0, [7], [1]],
    [6, [1], [1]],
    [0, [4, 3], [0, 1]],
    [0, [1e9, 1e9], [0, 0]],
  ];
  for (const args of wrong) {
    assertThrows(() => rebuild(storage, ...args), RangeError, "does not lie in its storage");
  }
});

Deno.test("a tensor's shape is a short tuple of whole numbers", () => {
  assertThrows(() => rebuild(storage, -1, [1], [1]), RangeError, "a tensor's offset is no whole");
  assertThrows(() => rebuild(storage, 0, [1.5], [1]), RangeError, "a tensor's shape is no whole");
  assertThrows(() => rebuild(storage, 0, [1], [-1]), RangeError, "a tensor's strides is no whole");
  assertThrows(() => rebuild(storage, 0, [1, 1], [1]), RangeError, "2 axes and 1 strides");
  assertThrows(() => rebuild(storage, 0, "12", [1]), RangeError, "no short tuple");
  const many = Array(65).fill(1);
  assertThrows(() => rebuild(storage, 0, many, many), RangeError, "no short tuple");
  assertThrows(() => rebuild("storage", 0, [1], [1]), RangeError, "a tensor has no storage");
});

Deno.test("storageId() reads where a storage lies, and refuses parts of others", () => {
  const float = TORCH_GLOBALS.get("torch.FloatStorage")!;
  const { type, key, length } = storageId(["storage", float, "7", "cpu", 12], fail);
  assertEquals([type.name, key, length], ["float32", "7", 12]);
  storageId(["storage", float, "7", "cuda:0", 12, null], fail);
  const part: PickleValue = ["storage", float, "7", "cpu", 12, ["6", 0, 4]];
  assertThrows(() => storageId(part, fail), RangeError, "its storage 7 is a part of another one");
  const wrong: PickleValue[] = [null, "storage", ["storage"], ["module", float, "7", "cpu", 1]];
  for (const id of wrong) assertThrows(() => storageId(id, fail), RangeError, "no storage");
  assertThrows(() => storageId(["storage", float, "7", "cpu", -1], fail), RangeError, "length");
});
