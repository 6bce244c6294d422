import { assert, assertEquals } from "../../deps.ts";
import { decodeSafetensors } from "../../../lib/formats/safetensors/decode.ts";
import { pageModelSchema } from "../../../lib/workflows/view/page_model.ts";
import { readPageModel } from "../../../lib/workflows/view/read_page_model.ts";
import { inFolder } from "../../imaging/data/tiny_heart.ts";
import { trainTinyRun } from "./view_page.ts";

Deno.test("readPageModel() tells of networks what a page needs, and no path", () =>
  inFolder(async (dir) => {
    await trainTinyRun(`${dir}/mine`);
    const { model, weights } = await readPageModel(`${dir}/mine`);
    const text = JSON.stringify(model);
    assert(!text.includes(dir), text);
    assertEquals(pageModelSchema.parse(JSON.parse(text)), model);
    assertEquals([model.name, model.step, model.data.fingerprint], ["mine", 1, null]);
    assertEquals(weights.length, model.weightsBytes);
    const { tensors, metadata } = decodeSafetensors(weights);
    assertEquals([...tensors.keys()].filter((name) => name.includes("adam")), []);
    assertEquals(metadata, {});
  }));
