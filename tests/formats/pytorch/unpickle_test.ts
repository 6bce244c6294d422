import { assert, assertEquals, assertThrows } from "../../deps.ts";
import { PyTorchError } from "../../../lib/formats/pytorch/pytorch_error.ts";
import { TORCH_GLOBALS } from "../../../lib/formats/pytorch/torch_globals.ts";
import { unpickle } from "../../../lib/formats/pytorch/unpickle.ts";

const environment = {
  globals: TORCH_GLOBALS,
  persistent: (_: unknown, fail: (detail: string) => never) => fail("nothing lies beside it"),
};

/** The value of a pickle that is written as text, a character a byte. */
function read(pickle: string) {
  const bytes = Uint8Array.from(pickle, (character) => character.charCodeAt(0));
  return unpickle(bytes, environment).value;
}

Deno.test("unpickle() builds dictionaries, lists, tuples, numbers and texts", () => {
  assertEquals(
    read("\x80\x02}q\x00(X\x01\x00\x00\x00aK\x07X\x01\x00\x00\x00bM\x00\x01u."),
    [
      ...[new Map<string, number>([["a", 7], ["b", 256]])],
    ][0]!,
  );
  assertEquals(read("\x80\x02](K\x01J\xfe\xff\xff\xffNe."), [1, -2, null]);
  assertEquals(read("\x80\x02K\x01\x88\x89\x87."), [1, true, false]);
  assertEquals(read("\x80\x02\x8a\x01\xff."), -1);
  assertEquals(read("\x80\x02\x8a\x09\x00\x00\x00\x00\x00\x00\x00\x00\x01."), 2n ** 64n);
  assertEquals(read("\x80\x02G?\xf8\x00\x00\x00\x00\x00\x00."), 1.5);
  assertEquals(read("\x80\x02ccollections\nOrderedDict\n)R."), new Map());
});

Deno.test("unpickle() gives what it remembers, the thing itself", () => {
  const value = read("\x80\x02](}q\x05h\x05e.") as unknown[];
  assert(value[0] === value[1]);
});

Deno.test("unpickle() knows no other function", () => {
  const names = [["os", "system"], ["builtins", "eval"], ["torch", "load"], ["__proto__", "x"]];
  for (const [module, name] of names) {
    const pickle = `\x80\x02c${module}\n${name}\n(X\x01\x00\x00\x00atR.`;
    assertThrows(() => read(pickle), PyTorchError, `it names ${module}.${name}`);
  }
  const stacked = "\x80\x04\x8c\x02os\x8c\x06system\x93.";
  assertThrows(() => read(stacked), PyTorchError, "it names os.system");
  const escape = "\x80\x02c\x1b[31m\nred\n.";
  assertThrows(() => read(escape), PyTorchError, "it names ?[31m.red");
});

Deno.test("unpickle() knows no word that makes or changes objects", () => {
  // INST, OBJ, NEWOBJ, EXT1, POP, DUP, BUFFER
  for (const opcode of ["i", "o", "\x81", "\x82", "0", "2", "\x97", "\xff"]) {
    assertThrows(() => read(`\x80\x02N${opcode}.`), PyTorchError, "it holds the opcode 0x");
  }
});

Deno.test("unpickle() refuses what is damaged, and says where", () => {
  const wrong: [string, string][] = [
    ["", "cut short"],
    ["\x80\x02", "cut short"],
    ["\x80\x02.", "empty stack"],
    ["\x80\x02(.", "empty stack"],
    ["\x80\x02X\xff\xff\xff\xff.", "4294967295 bytes are wanted"],
    ["\x80\x02X\x01\x00\x00\x00\xff.", "no UTF-8"],
    ["\x80\x02Kt", "cut short"],
    ["\x80\x02K\x01t.", "a mark is missing"],
    ["\x80\x02K\x01K\x02K\x03s.", "no dictionary"],
    ["\x80\x02}(K\x01u.", "a key and no value"],
    ["\x80\x02h\x09.", "it recalls 9"],
    ["\x80\x02NN\x86Nb.", "the state of what is no dictionary"],
    ["\x80\x02NNR.", "it calls what is no function"],
    ["\x80\x02cos", "a line has no end"],
    ["\x80\x09N.", "its protocol is 9"],
    ["\x80\x02K\x01]\x93.", "by what is no text"],
    ["\x80\x02NQ.", "nothing lies beside it"],
    ["\x80\x02ctorch\nFloatStorage\n)R.", "it makes a torch.FloatStorage"],
    ["\x80\x02ctorch._utils\n_rebuild_tensor_v2\n)R.", "a tensor has no storage"],
    ["\x80\x02ccollections\nOrderedDict\nK\x01\x85R.", "an OrderedDict has arguments"],
  ];
  for (const [pickle, detail] of wrong) {
    const error = assertThrows(() => read(pickle), PyTorchError, detail);
    assert(/\(byte \d+ of its pickle\)$/.test(error.message));
  }
});

Deno.test("unpickle() keeps a pickle small that says the same again and again", () => {
  const bytes = new Uint8Array(3_000_000).fill("N".charCodeAt(0));
  assertThrows(() => unpickle(bytes, environment), PyTorchError, "more than 1000000 values");
});
