/// <reference lib="dom" />
/** The worker with the networks, started anew where it ends. */
import { useEffect, useRef, useState } from "../deps/preact.ts";
import { WorkerClient } from "../../lib/base/workers/worker_client.ts";
import { TEXTS } from "../texts.ts";
import type { News, PageWork, Tasks } from "../worker/protocol.ts";

/** What is known of the networks, and how to ask them. */
export interface Networks {
  /** Undefined until they are loaded. */
  readonly known: Tasks["model"]["result"] | undefined;
  /** Why they cannot be loaded. */
  readonly failure: string | undefined;
  /** Has the worker do a task; throws what it throws, or that it has ended. */
  ask<Kind extends keyof Tasks>(
    task: Tasks[Kind]["task"] & { readonly kind: Kind },
    onNews?: (news: News) => void,
  ): Promise<Tasks[Kind]["result"]>;
  /** Ends a curve under way. */
  stop(): void;
  /** Tries again to load them. */
  reload(): void;
}

/** Starts the worker, with the threads that the address asks for (`?threads=1`), if any. */
export function useNetworks(): Networks {
  const worker = useRef<WorkerClient<PageWork> | null>(null);
  const [known, setKnown] = useState<Networks["known"]>(undefined);
  const [failure, setFailure] = useState<string | undefined>(undefined);
  const start = () => {
    worker.current?.[Symbol.dispose]();
    const wanted = Number(new URLSearchParams(location.search).get("threads"));
    const threads = Number.isInteger(wanted) && wanted >= 1 && wanted <= 64 ? wanted : null;
    const own = new WorkerClient<PageWork>(new URL("segment_worker.js", document.baseURI), {
      threads,
      base: new URL(".", document.baseURI).href,
    });
    worker.current = own;
    setFailure(undefined);
    own.ask({ kind: "model" }).then(
      (found) => setKnown(found as Tasks["model"]["result"]),
      (error) => own === worker.current && setFailure(error.message),
    );
  };
  useEffect(() => {
    start();
    return () => worker.current?.[Symbol.dispose]();
  }, []);
  return {
    known,
    failure,
    async ask(task, onNews) {
      const own = worker.current!;
      try {
        return await own.ask(task, onNews) as Tasks[typeof task.kind]["result"];
      } catch (error) {
        // A trap leaves a heap that nobody can use; a worker that is gone needs another.
        const broken = own.ended || (error as Error).name === "RuntimeError";
        if (!broken || own !== worker.current) throw error;
        start();
        throw new Error(TEXTS.crashed, { cause: error });
      }
    },
    stop: () => worker.current?.order("stop"),
    reload: start,
  };
}
