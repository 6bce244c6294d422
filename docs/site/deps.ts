/** The one place that pins the packages of the site; no other part of Tandem imports them. */
import eleventy from "npm:@11ty/eleventy@3.1.8";
import highlighter from "npm:highlight.js@11.12.0/lib/core";
import bash from "npm:highlight.js@11.12.0/lib/languages/bash";
import json from "npm:highlight.js@11.12.0/lib/languages/json";
import python from "npm:highlight.js@11.12.0/lib/languages/python";
import typescript from "npm:highlight.js@11.12.0/lib/languages/typescript";
import yaml from "npm:highlight.js@11.12.0/lib/languages/yaml";
import maths from "npm:temml@0.13.5";

export { default as GithubSlugger } from "npm:github-slugger@2.0.0";

/** What is used of Eleventy's configuration; the package has no types. */
export interface SiteConfig {
  addTemplate(path: string, content: string, data: Record<string, unknown>): void;
  addTransform(
    name: string,
    change: (this: { page: { inputPath: string } }, content: string) => string,
  ): void;
  amendLibrary(name: "md", change: (library: MarkdownLibrary) => void): void;
  setUseGitIgnore(use: boolean): void;
}

/** A token of markdown-it. */
export interface MarkdownToken {
  type: string;
  tag: string;
  content: string;
  info: string;
  markup: string;
  children: MarkdownToken[] | null;
  attrGet(name: string): string | null;
  attrSet(name: string, value: string): void;
}

/** What is used of markdown-it, which Eleventy brings along. */
export interface MarkdownLibrary {
  readonly core: {
    readonly ruler: {
      push(name: string, rule: (state: MarkdownState) => void): void;
    };
  };
  readonly renderer: {
    rules: Record<
      string,
      ((tokens: MarkdownToken[], at: number) => string) | undefined
    >;
  };
  set(options: Record<string, unknown>): void;
}

/** A document on its way: its tokens, and the data of its template. */
export interface MarkdownState {
  readonly tokens: MarkdownToken[];
  readonly env: Record<string, unknown>;
}

/** Eleventy, given where templates lie and where pages go. */
export const Eleventy = eleventy as unknown as new (
  input: string,
  output: string,
  options: {
    readonly quietMode: boolean;
    readonly configPath: false;
    readonly config: (config: SiteConfig) => void;
  },
) => { write(): Promise<unknown> };

const NAMES = { sh: bash, ts: typescript, json, python, yaml };
for (const [name, language] of Object.entries(NAMES)) {
  highlighter.registerLanguage(name, language);
}

/** Code as HTML with classes; undefined in a language that is not known. */
export function highlight(code: string, language: string): string | undefined {
  if (!Object.hasOwn(NAMES, language)) return undefined;
  return highlighter.highlight(code, { language }).value;
}

/** TeX as MathML, which browsers draw with fonts of their own. */
export function mathml(tex: string, displayMode: boolean): string {
  return maths.renderToString(tex, { displayMode, throwOnError: true });
}
