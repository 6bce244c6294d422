/** What a page's server answers with; all of it has the headers of the page. */
import type { PageProgress } from "./page_progress.ts";
import { mediaType, PAGE_HEADERS } from "./page_policy.ts";
import { progressStream } from "./progress_stream.ts";

/** A file, of the type that its name tells. */
export function reply(name: string, body: Uint8Array<ArrayBuffer>): Response {
  return answer(body, mediaType(name));
}

/** A value as JSON. */
export function jsonReply(value: unknown): Response {
  return answer(JSON.stringify(value), mediaType("a.json"));
}

/** Progress, as it goes on. */
export function eventReply(look: () => Promise<PageProgress>): Response {
  return answer(progressStream(look), "text/event-stream");
}

/** A sentence for people. */
export function textReply(status: number, text: string): Response {
  return answer(`${text}\n`, "text/plain; charset=utf-8", status);
}

function answer(body: BodyInit, type: string, status = 200): Response {
  const headers = { ...PAGE_HEADERS, "content-type": type, "cache-control": "no-store" };
  return new Response(body, { status, headers });
}
