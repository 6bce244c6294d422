/** What a worker runs that segments cases by an ONNX model. */
import { toCodes } from "../../../base/task/label_codes.ts";
import { dirname, join } from "../../../base/deps/std.ts";
import { serveTasks } from "../../../base/workers/serve_tasks.ts";
import { makeFolder } from "../../../formats/files/make_folder.ts";
import { type NiftiImage, withVoxels } from "../../../formats/nifti/nifti_image.ts";
import { writeNifti } from "../../../formats/nifti/write_nifti.ts";
import type { FileCase } from "../../../imaging/data/cases/case_source.ts";
import { DatasetError } from "../../../imaging/data/cases/dataset_error.ts";
import { openDataset } from "../../../imaging/data/cases/open_dataset.ts";
import type { Task } from "../../../base/task/task.ts";
import type { Voxels } from "../../../base/volume/volume.ts";
import type { ModelRecord } from "../../exchange/model_record.ts";
import { findInputs } from "../../runs/find_inputs.ts";
import type { ModelConfig } from "./model_config.ts";
import { modelGrid } from "./model_grid.ts";
import { openOnnx } from "./onnx_session.ts";
import { segmentExported } from "./segment_exported.ts";
import { type RunModel, segmentInTiles } from "./segment_tiles.ts";

/** A foreign model's wishes with channels as numbers and codes as they are written. */
export interface SettledModelConfig extends Omit<ModelConfig, "channels" | "codes"> {
  readonly channels: readonly number[];
  readonly codes: readonly number[];
}

/** What goes to and fro. */
export interface OnnxWork {
  readonly start: {
    /** The model's file. */
    readonly path: string;
    /** Files beside it that hold weights. */
    readonly externalFiles: readonly string[];
    /** The list of cases. */
    readonly list: string;
    /** The folder of predictions. */
    readonly folder: string;
    readonly wants:
      | { readonly kind: "exported"; readonly record: ModelRecord }
      | { readonly kind: "foreign"; readonly config: SettledModelConfig };
  };
  readonly task: { readonly id: string; readonly output: string };
  readonly result: void;
  readonly news: never;
  readonly order: never;
}

/** Segments a case: the code of each voxel, in the image's own grid. */
type Segment = (source: FileCase) => Promise<{ image: NiftiImage; codes: Voxels }>;

serveTasks<OnnxWork>(async ({ path, externalFiles, list, folder, wants }) => {
  const beside = await Promise.all(
    externalFiles.map(async (name) => ({
      path: name,
      data: await Deno.readFile(join(dirname(path), name)),
    })),
  );
  const session = await openOnnx(await Deno.readFile(path), path, beside);
  const { cases, segment } = wants.kind === "exported"
    ? await ofExported(
      wants.record,
      { list, folder },
      (sheet) => session.run("image", sheet, "logits"),
    )
    : await ofForeign(
      wants.config,
      list,
      (sheet) => session.run(wants.config.input, sheet, wants.config.output),
    );
  const sources = new Map(cases.map((source) => [source.id, source]));
  return {
    async work({ id, output }) {
      const source = sources.get(id);
      if (source === undefined) throw new DatasetError(`Cannot find ${id} in ${list}`);
      const { image, codes } = await segment(source);
      await makeFolder(dirname(output));
      await writeNifti(output, withVoxels<Voxels>(image, codes));
    },
  };
});

/** As `predictFiles` does it: labels and channels are matched by name. */
async function ofExported(
  record: ModelRecord,
  { list, folder }: { readonly list: string; readonly folder: string },
  run: RunModel,
): Promise<{ cases: readonly FileCase[]; segment: Segment }> {
  const { cases, task } = await findInputs({ input: list, output: folder }, record.data);
  return {
    cases,
    async segment(source) {
      const { images } = await source.load();
      const { data } = await segmentExported(source, images, record, run);
      return { image: images[0], codes: toCodes(data, task) };
    },
  };
}

async function ofForeign(
  config: SettledModelConfig,
  list: string,
  run: RunModel,
): Promise<{ cases: readonly FileCase[]; segment: Segment }> {
  const { cases } = await openDataset(list, "folder", { labels: "optional" });
  const { codes, channels } = config, classes = codes.length;
  const labels = codes.map((code, n) => ({ name: `class ${n}`, codes: [code] }));
  const task = { labels, channels: [{ name: "image" }] } satisfies Task;
  const how = { ...config, codes: [...codes], channels: [...channels] };
  return {
    cases,
    async segment(source) {
      const { images } = await source.load();
      const grid = modelGrid(channels.map((n) => images[n]!.volume), how);
      const maps = await segmentInTiles(grid, how, classes, run);
      const best = grid.restore(maps[0]!), found = new Uint8Array(best.length);
      for (let c = 1; c < classes; c++) {
        const map = grid.restore(maps[c]!);
        for (let o = 0; o < best.length; o++) {
          if (map[o]! > best[o]!) [found[o], best[o]] = [c, map[o]!];
        }
      }
      return { image: images[0], codes: toCodes(found, task) };
    },
  };
}
