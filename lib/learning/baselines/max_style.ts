import { tf } from "../../../wasm/mod.ts";
import type { DecoderPlace } from "../models/decoder.ts";
import type { DualNetworkOptions } from "../models/dual_network.ts";
import { decoderWidths, PUBLISHED_LEVELS } from "../models/levels.ts";
import type { RandomStream } from "../../base/random/random_stream.ts";
import { minMaxSlices } from "../../base/volume/normalise.ts";
import type { Method } from "./method.ts";
import { sampleStyle, type StyleParameters } from "./style_layer.ts";
import { StyledImages } from "./styled_images.ts";

/** Styles change behind so many of the image decoder's last blocks, and of the image itself. */
const BLOCKS = 2;
/** Chance of each place. */
const CHANCE = 0.5;

/** The styles of a step by place, plain JSON; places that were not drawn are missing. */
export type MaxStyleParameters = Readonly<Record<string, StyleParameters>>;

/**
 * Draws where styles change, each place by itself, and to what. In one step of eight that is
 * nowhere: the plain reconstruction is trained on then, as by the authors' code. The same goes for a
 * single image, which has no partner.
 *
 * @param batch Number of images, 1 or more.
 */
export function sampleMaxStyle(
  batch: number,
  { baseWidth, inputChannels, levels = PUBLISHED_LEVELS }: DualNetworkOptions,
  random: RandomStream,
): MaxStyleParameters {
  const drawn: { [Place in DecoderPlace]?: StyleParameters } = {};
  const draw = (place: DecoderPlace, channels: number) => {
    const stream = random.stream("style", place);
    if (!stream.chance(CHANCE) || batch < 2) return;
    drawn[place] = sampleStyle(batch, channels, stream);
  };
  const widths = decoderWidths(baseWidth, levels);
  for (let block = Math.max(1, levels - BLOCKS + 1); block <= levels; block++) {
    draw(`up${block}`, widths[block]!);
  }
  draw("output", inputChannels);
  return drawn as MaxStyleParameters;
}

/** MaxStyle: reconstructions in the style that is hardest to segment. */
export const maxStyle: Method = {
  name: "max-style",
  title: "MaxStyle",
  family: "image",
  summary: "Reconstructed images in styles that are mixed and pushed against the segmentation.",
  source: "Chen et al., MICCAI 2022",
  settings: { latentAugmentation: false, imageAugmentation: "max-style" },
  augment(network, { noisyImage, labels }, random) {
    const { shape } = noisyImage, [batch, height, width, channels] = shape;
    const parameters = sampleMaxStyle(batch, network.options, random);
    const code = tf.tidy(() => network.encodeImage(noisyImage, "isolated").image);
    const styled = new StyledImages(network, code, labels, parameters);
    try {
      styled.ascend();
      const image = styled.decode();
      const scaled = minMaxSlices(image.dataSync() as Float32Array, height * width * channels);
      image.dispose();
      return [{ image: tf.tensor4d(scaled, shape), weight: 1 }];
    } finally {
      styled.dispose();
      code.dispose();
    }
  },
};
