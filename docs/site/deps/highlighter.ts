/** Pins what colours code. */
import highlighter from "npm:highlight.js@11.12.0/lib/core";
import bash from "npm:highlight.js@11.12.0/lib/languages/bash";
import json from "npm:highlight.js@11.12.0/lib/languages/json";
import python from "npm:highlight.js@11.12.0/lib/languages/python";
import typescript from "npm:highlight.js@11.12.0/lib/languages/typescript";
import yaml from "npm:highlight.js@11.12.0/lib/languages/yaml";

const NAMES = { sh: bash, ts: typescript, json, python, yaml };
for (const [name, language] of Object.entries(NAMES)) {
  highlighter.registerLanguage(name, language);
}

/** Code as HTML with classes; undefined in a language that is not known. */
export function highlight(code: string, language: string): string | undefined {
  if (!Object.hasOwn(NAMES, language)) return undefined;
  return highlighter.highlight(code, { language }).value;
}
