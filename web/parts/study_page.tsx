/** @jsx h */
// deno-lint-ignore-file verbatim-module-syntax -- JSX becomes calls of h
/// <reference lib="dom" />
import { h } from "../deps/preact.ts";
import { TEXTS } from "../texts.ts";
import { Progress } from "./progress.tsx";

/** The page of a study: its jobs, each with a page of its own where there is a run. */
export function StudyPage() {
  return (
    <div>
      <header>
        <h1>{TEXTS.title(TEXTS.study)}</h1>
        <p class="quiet">{TEXTS.studyHint}</p>
      </header>
      <main>
        <Progress onReload={() => {}} colours={[]} />
      </main>
    </div>
  );
}
