/** What the scanner makes of a painted slice: blur, shading, bands, magnitude and noise. */
import type { Acquisition } from "./acquisition.ts";
import { fillNormal } from "./texture.ts";

/** A row of weights: a Gaussian, its edges raised by the reconstruction's ringing; their sum is 1. */
export function pointSpread(sigmaPixels: number, ringing: number): Float32Array {
  const radius = 3;
  const kernel = Float32Array.from({ length: 2 * radius + 1 }, (_, i) => {
    const x = i - radius;
    const wide = Math.exp(-0.5 * (x / (sigmaPixels * 2.2)) ** 2) / 2.2;
    return Math.exp(-0.5 * (x / sigmaPixels) ** 2) - ringing * wide;
  });
  const sum = kernel.reduce((total, weight) => total + weight, 0);
  return kernel.map((weight) => weight / sum);
}

/** Filters along rows and columns; at the border the last pixel goes on. Writes into `image`. */
export function blurSlice(
  image: Float32Array,
  width: number,
  height: number,
  kernel: Float32Array,
): void {
  const radius = kernel.length >> 1;
  const longest = Math.max(width, height);
  const line = new Float32Array(longest + 2 * radius);
  const filter = (start: number, step: number, length: number) => {
    for (let i = 0; i < length + 2 * radius; i++) {
      const at = Math.min(length - 1, Math.max(0, i - radius));
      line[i] = image[start + at * step]!;
    }
    for (let i = 0; i < length; i++) {
      let sum = 0;
      for (let k = 0; k < kernel.length; k++) sum += kernel[k]! * line[i + k]!;
      image[start + i * step] = sum;
    }
  };
  for (let row = 0; row < height; row++) filter(row * width, 1, width);
  for (let column = 0; column < width; column++) filter(column, width, height);
}

/**
 * Turns a signed signal into the magnitude that a scanner shows, in place.
 *
 * @param signal The painted slice, `width * height`.
 * @param acquisition The settings.
 * @param slice The number of the slice.
 * @param phaseSeed A number that keeps the noise of the two phases apart.
 */
export function scanSlice(
  signal: Float32Array,
  acquisition: Acquisition,
  slice: number,
  phaseSeed: number,
): void {
  const [width, height, slices] = acquisition.matrix;
  blurSlice(signal, width, height, pointSpread(acquisition.blurPixels, acquisition.ringing));
  const noise = fillNormal(
    new Float32Array(2 * width * height),
    (acquisition.noiseSeed + 7919 * slice + 104729 * phaseSeed) | 0,
  );
  const [sx, sy, sxx, syy, sxy, sz] = acquisition.shading as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const z = slices > 1 ? 2 * slice / (slices - 1) - 1 : 0;
  const [depth, phase] = acquisition.banding;
  const shift = phase * Math.PI / 180;
  const heartX = 2 * acquisition.heartMm[0] / (width * acquisition.pixelMm);
  const heartY = 2 * acquisition.heartMm[1] / (height * acquisition.pixelMm);
  // What the coils do along x alone is the same in every row.
  const across = Float64Array.from({ length: width }, (_, column) => {
    const x = 2 * (column + 0.5) / width - 1;
    return sx * x + sxx * x * x + sz * z;
  });
  for (let row = 0; row < height; row++) {
    const y = 2 * (row + 0.5) / height - 1;
    const down = sy * y + syy * y * y;
    for (let column = 0; column < width; column++) {
      const x = 2 * (column + 0.5) / width - 1;
      const index = row * width + column;
      const coil = Math.exp(across[column]! + down + sxy * x * y);
      let value = Math.abs(signal[index]!) * coil;
      // The field is even at the heart, where it was shimmed, and drifts with the distance.
      const far = (x - heartX) * (x - heartX) + (y - heartY) * (y - heartY);
      if (depth > 0 && far > 0.45) {
        const drift = Math.sin(7 * (far - 0.45) + 3 * x * y + shift * 0.2);
        const rise = Math.max(0, drift) * drift * drift;
        const band = rise * rise;
        value *= 1 - depth * band * Math.min(1, 3 * (far - 0.45));
      }
      const real = value + acquisition.noise * noise[2 * index]!;
      const imaginary = acquisition.noise * noise[2 * index + 1]!;
      signal[index] = Math.sqrt(real * real + imaginary * imaginary);
    }
  }
}
