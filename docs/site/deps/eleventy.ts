/** Pins Eleventy, which makes the pages, with the markdown-it that it brings. */
import eleventy from "npm:@11ty/eleventy@3.1.8";

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
  /** Turns a rule of the syntax on. */
  enable(rule: string): void;
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
