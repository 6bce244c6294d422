/** Progress as server-sent events: a moment whenever a look at the folder gives another one. */
import { messageOf } from "../../base/text/message_of.ts";
import type { PageProgress } from "./page_progress.ts";

/** Milliseconds between two looks. */
const INTERVAL = 500;

/** A stream of events that ends with its reader; what cannot be read is told as an event `failure`. */
export function progressStream(look: () => Promise<PageProgress>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let ended = false, last = "";
  return new ReadableStream({
    async start(controller) {
      const tell = (event: string, data: string) => {
        if (!ended) controller.enqueue(encoder.encode(`event: ${event}\ndata: ${data}\n\n`));
      };
      while (!ended) {
        try {
          const text = JSON.stringify(await look());
          if (text !== last) tell("progress", text);
          last = text;
        } catch (error) {
          const text = JSON.stringify(messageOf(error));
          if (text !== last) tell("failure", text);
          last = text;
        }
        await new Promise((resolve) => setTimeout(resolve, INTERVAL));
      }
    },
    cancel() {
      ended = true;
    },
  });
}
