/** The networks, and what lies on the desk: a scan, its segmentation, a label beside it. */
import { parseJson } from "../../lib/base/text/parse_json.ts";
import { voxelVolumeOf } from "../../lib/base/volume/affine.ts";
import { directionOf, sliceAxisOf } from "../../lib/base/volume/slice_axis.ts";
import { spacingOf, type Volume } from "../../lib/base/volume/volume.ts";
import { toCodes } from "../../lib/base/task/label_codes.ts";
import { decodeSafetensors } from "../../lib/formats/safetensors/decode.ts";
import type { NamedTensors } from "../../lib/formats/safetensors/tensor_record.ts";
import type { NiftiImage } from "../../lib/formats/nifti/nifti_image.ts";
import { encodeNifti } from "../../lib/formats/nifti/encode_nifti.ts";
import { withVoxels } from "../../lib/formats/nifti/nifti_image.ts";
import { parseNifti } from "../../lib/formats/nifti/parse_nifti.ts";
import { cleanLabels } from "../../lib/imaging/components/clean_labels.ts";
import { DatasetError } from "../../lib/imaging/data/cases/dataset_error.ts";
import { labelClasses } from "../../lib/imaging/data/cases/label_classes.ts";
import { checkSameGrid } from "../../lib/imaging/data/cases/same_grid.ts";
import { mapNetworks } from "../../lib/learning/models/by_network.ts";
import { completeWeights } from "../../lib/learning/models/complete_weights.ts";
import { DualNetwork } from "../../lib/learning/models/dual_network.ts";
import { DualSegmenter } from "../../lib/learning/models/dual_segmenter.ts";
import { classesOf, segmentVolume } from "../../lib/learning/prediction/segment_volume.ts";
import type { Network } from "../../lib/names.ts";
import { type PageModel, pageModelSchema } from "../../lib/workflows/view/page_model.ts";
import { type Backend, startBackend } from "../../wasm/mod.ts";
import { inflated } from "./inflate.ts";
import { openImages } from "./open_images.ts";
import { bytesOf, type OpenedImages } from "./opened_images.ts";
import { niftiOf, overlayOf } from "./overlay.ts";
import type { ChosenParts, GivenFile, OpenedLabel, OpenedScan, SegmentedScan } from "./protocol.ts";

/** A label map that was given. */
export interface GivenLabel {
  readonly name: string;
  /** As its file has it. */
  readonly codes: Volume;
  readonly classes: Uint8Array;
}

/** A model that cannot be loaded. */
export class ModelLoadError extends Error {
  override readonly name = "ModelLoadError";
}

/** Networks that were loaded, and the scan that is open; one a worker. */
export class ModelDesk {
  /** The scan that is open. */
  scan: OpenedImages | undefined;
  /** The classes of its segmentation, by the network that predicts. */
  clean: Uint8Array | undefined;
  /** The label that was given beside it. */
  label: GivenLabel | undefined;
  /** Its slices at another time. */
  otherFrame: OpenedImages | undefined;

  private constructor(
    readonly model: PageModel,
    readonly backend: Backend,
    readonly segmenter: DualSegmenter,
  ) {}

  /** Fetches `model.json` and `model.safetensors` below an address, and starts the backend. */
  static async load(
    base: string,
    threads: number | null,
    onNotice: (line: string) => void,
  ): Promise<ModelDesk> {
    const model = parseJson(
      new TextDecoder().decode(await fetched(`${base}model.json`)),
      pageModelSchema,
      "model.json",
      ModelLoadError,
    );
    const weights = await fetched(`${base}model.safetensors`);
    const { tensors } = decodeSafetensors(weights);
    const backend = await startBackend({ ...threads !== null && { threads }, onNotice });
    const { labels, channels } = model.data.task;
    const options = { ...model.model, classes: labels.length, inputChannels: channels.length };
    const network = new DualNetwork(options, completeWeights(tensors as NamedTensors, options));
    // as the command line segments
    network.fold();
    const segmenter = new DualSegmenter(network, {
      method: model.method,
      evaluation: { chunk: model.chunk },
      training: { convolution: model.convolution },
    });
    return new ModelDesk(model, backend, segmenter);
  }

  /** The network whose segmentation `tandem predict` writes. */
  get network(): Network {
    return this.segmenter.networks.includes("stn") ? "stn" : "ftn";
  }

  /** The axis that slices of a scan are stacked along. */
  axisOf({ affine }: Pick<Volume, "affine">): 0 | 1 | 2 {
    const { sliceAxis, sliceDirection } = this.model.data.preparation;
    return sliceAxisOf(affine, sliceAxis, sliceDirection);
  }

  /** Opens a scan, in the place of the one before. */
  async open(files: readonly GivenFile[], chosen: ChosenParts): Promise<OpenedScan> {
    const opened = await openImages(files, this.model.data, chosen);
    this.scan = opened;
    this.clean = this.label = this.otherFrame = undefined;
    const [image] = opened.images, { shape, affine, data } = image.volume;
    const axis = this.axisOf(image.volume);
    return {
      ...{ name: opened.name, shape, spacing: spacingOf(affine) },
      ...{ oneFile: opened.oneFile, parts: opened.parts },
      ...{ along: directionOf(affine, axis), slices: shape[axis] },
      image: niftiOf(image, Float32Array.from(data)),
      warnings: opened.images.flatMap(({ warnings }) => warnings),
    };
  }

  /** The images of the scan that is open. */
  images(): OpenedImages["images"] {
    if (this.scan === undefined) throw new DatasetError("Cannot go on: no scan is open");
    return this.scan.images;
  }

  /** Segments images by both networks, as `tandem predict` does; what validation chose is applied. */
  async predict(
    images: readonly [NiftiImage, ...NiftiImage[]],
    uncertainty: boolean,
    onProgress: (done: number) => void = () => {},
  ) {
    const { data } = this.model;
    const { segmenter, network } = this;
    const volumes = images.map(({ volume }) => volume) as [Volume, ...Volume[]];
    const found = await segmentVolume({ segmenter, data }, volumes, {
      ...{ network, uncertainty, onProgress, name: this.scan?.name ?? "the scan" },
      ...this.#cleaning(network),
    });
    const networks = found.networks && mapNetworks(found.networks, (labels, name) => {
      if (name === network) return found.labels.data;
      const { keepLargest, ...how } = this.#cleaning(name);
      return cleanLabels(labels, {
        ...how,
        keepLargest: classesOf(keepLargest, data.task),
      }).data;
    });
    return { labels: found.labels.data, networks, uncertainty: found.uncertainty };
  }

  #cleaning(network: Network) {
    const saved = this.model.postprocessing?.[network];
    if (saved === undefined || saved.keepLargest.length === 0) return { keepLargest: [] };
    return { keepLargest: saved.keepLargest, connectivity: saved.connectivity };
  }

  /** Segments the scan that is open. */
  async segment(onProgress: (done: number) => void): Promise<SegmentedScan> {
    const began = performance.now();
    const images = this.images(), [image] = images;
    const { labels, networks, uncertainty } = await this.predict(images, true, onProgress);
    this.clean = labels;
    const { task } = this.model.data;
    const ml = voxelVolumeOf(image.volume.affine) / 1000;
    const axis = this.axisOf(image.volume);
    return {
      networks: mapNetworks(networks!, (classes) => overlayOf(image, classes, axis)),
      codes: encodeNifti(withVoxels(image, toCodes(labels, task))) as Uint8Array<ArrayBuffer>,
      entropy: niftiOf(image, uncertainty!.entropy.data),
      volumes: mapNetworks(networks!, (classes) => {
        const counts = new Float64Array(256);
        for (const one of classes) counts[one]!++;
        return Object.fromEntries(
          task.labels.slice(1).map(({ name }, n) => [name, counts[n + 1]! * ml]),
        );
      }),
      flags: uncertainty!.flags,
      seconds: (performance.now() - began) / 1000,
    };
  }

  /** Opens a label map beside the scan. */
  async openLabel(files: readonly GivenFile[]): Promise<OpenedLabel> {
    const [image] = this.images(), [given] = files;
    if (given === undefined) throw new DatasetError("Cannot open a label: no file was given");
    const { path } = given, { task, geometry } = this.model.data;
    const plain = await inflated(await bytesOf(given.file), path);
    const { volume } = parseNifti(plain, path, { geometry });
    checkSameGrid(image.volume, volume, this.scan!.name, path);
    const classes = labelClasses([volume.data], [], task, path);
    this.label = { name: path, codes: volume as Volume, classes };
    return { name: path, ...overlayOf(image, classes, this.axisOf(image.volume)) };
  }

  /** Opens the scan's slices at another time. */
  async openOtherFrame(files: readonly GivenFile[]): Promise<{ readonly name: string }> {
    const [{ volume }] = this.images();
    const opened = await openImages(files, this.model.data), { name, parts } = opened;
    if (parts.series ?? parts.frames) {
      throw new DatasetError(`Cannot use ${name}: it holds several volumes, wanted one`);
    }
    checkSameGrid(volume, opened.images[0].volume, this.scan!.name, name);
    this.otherFrame = opened;
    return { name };
  }
}

async function fetched(url: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(url);
  if (!response.ok) {
    const text = (await response.text()).trim().slice(0, 1000);
    throw new ModelLoadError(text || `Cannot open ${url}: the server says ${response.status}`);
  }
  return new Uint8Array(await response.arrayBuffer());
}
