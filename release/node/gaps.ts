/**
 * What Tandem uses of JavaScript's own objects and Node 20 lacks. Where something is there already it
 * stays; what is added does what the language says.
 */

/** Adds a function, as the language's own are: not listed among the keys. */
function fill(owner: object, name: string, value: unknown): void {
  if (name in owner) return;
  Object.defineProperty(owner, name, { value, writable: true, configurable: true });
}

fill(Promise, "withResolvers", function <T>() {
  let resolve!: (value: T | PromiseLike<T>) => void, reject!: (reason: unknown) => void;
  const promise = new Promise<T>((...functions) => [resolve, reject] = functions);
  return { promise, resolve, reject };
});

fill(Map, "groupBy", function <T, K>(items: Iterable<T>, keyOf: (item: T, at: number) => K) {
  const groups = new Map<K, T[]>();
  let at = 0;
  for (const item of items) {
    const key = keyOf(item, at++), own = groups.get(key);
    if (own === undefined) groups.set(key, [item]);
    else own.push(item);
  }
  return groups;
});

fill(Uint8Array, "fromHex", (text: string) => {
  if (!/^([0-9a-f]{2})*$/i.test(text)) {
    throw new SyntaxError("Cannot decode hex: wanted pairs of digits 0 to 9 and a to f");
  }
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
});

fill(
  Uint8Array,
  "fromBase64",
  (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)),
);

fill(Uint8Array.prototype, "toHex", function (this: Uint8Array) {
  return Array.from(this, (byte) => byte.toString(16).padStart(2, "0")).join("");
});

fill(Uint8Array.prototype, "toBase64", function (this: Uint8Array) {
  return btoa(Array.from(this, (byte) => String.fromCharCode(byte)).join(""));
});
