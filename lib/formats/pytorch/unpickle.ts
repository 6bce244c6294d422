/**
 * The few words of Python's pickle that build a dictionary of tensors. A pickle is a program: it may
 * name any function of Python and call it. Here nothing is called that this file does not hold.
 */
import { PickleReader } from "./pickle_reader.ts";

/** What a pickle of weights builds; lists and tuples are arrays. */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly PickleValue[]
  | Map<PickleValue, PickleValue>
  | PickleObject
  | PickleGlobal;

/** What a known function made. */
export abstract class PickleObject {}

/** A function or a class that a pickle names, known by what it does with arguments. */
export class PickleGlobal {
  /**
   * @param name As `collections.OrderedDict`.
   * @param call Makes the value; throws a text by `fail` where arguments are wrong.
   */
  constructor(
    readonly name: string,
    readonly call: (args: readonly PickleValue[], fail: (detail: string) => never) => PickleValue,
  ) {}
}

/** What a pickle may ask for. */
export interface PickleEnvironment {
  /** By full name; all else is refused. */
  readonly globals: ReadonlyMap<string, PickleGlobal>;
  /** What lies outside the pickle, by its key. */
  readonly persistent: (id: PickleValue, fail: (detail: string) => never) => PickleValue;
}

/** Entries of the stack and of the memo at the most: weights have thousands. */
const MOST_ENTRIES = 1_000_000;

const MARK = Symbol("mark");

/**
 * Builds the value of a pickle (protocols 2 to 5) that holds no more than dictionaries, lists, numbers,
 * texts and what `environment` knows.
 *
 * @param source What errors call the file.
 * @returns The value, and where the next pickle may begin.
 * @throws {PyTorchError} If it is damaged, or names or does anything else; the message says what.
 */
export function unpickle(
  bytes: Uint8Array,
  environment: PickleEnvironment,
  source = "bytes",
  start = 0,
): { readonly value: PickleValue; readonly end: number } {
  const reader = new PickleReader(bytes, source, start);
  const machine = new Machine(reader, environment);
  for (;;) {
    const opcode = reader.byte();
    if (opcode === 0x2e) return { value: machine.pop(), end: reader.at };
    machine.step(opcode);
  }
}

class Machine {
  readonly #stack: (PickleValue | typeof MARK)[] = [];
  readonly #memo = new Map<number, PickleValue>();
  readonly #reader: PickleReader;
  readonly #environment: PickleEnvironment;
  readonly #fail = (detail: string): never => this.#reader.fail(detail);

  constructor(reader: PickleReader, environment: PickleEnvironment) {
    this.#reader = reader;
    this.#environment = environment;
  }

  step(opcode: number): void {
    const reader = this.#reader;
    switch (String.fromCharCode(opcode)) {
      case "\x80": // PROTO
        return this.#protocol(reader.byte());
      case "\x95": // FRAME: a length that readers of streams use
        return void reader.bytes(8);
      case "(":
        return this.#push(MARK);
      case "N":
        return this.#push(null);
      case "\x88":
        return this.#push(true);
      case "\x89":
        return this.#push(false);
      case "K":
        return this.#push(reader.byte());
      case "M":
        return this.#push(reader.uint16());
      case "J":
        return this.#push(reader.int32());
      case "\x8a": // LONG1
        return this.#push(plain(reader.long(reader.byte())));
      case "G":
        return this.#push(reader.float64());
      case "X":
        return this.#push(reader.text(reader.uint32()));
      case "\x8c": // SHORT_BINUNICODE
        return this.#push(reader.text(reader.byte()));
      case "U": // SHORT_BINSTRING, Python 2's texts
        return this.#push(reader.text(reader.byte()));
      case "}":
        return this.#push(new Map());
      case "]":
      case ")":
        return this.#push([]);
      case "t":
        return this.#push(this.#sinceMark());
      case "\x85":
        return this.#push(this.#last(1));
      case "\x86":
        return this.#push(this.#last(2));
      case "\x87":
        return this.#push(this.#last(3));
      case "a":
        return this.#append(this.#last(1));
      case "e":
        return this.#append(this.#sinceMark());
      case "s":
        return this.#set(this.#last(2));
      case "u":
        return this.#set(this.#sinceMark());
      case "q":
        return this.#remember(reader.byte());
      case "r":
        return this.#remember(reader.uint32());
      case "\x94": // MEMOIZE
        return this.#remember(this.#memo.size);
      case "h":
        return this.#recall(reader.byte());
      case "j":
        return this.#recall(reader.uint32());
      case "c":
        return this.#global(reader.line(), reader.line());
      case "\x93": // STACK_GLOBAL
        return this.#global(...this.#last(2) as [PickleValue, PickleValue]);
      case "Q": // BINPERSID
        return this.#push(this.#environment.persistent(this.pop(), this.#fail));
      case "R":
        return this.#reduce();
      case "b":
        return this.#build();
    }
    this.#fail(
      `it holds the opcode 0x${opcode.toString(16).padStart(2, "0")}, which no dictionary of ` +
        "tensors needs",
    );
  }

  pop(): PickleValue {
    const value = this.#stack.pop();
    if (value === undefined || value === MARK) this.#fail("it takes from an empty stack");
    return value as PickleValue;
  }

  #push(value: PickleValue | typeof MARK): void {
    if (this.#stack.length >= MOST_ENTRIES) this.#fail(`it holds more than ${MOST_ENTRIES} values`);
    this.#stack.push(value);
  }

  #protocol(version: number): void {
    if (version < 2 || version > 5) {
      this.#fail(`its protocol is ${version}, wanted 2 to 5`);
    }
  }

  #last(count: number): PickleValue[] {
    return Array.from({ length: count }, () => this.pop()).reverse();
  }

  #sinceMark(): PickleValue[] {
    const from = this.#stack.lastIndexOf(MARK);
    if (from < 0) this.#fail("a mark is missing");
    return this.#stack.splice(from).slice(1) as PickleValue[];
  }

  #top(): PickleValue {
    const value = this.#stack.at(-1);
    if (value === undefined || value === MARK) this.#fail("it looks at an empty stack");
    return value as PickleValue;
  }

  #append(values: PickleValue[]): void {
    const list = this.#top();
    if (!Array.isArray(list)) return this.#fail("it appends to what is no list");
    if (list.length + values.length > MOST_ENTRIES) {
      this.#fail(`it holds more than ${MOST_ENTRIES} values`);
    }
    for (const value of values) list.push(value);
  }

  #set(pairs: PickleValue[]): void {
    const map = this.#top();
    if (!(map instanceof Map)) return this.#fail("it sets an entry of what is no dictionary");
    if (pairs.length % 2 !== 0) this.#fail("an entry of a dictionary has a key and no value");
    for (let i = 0; i < pairs.length; i += 2) map.set(pairs[i]!, pairs[i + 1]!);
  }

  #remember(key: number): void {
    if (this.#memo.size >= MOST_ENTRIES) {
      this.#fail(`it remembers more than ${MOST_ENTRIES} values`);
    }
    this.#memo.set(key, this.#top());
  }

  #recall(key: number): void {
    const value = this.#memo.get(key);
    if (value === undefined) return this.#fail(`it recalls ${key}, which it never remembered`);
    this.#push(value);
  }

  #global(module: PickleValue, name: PickleValue): void {
    if (typeof module !== "string" || typeof name !== "string") {
      return this.#fail("it names a function by what is no text");
    }
    const known = this.#environment.globals.get(`${module}.${name}`);
    if (known === undefined) {
      return this.#fail(
        `it names ${
          shown(`${module}.${name}`)
        }, which is no part of weights and is never run; wanted a state ` +
          "dictionary alone, as torch.save(model.state_dict(), FILE) writes it",
      );
    }
    this.#push(known);
  }

  #reduce(): void {
    const [called, args] = this.#last(2);
    if (!(called instanceof PickleGlobal)) return this.#fail("it calls what is no function");
    if (!Array.isArray(args)) {
      return this.#fail(`it calls ${called.name} with what are no arguments`);
    }
    this.#push(called.call(args, this.#fail));
  }

  /** What Python would set on an object: of a dictionary these are notes, which nobody needs. */
  #build(): void {
    this.pop();
    if (!(this.#top() instanceof Map)) this.#fail("it sets the state of what is no dictionary");
  }
}

/** A name as one short line, whatever is in it. */
export function shown(name: string): string {
  const line = name.replaceAll(/[\p{Cc}\p{Cf}]/gu, "?");
  return line.length > 80 ? `${line.slice(0, 80)}…` : line;
}

/** Numbers that JavaScript holds as such. */
function plain(value: bigint): number | bigint {
  return BigInt.asIntN(53, value) === value ? Number(value) : value;
}
