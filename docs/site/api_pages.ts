/** Every exported symbol as pages, by `deno doc --html`. */
import project from "../../deno.json" with { type: "json" };
import { escapeHtml } from "../../lib/base/deps/std.ts";
import { relative } from "./links.ts";
import { filesBelow } from "./pages.ts";
import { standInMap } from "./stand_ins.ts";

/** Makes the pages of `mod.ts` and of the paths that `deno.json` exports, below `api/` of the site. */
export async function writeApiPages(root: URL, output: URL): Promise<void> {
  const folder = new URL("api/", output);
  const map = await standInMap(root);
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["doc", "--html", "--quiet", "--no-lock", "--import-map", map, "--name=Tandem"],
      ...[`--output=${folder.pathname}`, ...Object.values(project.exports)],
    ],
    cwd: root,
    env: { NO_COLOR: "1" },
  }).output().finally(() => Deno.remove(map));
  if (code !== 0) {
    throw new Error(`Cannot make the API's pages: ${new TextDecoder().decode(stderr)}`);
  }
  await Promise.all((await filesBelow(output, "api/")).map(async (path) => {
    if (!path.endsWith(".html")) return;
    const file = new URL(path.replaceAll("%", "%25"), output);
    const back = escapeHtml(relative(path, "api.html"));
    const link =
      `<p style="margin:0;padding:.5rem 1rem"><a href="${back}">← Tandem's pages</a></p>`;
    const text = await Deno.readTextFile(file);
    // Without an icon of its own a browser asks for one at the root of the host.
    const head = text.replace("</head>", '<link rel="icon" href="data:,"></head>');
    await Deno.writeTextFile(file, head.replace(/<body[^>]*>/, (body) => body + link));
  }));
}
