import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertRejects,
  assertThrows,
} from "../../deps.ts";
import { PyTorchError } from "../../../lib/formats/pytorch/pytorch_error.ts";
import { decodePyTorch, readPyTorch } from "../../../lib/formats/pytorch/read_pytorch.ts";

const FIXTURES = new URL("../../../fixtures/pytorch/", import.meta.url).pathname;

for (const name of ["odd", "odd_protocol4", "odd_legacy"]) {
  Deno.test(`readPyTorch() reads every kind of tensor from ${name}.pth`, async () => {
    const { tensors, others } = await readPyTorch(`${FIXTURES}${name}.pth`);
    const values = (name: string) => [...tensors.get(name)!.read()];
    assertEquals(values("half"), [1.5, -2, 65504]);
    assertEquals(values("bfloat")[0], 1.5);
    assertAlmostEquals(values("bfloat")[1]! / -3e30, 1, 1 / 256);
    assertEquals(values("double"), [Math.fround(1e-3), 2]);
    assertEquals(values("long"), [7, -9]);
    assertEquals(values("flags"), [1, 0]);
    assertEquals(tensors.get("turned")!.shape, [6, 4]);
    assertEquals(values("turned").slice(0, 6), [0, 6, 12, 18, 1, 7]);
    assertEquals(values("part"), [8, 9, 14, 15]);
    assertEquals([tensors.get("scalar")!.shape, values("scalar")], [[], [3.25]]);
    assertEquals([tensors.get("empty")!.shape, values("empty")], [[0, 4], []]);
    assertEquals(values("parameter"), [1, 1]);
    assertEquals(values("nested.deeper.weight"), [5, 5]);
    assertEquals([...others], ["epoch", "name", "rate", "list", "none", "flag", "large"]);
  });
}

Deno.test("readPyTorch() reads a state dictionary with its notes", async () => {
  const { tensors, others } = await readPyTorch(`${FIXTURES}state.pth`);
  assertEquals([...tensors.keys()], [
    ...["0.weight", "0.bias", "1.weight", "1.bias", "1.running_mean", "1.running_var"],
    "1.num_batches_tracked",
  ]);
  assertEquals(others, []);
});

Deno.test("readPyTorch() runs nothing that a file names", async () => {
  const read = (name: string) => () => readPyTorch(FIXTURES + name);
  await assertRejects(read("hostile.pth"), PyTorchError, "it names posix.system, which is no part");
  const module = "it names torch.nn.modules.container.Sequential";
  const error = await assertRejects(read("module.pth"), PyTorchError, module);
  assert(error.message.includes("torch.save(model.state_dict(), FILE)"));
});

Deno.test("readPyTorch() says what is no such file", async () => {
  await assertRejects(() => readPyTorch(FIXTURES), PyTorchError, "it is no file");
  await assertRejects(() => readPyTorch(`${FIXTURES}none.pth`), PyTorchError, "Cannot open");
  const text = new TextEncoder().encode("import torch\n");
  assertThrows(() => decodePyTorch(text), PyTorchError, "it is none");
  assertThrows(() => decodePyTorch(new Uint8Array()), PyTorchError, "it is none");
});

/** A file of before 1.6 without storages, that holds the value of a pickle, a character a byte. */
function legacy(pickle: string): Uint8Array {
  const magic = "\x80\x02\x8a\x0al\xfc\x9cF\xf9 j\xa8P\x19.", version = "\x80\x02M\xe9\x03.";
  const text = `${magic}${version}\x80\x02}.${pickle}\x80\x02].`;
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

Deno.test("decodePyTorch() goes through dictionaries that hold one another no end of times", () => {
  const entry = (key: string, memo: number) => `U\x01${key}h${String.fromCharCode(memo)}`;
  let pickle = "\x80\x02}q\x00";
  for (let n = 0; n < 15; n++) {
    const entries = [..."abcdefghij"].map((key) => entry(key, n)).join("");
    pickle += `}(${entries}uq${String.fromCharCode(n + 1)}`;
  }
  const limit = "deeper than 16, or hold more than 100000 entries";
  assertThrows(() => decodePyTorch(legacy(`${pickle}.`)), PyTorchError, limit);
  assertThrows(() => decodePyTorch(legacy("\x80\x02}q\x00U\x01ah\x00s.")), PyTorchError, limit);
  assertEquals(decodePyTorch(legacy("\x80\x02}U\x09__proto__K\x01s.")).others, ["__proto__"]);
});

for (const name of ["state.pth", "odd_legacy.pth"]) {
  Deno.test(`decodePyTorch() refuses ${name} cut short anywhere, by its own error`, async () => {
    const bytes = await Deno.readFile(FIXTURES + name);
    for (let length = 0; length < bytes.length; length += 7) {
      assertThrows(() => decodePyTorch(bytes.subarray(0, length)), PyTorchError);
    }
  });

  Deno.test(`decodePyTorch() reads or refuses ${name} with any byte changed`, async () => {
    const bytes = await Deno.readFile(FIXTURES + name);
    for (let at = 0; at < bytes.length; at += 3) {
      const changed = bytes.slice();
      changed[at]! ^= 0x55;
      try {
        for (const tensor of decodePyTorch(changed).tensors.values()) tensor.read();
      } catch (error) {
        assert(error instanceof PyTorchError, `byte ${at}: ${error}`);
      }
    }
  });
}
