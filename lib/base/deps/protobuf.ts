/**
 * The one place that pins Protobuf-ES, with which protocol buffers are written. Whoever needs it loads
 * it when it does, by a name that the graph of modules does not show (`lib/formats/onnx`).
 */
export { create, fromBinary, type Message, toBinary } from "npm:@bufbuild/protobuf@2.17.0";
export {
  enumDesc,
  fileDesc,
  type GenEnum,
  type GenFile,
  type GenMessage,
  messageDesc,
} from "npm:@bufbuild/protobuf@2.17.0/codegenv2";
