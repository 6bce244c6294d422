/** A run in the browser, served to this computer alone. */
import { messageOf } from "../../base/text/message_of.ts";
import { openRunFolder } from "../runs/open_run_folder.ts";
import { jobsOf } from "../study/plan/jobs_of.ts";
import { loadPlan, studyFolder } from "../study/plan/study_folder.ts";
import type { StudyPlan } from "../study/plan/study_plan.ts";
import { indexPage, pageFiles } from "./page_files.ts";
import { eventReply, reply, textReply } from "./replies.ts";
import { type Answers, runAnswers } from "./run_answers.ts";
import { StudyFollower } from "./study_progress.ts";

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
 * Serves the page of a run, or of a study's progress with pages of its runs below, on the loopback address.
 * The path begins with a random word, so that no other page or person on this computer finds it, and
 * requests by another name of the host are refused, so that no name on the network can be made to lead
 * here (DNS rebinding). Reads nothing but files in the folder.
 *
 * @throws {RunFolderError | StudyError} If the folder holds no run, and no study.
 * @throws {PageError} If the page cannot be made.
 * @throws {Deno.errors.AddrInUse} If the port is taken.
 */
export async function startView(dir: string, { port = 0 }: ViewOptions = {}): Promise<View> {
  const plan = await loadPlan(studyFolder(dir));
  if (plan === undefined) await openRunFolder(dir);
  const files = await pageFiles("view");
  const index = plan ? await indexPage("study") : files.get("index.html")!;
  const own = plan ? studyAnswers(dir, plan) : runAnswers(dir, dir);
  const runs = plan ? answersOfRuns(dir, plan) : () => undefined;
  const token = crypto.getRandomValues(new Uint8Array(TOKEN_BYTES)).toHex();

  const answerTo = async (pathname: string): Promise<Response> => {
    const [, word, ...parts] = pathname.split("/");
    const name = parts.pop();
    if (word !== token || name === undefined) return textReply(404, "There is no such page");
    const [below, id, ...more] = parts, isOfRun = below === "run" && id !== undefined;
    const answers = below === undefined ? own : isOfRun && more.length === 0 ? runs(id) : undefined;
    if (answers === undefined) return textReply(404, "There is no such page");
    const answer = Object.hasOwn(answers, name) ? answers[name] : undefined;
    if (answer !== undefined) return await answer();
    if (name === "") return reply("index.html", isOfRun ? files.get("index.html")! : index);
    const file = files.get(name);
    return file ? reply(name, file) : textReply(404, "There is no such file");
  };

  const ending = new AbortController();
  const server = serve(port, ending.signal, (request) => {
    const host = request.headers.get("host"), { pathname } = new URL(request.url);
    const { port } = server.addr;
    if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) {
      return textReply(403, "This page is served by the name 127.0.0.1 or localhost alone");
    }
    if (request.method !== "GET" && request.method !== "HEAD") {
      return textReply(405, "GET and HEAD are all that there is");
    }
    return answerTo(pathname);
  });
  return {
    url: `http://127.0.0.1:${server.addr.port}/${token}/`,
    finished: server.finished,
    async stop() {
      ending.abort();
      await server.finished;
    },
  };
}

function serve(
  port: number,
  signal: AbortSignal,
  answer: (request: Request) => Promise<Response> | Response,
): Deno.HttpServer<Deno.NetAddr> {
  // What could not be read is told to the page, which shows it.
  const onError = (error: unknown) => textReply(500, messageOf(error));
  try {
    return Deno.serve({ hostname: "127.0.0.1", port, signal, onListen() {}, onError }, answer);
  } catch (error) {
    if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    throw new Deno.errors.AddrInUse(
      `Cannot serve on port ${port} of 127.0.0.1: something else has it; leave --port out for a free one`,
      { cause: error },
    );
  }
}

function studyAnswers(dir: string, plan: StudyPlan): Answers {
  return {
    progress: () => {
      const follower = new StudyFollower(dir, plan);
      return eventReply(() => follower.look());
    },
  };
}

/** The answers of a study's runs, by the name of the job as an address has it; no others are known. */
function answersOfRuns(dir: string, plan: StudyPlan): (id: string) => Answers | undefined {
  const folder = studyFolder(dir);
  const runs = new Map(
    jobsOf(plan).map((job) => [
      encodeURIComponent(job.id),
      runAnswers(folder.run(job).dir, dir),
    ]),
  );
  return (id) => runs.get(id);
}
