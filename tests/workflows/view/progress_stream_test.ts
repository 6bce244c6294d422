import { assertEquals } from "../../deps.ts";
import type { PageProgress } from "../../../lib/workflows/view/page_progress.ts";
import { progressStream } from "../../../lib/workflows/view/progress_stream.ts";

Deno.test("progressStream() tells what has changed, also that it cannot be read, and waits for its reader", async () => {
  const moments = ["left", "left", undefined, "done"] as const;
  let looks = 0;
  const stream = progressStream(() => {
    const state = moments[looks++];
    if (state === undefined) throw new Error("a\nb");
    const job = { id: "one", state, step: 0, hasRun: false };
    return Promise.resolve<PageProgress>({ kind: "study", jobs: [job] });
  });
  const reader = stream.getReader(), decoder = new TextDecoder();
  const told = async () => decoder.decode((await reader.read()).value);
  const progress = (state: string) =>
    `event: progress\ndata: {"kind":"study","jobs":[{"id":"one","state":"${state}","step":0,"hasRun":false}]}\n\n`;
  assertEquals(await told(), progress("left"));
  assertEquals(await told(), `event: failure\ndata: "a b"\n\n`);
  assertEquals(await told(), progress("done"));
  await reader.cancel();
});
