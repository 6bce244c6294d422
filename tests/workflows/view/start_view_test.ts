import { assert, assertEquals, assertRejects, assertStringIncludes } from "../../deps.ts";
import { RunFolderError } from "../../../lib/formats/run_folder/run_folder_error.ts";
import { pageProgressSchema } from "../../../lib/workflows/view/page_progress.ts";
import { startView } from "../../../lib/workflows/view/start_view.ts";
import { inFolder } from "../../imaging/data/tiny_heart.ts";
import { writeSyntheticStudy } from "../study/synthetic_study.ts";
import { withRun } from "../runs/tiny_run.ts";

/** What a server answers to lines of HTTP, by which a test may name any host. */
async function answered(port: number, ...lines: string[]): Promise<string> {
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  const text = [...lines, "Connection: close", "", ""].join("\r\n");
  await connection.write(new TextEncoder().encode(text));
  return await new Response(connection.readable).text();
}

/** The first event of a stream, less what comes after it. */
async function firstEvent(url: string): Promise<string> {
  const ending = new AbortController();
  const response = await fetch(url, { signal: ending.signal });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (!text.includes("\n\n")) text += (await reader.read()).value;
  ending.abort();
  return text.slice(0, text.indexOf("\n\n"));
}

Deno.test("startView() serves a run to those alone who know its address", () =>
  withRun(async ({ dir }) => {
    const view = await startView(dir);
    try {
      const { port, pathname, hostname } = new URL(view.url);
      assertEquals(hostname, "127.0.0.1");
      assert(/^\/[0-9a-f]{32}\/$/.test(pathname), pathname);
      const page = await fetch(view.url);
      assertStringIncludes(await page.text(), `<html lang="en" data-kind="view">`);
      const policy = page.headers.get("content-security-policy")!;
      assertStringIncludes(policy, "default-src 'none'; script-src 'self' 'wasm-unsafe-eval';");
      assert(!/https?:|\*/.test(policy), policy);
      assertEquals(page.headers.get("cross-origin-opener-policy"), "same-origin");
      assertEquals(page.headers.get("cross-origin-embedder-policy"), "require-corp");

      const status = async (path: string, method = "GET") => {
        const response = await fetch(`http://127.0.0.1:${port}${path}`, { method });
        await response.body?.cancel();
        return response.status;
      };
      for (const path of ["/", "/model.json", `/${"0".repeat(32)}/`, `${pathname}config.json`]) {
        assertEquals(await status(path), 404, path);
      }
      assertEquals(await status(pathname, "POST"), 405);
      const get = (path: string, host: string) =>
        answered(Number(port), `GET ${path} HTTP/1.1`, `Host: ${host}`);
      for (
        const path of ["../config.json", "..%2fconfig.json", "a/../../etc/passwd", "/etc/passwd"]
      ) {
        const text = await get(pathname + path, `127.0.0.1:${port}`);
        assertStringIncludes(text, "404 Not Found");
      }
      assertStringIncludes(await get(pathname, `rebound.example:${port}`), "403 Forbidden");
      assertStringIncludes(await get(pathname, `127.0.0.1:${port}`), "200 OK");

      for (
        const name of ["page.js", "segment_worker.js", "dcm2niix_worker.js", "service_worker.js"]
      ) {
        const script = await (await fetch(view.url + name)).text();
        assertEquals(/[;{}]using [\w$]+=|fromBase64/.exec(script)?.[0], undefined, name);
      }

      const event = await firstEvent(`${view.url}progress`);
      assertEquals(event.split("\n")[0], "event: progress");
      const now = pageProgressSchema.parse(JSON.parse(event.split("\ndata: ")[1]!));
      assertEquals(now.kind === "run" && [now.state, now.step], ["resting", 0]);
    } finally {
      await view.stop();
      await view.finished;
    }
  }));

Deno.test("startView() serves pages of a study's runs, and of nothing beside them", () =>
  inFolder(async (dir) => {
    const study = `${dir}/study`;
    await writeSyntheticStudy(study, { methods: ["standard", "full"], seeds: [0] });
    const view = await startView(study);
    try {
      const at = async (path: string) => {
        const response = await fetch(view.url + path);
        return `${response.status} ${await response.text()}`;
      };
      assertStringIncludes(await at(""), `200 <!doctype html>\n<html lang="en" data-kind="study">`);
      assertStringIncludes(await firstEvent(`${view.url}progress`), `"id":"full-seed0"`);
      const run = "run/full-seed0/";
      assertStringIncludes(await at(run), `data-kind="view">`);
      assertStringIncludes(await at(`${run}style.css`), "200 :root");
      assertStringIncludes(await firstEvent(`${view.url}${run}progress`), `"kind":"run"`);
      assertStringIncludes(await at(`${run}model.json`), "500 Cannot load run");
      for (
        const path of [
          ...["model.json", "run/", "run/full-seed0", "run/none/", "run/..%2f..%2frun/", "runs/"],
          ...[`${run}more/`, "run/constructor/", "constructor", `${run}__proto__`],
        ]
      ) assertEquals((await at(path)).slice(0, 4), "404 ", path);

      await Deno.writeTextFile(`${dir}/log.jsonl`, "");
      await Deno.remove(`${study}/runs/full-seed0/log.jsonl`).catch(() => {});
      await Deno.symlink(`${dir}/log.jsonl`, `${study}/runs/full-seed0/log.jsonl`);
      assertStringIncludes(await at(`${run}model.json`), "500 Cannot show ");
      assertStringIncludes(await firstEvent(`${view.url}${run}progress`), "event: failure");
    } finally {
      await view.stop();
    }
  }));

Deno.test("startView() tells of a run that is taken away, and of a port that is not free", () =>
  withRun(async ({ dir }) => {
    const view = await startView(dir), { port } = new URL(view.url);
    try {
      await Deno.writeTextFile(`${dir}/evaluation.json`, "null");
      assertStringIncludes(await firstEvent(`${view.url}progress`), `"state":"evaluated"`);
      const error = await assertRejects(() => startView(dir, { port: Number(port) }));
      assertStringIncludes((error as Error).message, `Cannot serve on port ${port}`);
      await Deno.remove(dir, { recursive: true });
      assertStringIncludes(await firstEvent(`${view.url}progress`), "event: failure");
      const response = await fetch(`${view.url}model.json`);
      assertStringIncludes(await response.text(), `Cannot load run ${dir}: it holds no checkpoint`);
    } finally {
      await view.stop();
      await Deno.mkdir(dir, { recursive: true });
    }
  }));

Deno.test("startView() refuses a folder that holds no run", () =>
  inFolder(async (dir) => {
    await assertRejects(() => startView(dir), RunFolderError, dir);
  }));
