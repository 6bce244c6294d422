import { assertThrows } from "../../deps.ts";
import { segmentationOnnx } from "./segmentation_onnx.ts";

Deno.test("segmentationOnnx() names the parameter that a network lacks", () => {
  assertThrows(
    () => segmentationOnnx(new Map(), [1, 1, 16, 16]),
    RangeError,
    "Cannot write the network as ONNX: image_encoder.general_encoder.inc.0.weight is missing",
  );
});
