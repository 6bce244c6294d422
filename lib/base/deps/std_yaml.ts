/** The YAML parser of Deno's standard library, apart from the rest so that it loads when needed. */
// deno-lint-ignore-file no-explicit-any
import * as yaml from "npm:deno-std@1.4.0/yaml/parse.js";

/** Parses one YAML document (JSON is YAML too); throws SyntaxError where it is malformed. */
export const parseYaml: (text: string) => unknown = (yaml as any).parse;
