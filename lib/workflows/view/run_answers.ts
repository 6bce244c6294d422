/** What a server tells a page of a run: its networks, and how far it is. */
import { runFolder } from "../../formats/run_folder/run_folder.ts";
import { findCheckpoint } from "../runs/find_checkpoint.ts";
import { assertConfined } from "./confined.ts";
import { eventReply, jsonReply, reply } from "./replies.ts";
import { type ModelFiles, readPageModel } from "./read_page_model.ts";
import { RunFollower } from "./run_progress.ts";

/** Answers by the name that is asked for. */
export type Answers = Readonly<Record<string, () => Promise<Response> | Response>>;

/**
 * The answers of a run.
 *
 * @param root What all files of the run must lie in: its own folder, or its study's.
 */
export function runAnswers(dir: string, root: string): Answers {
  const model = modelOf(dir, root);
  return {
    "model.json": async () => jsonReply((await model()).model),
    "model.safetensors": async () => reply("model.safetensors", (await model()).weights),
    "progress": () => {
      const follower = new RunFollower(dir);
      return eventReply(async () => {
        await assertConfined(dir, root);
        return await follower.look();
      });
    },
  };
}

/** The run's networks as they are now, read once as long as their file stays. */
function modelOf(dir: string, root: string): () => Promise<ModelFiles> {
  let read: { readonly changed: number; readonly files: Promise<ModelFiles> } | undefined;
  return async () => {
    await assertConfined(dir, root);
    const { mtime } = await Deno.stat(await findCheckpoint(runFolder(dir)));
    const changed = mtime?.getTime() ?? 0;
    if (read?.changed !== changed) {
      const files = readPageModel(dir);
      read = { changed, files };
      // What was half written may be whole the next time.
      files.catch(() => read = undefined);
    }
    return await read.files;
  };
}
