/** What the worker of `case_preparation.ts` runs. */
import { serveTasks } from "../../../base/workers/serve_tasks.ts";
import { openOrigin } from "../cases/open_cases.ts";
import { PreparedCache } from "../cases/prepared_cache.ts";
import { type PreparationWork, takeCase } from "./messages.ts";
import { provideCase, type ProvidedCase } from "./provide_case.ts";

serveTasks<PreparationWork>(async ({ origin, preparation, cache: dir }) => {
  const { cases } = await openOrigin(origin);
  const sources = new Map(cases.map((source) => [source.id, source]));
  return {
    async work(list, tell) {
      const cache = dir === null
        ? undefined
        : new PreparedCache(dir, (text) => tell({ kind: "notice", text }));
      for (const id of list.ids) {
        if (!takeCase(list, id)) continue;
        let provided: ProvidedCase;
        try {
          provided = await provideCase(sources.get(id)!, preparation, { cache });
        } catch {
          // The main thread tries it again, and meets the error itself.
          tell({ kind: "failed", id });
          continue;
        }
        // Memory goes to the main thread instead of being copied.
        const blocks = "packed" in provided ? provided.packed.blocks : [];
        tell({ kind: "case", id, provided }, blocks.map(({ buffer }) => buffer));
      }
    },
  };
});
