/** Progress as server-sent events: a moment whenever a look at the folder gives another one. */
import { messageOf } from "../../base/text/message_of.ts";
import type { PageProgress } from "./page_progress.ts";

/** Milliseconds between two looks. */
const INTERVAL = 500;

/**
 * A stream of events that ends with its reader, and looks no further ahead than it is read; what cannot be
 * read is told as an event `failure`.
 */
export function progressStream(look: () => Promise<PageProgress>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let ended = false, last = "";
  const next = async () => {
    try {
      return `event: progress\ndata: ${JSON.stringify(await look())}\n\n`;
    } catch (error) {
      return `event: failure\ndata: ${JSON.stringify(messageOf(error))}\n\n`;
    }
  };
  return new ReadableStream({
    async pull(controller) {
      while (!ended) {
        if (last !== "") await new Promise((resolve) => setTimeout(resolve, INTERVAL));
        const event = await next();
        if (ended || event === last) continue;
        last = event;
        return controller.enqueue(encoder.encode(event));
      }
    },
    cancel() {
      ended = true;
    },
  });
}
