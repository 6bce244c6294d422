/** DICOM segmentation objects (PS3.3, A.51): binary, a segment a class. */
import type { DicomDataset } from "../../base/deps/dcmjs.ts";
import type { LabelCode, Task } from "../../base/task/task.ts";
import type { Volume } from "../../base/volume/volume.ts";
import { encodeDicomElements } from "./dicom_elements.ts";
import { framesOnGrid, type SourcePlane } from "./frames_on_grid.ts";
import { pixelMeasures, type SourceSeries } from "./source_frames.ts";
import { uidOf } from "./uid_of.ts";

const SEGMENTATION_STORAGE = "1.2.840.10008.5.1.4.1.1.66.4";
const EXPLICIT_LITTLE_ENDIAN = "1.2.840.10008.1.2.1";

/** What a label is where its task does not say. */
const TISSUE: LabelCode = { value: "85756007", scheme: "SCT", meaning: "Tissue" };
const ANATOMY: LabelCode = { value: "123037004", scheme: "SCT", meaning: "Anatomical Structure" };

/** Elements that say whose images these are, taken from the source as they are. */
const OF_STUDY = [
  ...["PatientName", "PatientID", "PatientBirthDate", "PatientSex", "ReferringPhysicianName"],
  ...["StudyInstanceUID", "StudyDate", "StudyTime", "StudyID", "AccessionNumber"],
] as const;
/** Those that are left out where the source has none. */
const OF_STUDY_OPTIONAL = ["PatientAge", "PatientWeight", "StudyDescription"] as const;

/**
 * The bytes of a segmentation as DICOM: in each plane of the source where a class is, a frame, which
 * refers to the images there. Equal input gives equal bytes: identifiers are made of what is written,
 * dates are those of the source.
 *
 * @param labels Classes on the source's grid.
 * @param name What errors call the source.
 * @throws {DicomError} "place" as {@linkcode framesOnGrid}.
 */
export async function encodeSegmentation(
  labels: Volume<Uint8Array>,
  { labels: taskLabels }: Pick<Task, "labels">,
  source: SourceSeries,
  name: string,
): Promise<Uint8Array> {
  const { rows, columns, elements } = source;
  const planes = framesOnGrid(source, labels, name);
  const frames: { readonly segment: number; readonly plane: number; readonly mask: Uint8Array }[] =
    [];
  for (let segment = 1; segment < taskLabels.length; segment++) {
    planes.forEach((plane, n) => {
      const mask = maskOf(labels.data, plane, rows, columns, segment);
      if (mask !== undefined) frames.push({ segment, plane: n, mask });
    });
  }
  // There is no segmentation without a frame.
  if (frames.length === 0) {
    frames.push({ segment: 1, plane: 0, mask: new Uint8Array(rows * columns) });
  }
  const pixels = packed(frames.map(({ mask }) => mask), rows * columns);
  const series = String(elements["SeriesInstanceUID"]);
  const segments = taskLabels.slice(1).map((label, n) => segmentItem(label, n + 1));
  const uid = await uidOf(series, JSON.stringify(segments), JSON.stringify(planes), pixels);
  const dimensions = await uidOf(uid, "dimensions");
  const date = elements["ContentDate"] || elements["SeriesDate"] || elements["StudyDate"];
  const time = elements["ContentTime"] || elements["SeriesTime"] || elements["StudyTime"];
  const dataset: DicomDataset = {
    _vrMap: { PixelData: "OB" },
    SpecificCharacterSet: "ISO_IR 192",
    ...Object.fromEntries(OF_STUDY.map((key) => [key, elements[key] ?? ""])),
    ...Object.fromEntries(
      OF_STUDY_OPTIONAL.filter((key) => elements[key]).map((key) => [key, elements[key]]),
    ),
    SOPClassUID: SEGMENTATION_STORAGE,
    SOPInstanceUID: uid,
    SeriesInstanceUID: await uidOf(uid, "series"),
    SeriesNumber: String((Number(elements["SeriesNumber"]) || 0) + 1000),
    SeriesDescription: "Segmentation",
    SeriesDate: date || "19000101",
    SeriesTime: time || "000000",
    InstanceNumber: "1",
    Modality: "SEG",
    Manufacturer: "Tandem",
    ManufacturerModelName: "Tandem",
    DeviceSerialNumber: "1",
    SoftwareVersions: "1",
    FrameOfReferenceUID: elements["FrameOfReferenceUID"] || await uidOf(series, "frame"),
    PositionReferenceIndicator: elements["PositionReferenceIndicator"] ?? "",
    ContentLabel: "SEGMENTATION",
    ContentDescription: "",
    ContentCreatorName: "",
    ContentDate: date || "19000101",
    ContentTime: time || "000000",
    ImageType: ["DERIVED", "PRIMARY"],
    LossyImageCompression: elements["LossyImageCompression"] === "01" ? "01" : "00",
    ...elements["LossyImageCompression"] === "01" && {
      LossyImageCompressionRatio: elements["LossyImageCompressionRatio"] ?? "1",
      LossyImageCompressionMethod: elements["LossyImageCompressionMethod"] ?? "ISO_10918_1",
    },
    SegmentationType: "BINARY",
    SegmentsOverlap: "NO",
    SegmentSequence: segments,
    SamplesPerPixel: 1,
    PhotometricInterpretation: "MONOCHROME2",
    Rows: rows,
    Columns: columns,
    BitsAllocated: 1,
    BitsStored: 1,
    HighBit: 0,
    PixelRepresentation: 0,
    NumberOfFrames: String(frames.length),
    DimensionOrganizationSequence: [{ DimensionOrganizationUID: dimensions }],
    DimensionIndexSequence: [
      dimension(dimensions, 0x0062000b, 0x0062000a, "ReferencedSegmentNumber"),
      dimension(dimensions, 0x00200032, 0x00209113, "ImagePositionPatient"),
    ],
    SharedFunctionalGroupsSequence: [{
      PixelMeasuresSequence: [pixelMeasures(planes.map(({ frames: [frame] }) => frame!))],
      PlaneOrientationSequence: [{
        ImageOrientationPatient: planes[0]!.frames[0]!.orientation.map(decimal),
      }],
    }],
    PerFrameFunctionalGroupsSequence: frames.map(({ segment, plane }) =>
      frameItem(segment, plane, planes[plane]!)
    ),
    ReferencedSeriesSequence: [{
      SeriesInstanceUID: series,
      ReferencedInstanceSequence: instancesOf(planes)
        .map(({ ReferencedFrameNumber: _, ...instance }) => instance),
    }],
    PixelData: [pixels.buffer],
  };
  return await encodeDicomElements({
    FileMetaInformationVersion: new Uint8Array([0, 1]).buffer,
    MediaStorageSOPClassUID: SEGMENTATION_STORAGE,
    MediaStorageSOPInstanceUID: uid,
    TransferSyntaxUID: EXPLICIT_LITTLE_ENDIAN,
    ImplementationClassUID: await uidOf("Tandem"),
    ImplementationVersionName: "TANDEM",
    _vrMap: {},
  }, dataset);
}

/** A class in a plane, a byte a pixel; undefined where it is nowhere in it. */
function maskOf(
  data: Uint8Array,
  { start, alongRow, downColumn }: SourcePlane,
  rows: number,
  columns: number,
  segment: number,
): Uint8Array | undefined {
  let mask: Uint8Array | undefined;
  for (let y = 0; y < rows; y++) {
    for (let x = 0, at = start + y * downColumn; x < columns; x++, at += alongRow) {
      if (data[at] !== segment) continue;
      mask ??= new Uint8Array(rows * columns);
      mask[y * columns + x] = 1;
    }
  }
  return mask;
}

/** A bit a pixel, the first in the lowest, frames without gaps (PS3.5, 8.1.1); an even number of bytes. */
function packed(masks: readonly Uint8Array[], area: number): Uint8Array<ArrayBuffer> {
  const bits = masks.length * area;
  const result = new Uint8Array(2 * Math.ceil(bits / 16));
  let bit = 0;
  for (const mask of masks) {
    for (let n = 0; n < area; n++, bit++) {
      if (mask[n] === 1) result[bit >> 3]! |= 1 << (bit & 7);
    }
  }
  return result;
}

function segmentItem({ name, code }: Task["labels"][number], number: number): DicomDataset {
  return {
    SegmentNumber: number,
    SegmentLabel: name.slice(0, 64),
    SegmentAlgorithmType: "AUTOMATIC",
    SegmentAlgorithmName: "Tandem",
    SegmentedPropertyCategoryCodeSequence: [codeItem(code === undefined ? TISSUE : ANATOMY)],
    SegmentedPropertyTypeCodeSequence: [codeItem(code ?? TISSUE)],
  };
}

function codeItem({ value, scheme, meaning }: LabelCode): DicomDataset {
  return { CodeValue: value, CodingSchemeDesignator: scheme, CodeMeaning: meaning };
}

function dimension(uid: string, pointer: number, group: number, label: string): DicomDataset {
  return {
    DimensionOrganizationUID: uid,
    DimensionIndexPointer: pointer,
    FunctionalGroupPointer: group,
    DimensionDescriptionLabel: label,
  };
}

function frameItem(segment: number, plane: number, { frames }: SourcePlane): DicomDataset {
  return {
    FrameContentSequence: [{ DimensionIndexValues: [segment, plane + 1] }],
    PlanePositionSequence: [{ ImagePositionPatient: frames[0]!.position.map(decimal) }],
    SegmentIdentificationSequence: [{ ReferencedSegmentNumber: segment }],
    DerivationImageSequence: [{
      DerivationCodeSequence: [
        codeItem({ value: "113076", scheme: "DCM", meaning: "Segmentation" }),
      ],
      SourceImageSequence: instancesOf([{ frames }]).map((instance) => ({
        ...instance,
        SpatialLocationsPreserved: "YES",
        PurposeOfReferenceCodeSequence: [
          codeItem({
            value: "121322",
            scheme: "DCM",
            meaning: "Source image for image processing operation",
          }),
        ],
      })),
    }],
  };
}

/** The files of images, each once, with the frames of those that hold several. */
function instancesOf(planes: readonly Pick<SourcePlane, "frames">[]): DicomDataset[] {
  const all = planes.flatMap(({ frames }) => frames);
  return [...Map.groupBy(all, ({ instanceUid }) => instanceUid)].map(([uid, own]) => ({
    ReferencedSOPClassUID: own[0]!.classUid,
    ReferencedSOPInstanceUID: uid,
    ...own[0]!.frame !== undefined && {
      ReferencedFrameNumber: own.map(({ frame }) => String(frame)),
    },
  }));
}

/** A number as a decimal string of at most 16 characters. */
function decimal(value: number): string {
  for (let digits = 15; digits > 0; digits--) {
    const text = String(Number(value.toPrecision(digits)));
    if (text.length <= 16) return text;
  }
  return "0";
}
