/** Values that programs stumble over, for headers and texts. */

/** Whole numbers, the last of which 32 or 64 bits may not hold. */
export const ODD_INTEGERS: readonly number[] = [
  ...[0, 1, -1, 2, 3, 7, 8, 127, 128, 255, 256, 32767, -32768, 65535, 65536],
  ...[2 ** 31 - 1, 2 ** 31, -(2 ** 31), 2 ** 32 - 1, 2 ** 32, 2 ** 40, 2 ** 53 - 1, 2 ** 53],
  ...[-(2 ** 53), 2 ** 62],
];

/** Numbers that are no finite whole ones. */
export const ODD_FLOATS: readonly number[] = [
  ...[NaN, Infinity, -Infinity, -0, 0.5, -1.5, 1e-320, 1e-30, 1e30, 1.7e308, -1.7e308],
];

/** Texts that mean something elsewhere. */
export const ODD_TEXTS: readonly string[] = [
  ...["", " ", "0", "-1", "1e400", "NaN", "null", "true", "[]", "{}", "__proto__", "constructor"],
  ...["toString", "prototype", "hasOwnProperty", "length", "../../../etc/passwd", "/etc/passwd"],
  ...["/dev/null", "C:\\x", "a/b", "..", ".", "~", "a\0b", "a\nb", "a\r\nb", "\ud800", "\u202e"],
  ...[
    "\x1b[31mred\x1b[0m",
    "\x1b]0;title\x07",
    "\x9b2J",
    "<script>alert(1)</script>",
    '"',
    "'",
    "`",
  ],
  ...[
    "=cmd()",
    "+1",
    "@x",
    "%00",
    "%s%n",
    "${x}",
    "\\",
    ",",
    ";",
    "\t",
    "\ufeff",
    "ä€😀",
    "2024-01-01",
  ],
];

/** JSON values as text, some of which JavaScript's own writer would not write. */
export const ODD_JSON: readonly string[] = [
  ...[
    "null",
    "{}",
    "[]",
    "true",
    "false",
    "[null]",
    "[[]]",
    "[{}]",
    '{"a":{}}',
    "1e400",
    "-1e400",
    "-0",
  ],
  ...['{"toString":null}', '{"toString":1,"valueOf":1}', '{"length":1e9}', '{"length":-1}', "1.5"],
  ...['{"__proto__":null}', '{"__proto__":{"x":1}}', '{"constructor":{"prototype":null}}'],
  ...['{"then":1}', '{"0":1}', "9007199254740993", "1e21", "1e-7", "5e-324"],
  ...ODD_INTEGERS.map(String),
  ...ODD_TEXTS.map((text) => JSON.stringify(text)),
];
