/** A run in the browser, served to this computer alone. */
import { runFolder } from "../../formats/run_folder/run_folder.ts";
import { findCheckpoint } from "../runs/find_checkpoint.ts";
import { openRunFolder } from "../runs/open_run_folder.ts";
import { loadPlan, studyFolder } from "../study/plan/study_folder.ts";
import { messageOf } from "../../base/text/message_of.ts";
import { pageFiles } from "./page_files.ts";
import { mediaType, PAGE_HEADERS } from "./page_policy.ts";
import { progressStream } from "./progress_stream.ts";
import { RunFollower } from "./run_progress.ts";
import { studyProgress } from "./study_progress.ts";
import { type ModelFiles, readPageModel } from "./read_page_model.ts";

/** How to serve. */
export interface ViewOptions {
  /** The port; 0, the default, takes a free one. */
  readonly port?: number;
}

/** A page that is served. */
export interface View {
  /** Its address, with a word that nobody can guess. */
  readonly url: string;
  /** Resolved when it is served no more. */
  readonly finished: Promise<void>;
  /** Ends it. */
  stop(): Promise<void>;
}

/** Bytes of the word in the address. */
const TOKEN_BYTES = 16;

/**
 * Serves the page of a run, or of a study's progress, on the loopback address. The path begins with a random word, so that no other page
 * or person on this computer finds it, and requests by another name of the host are refused, so that no
 * name on the network can be made to lead here (DNS rebinding). Reads nothing but the run's files.
 *
 * @throws {RunFolderError | StudyError} If the folder holds no run, and no study.
 * @throws {PageError} If the page cannot be made.
 * @throws {Deno.errors.AddrInUse} If the port is taken.
 */
export async function startView(dir: string, { port = 0 }: ViewOptions = {}): Promise<View> {
  const plan = await loadPlan(studyFolder(dir));
  if (plan === undefined) await openRunFolder(dir);
  const files = await pageFiles("view");
  const token = crypto.getRandomValues(new Uint8Array(TOKEN_BYTES)).toHex();
  const model = modelOf(dir);
  const answers: Readonly<Record<string, () => Promise<Response> | Response>> = {
    "model.json": async () => {
      if (plan) {
        return told(404, "This is a study, whose progress is told below: view one of its runs");
      }
      return json((await model()).model);
    },
    "model.safetensors": async () => reply("model.safetensors", (await model()).weights),
    "progress": () => {
      const follower = new RunFollower(dir);
      return new Response(
        progressStream(() => plan ? studyProgress(dir, plan) : follower.look()),
        {
          headers: {
            ...PAGE_HEADERS,
            "content-type": "text/event-stream",
            "cache-control": "no-store",
          },
        },
      );
    },
  };
  const ending = new AbortController();
  const server = Deno.serve(
    { hostname: "127.0.0.1", port, signal: ending.signal, onListen() {}, onError: refuse },
    async (request) => {
      const { pathname } = new URL(request.url), own = server.addr.port;
      const host = request.headers.get("host");
      if (host !== `127.0.0.1:${own}` && host !== `localhost:${own}`) {
        return told(403, "This page is served by the name 127.0.0.1 or localhost alone");
      }
      if (request.method !== "GET" && request.method !== "HEAD") {
        return told(405, "GET and HEAD are all that there is");
      }
      const [, word, name = "", ...more] = pathname.split("/");
      if (word !== token || more.length > 0) return told(404, "There is no such page");
      const answer = answers[name];
      if (answer !== undefined) return await answer();
      const file = files.get(name === "" ? "index.html" : name);
      return file ? reply(name === "" ? "index.html" : name, file) : told(404, "No such file");
    },
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}/${token}/`,
    finished: server.finished,
    async stop() {
      ending.abort();
      await server.finished;
    },
  };
}

/** The run's networks as they are now, read once as long as their file stays. */
function modelOf(dir: string): () => Promise<ModelFiles> {
  let read: { readonly changed: number; readonly files: Promise<ModelFiles> } | undefined;
  return async () => {
    const { mtime } = await Deno.stat(await findCheckpoint(runFolder(dir)));
    const changed = mtime?.getTime() ?? 0;
    if (read?.changed !== changed) read = { changed, files: readPageModel(dir) };
    return await read.files;
  };
}

function reply(name: string, body: Uint8Array<ArrayBuffer>): Response {
  const type = { "content-type": mediaType(name), "cache-control": "no-store" };
  return new Response(body, { headers: { ...PAGE_HEADERS, ...type } });
}

function json(value: unknown): Response {
  return reply("a.json", new TextEncoder().encode(JSON.stringify(value)));
}

function told(status: number, text: string): Response {
  const headers = { ...PAGE_HEADERS, "content-type": "text/plain; charset=utf-8" };
  return new Response(`${text}\n`, { status, headers });
}

/** What could not be read is told to the page, which shows it. */
function refuse(error: unknown): Response {
  return told(500, messageOf(error));
}
