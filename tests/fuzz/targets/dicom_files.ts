/** DICOM: elements by themselves, and whole series through dcm2niix. */
import { dirname } from "../../../lib/base/deps/std.ts";
import { convertSeries } from "../../../lib/formats/dicom/convert_series.ts";
import { Dcm2niix } from "../../../lib/formats/dicom/dcm2niix.ts";
import { parseDicomHeader } from "../../../lib/formats/dicom/dicom_header.ts";
import { scanDicom } from "../../../lib/formats/dicom/scan_dicom.ts";
import { dicomSlice } from "../../formats/dicom/dicom_file.ts";
import type { FuzzTarget } from "../target.ts";

const slices = [0, 1, 2].map((n) =>
  dicomSlice({ number: 3, description: "CINE SAX", instance: n + 1, position: [0, 0, 5 * n] })
);
const times = [0, 30, 60].map((triggerTime, n) => dicomSlice({ instance: n + 1, triggerTime }));

/** Seconds that dcm2niix gets: what takes longer is refused, and no hang. */
let dcm2niix: Dcm2niix | undefined;

/** See `targets.ts`. */
export const TARGETS: readonly FuzzTarget[] = [
  {
    name: "dicom-elements",
    ...{ kind: "bytes", file: "0.dcm", seeds: [...slices, ...times], share: 2 },
    readers: [(path, bytes) => parseDicomHeader(bytes, path)],
  },
  {
    name: "dicom-series",
    ...{ kind: "bytes", file: "0.dcm", seeds: slices },
    beside: { "1.dcm": slices[1]!, "2.dcm": slices[2]! },
    readers: [async (path) => {
      const place = dirname(path), { series } = await scanDicom(place);
      dcm2niix ??= new Dcm2niix(3);
      for (const one of series) await convertSeries(one, dcm2niix, place);
    }],
    names: ["/fuzz/dicom-series"],
    honest: ({ length }) => 64 * length + 2 ** 20,
    share: 0.1,
  },
];
