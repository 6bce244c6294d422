/** Suites of patients' volumes, where a folder with some lies beside the repository. */
import { assertEquals } from "../../deps.ts";
import { datasetOrigin } from "../../../lib/workflows/artifact_files/origin.ts";
import { replayManifest } from "../../../lib/workflows/artifact_files/replay_manifest.ts";
import { writeSuite } from "../../../lib/workflows/artifact_files/write_suite.ts";
import { openDataset } from "../../../lib/imaging/data/cases/open_dataset.ts";
import { fromFileUrl } from "../../../lib/base/deps/std.ts";
import { whereThereIs } from "../../where_there_is.ts";
import { filesIn, inFolder } from "./small_dataset.ts";

const DATA = fromFileUrl(new URL("../../../../shared/data/", import.meta.url));

for (const [layout, subject] of [["acdc", "patient001"], ["mnms", "B5F8L9"]] as const) {
  const from = `${DATA}${layout}/${subject}`;
  const name = `writeSuite() and replayManifest() agree to the byte on ${layout}`;
  Deno.test({
    ...await whereThereIs(from, name),
    fn: () =>
      inFolder(async (dir) => {
        await Deno.mkdir(`${dir}/in/${subject}`, { recursive: true });
        for (const [path, bytes] of await filesIn(from)) {
          await Deno.writeFile(`${dir}/in/${subject}/${path}`, bytes);
        }
        const origin = datasetOrigin(`${dir}/in`, layout);
        await writeSuite({ origin, output: `${dir}/a`, repeats: 1, threads: 1 });
        const output = `${dir}/b`;
        const { changed } = await replayManifest(`${dir}/a/manifest.json`, { output, threads: 2 });
        assertEquals(changed, []);
        const [a, b] = [await filesIn(`${dir}/a`), await filesIn(output)];
        assertEquals([...a.keys()], [...b.keys()]);
        for (const [path, bytes] of a) {
          if (bytes.some((byte, n) => byte !== b.get(path)![n])) throw new Error(`${path} differs`);
        }
        assertEquals((await openDataset(`${dir}/a/RandSpike`, layout)).cases.length, 2);
      }),
  });
}
