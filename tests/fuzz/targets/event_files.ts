/** Event files of TensorBoard. */
import { encodeEvent, FILE_VERSION } from "../../../lib/formats/tensorboard/event.ts";
import { readEvents } from "../../../lib/formats/tensorboard/read_events.ts";
import { frameRecord } from "../../../lib/formats/tensorboard/records.ts";
import { joinBytes } from "../mutators/join_bytes.ts";
import type { FuzzTarget } from "../target.ts";

const messages = [
  encodeEvent({ wallTime: 1.7e9, step: 0, fileVersion: FILE_VERSION, scalars: {} }),
  encodeEvent({ wallTime: 1.7e9, step: 3, scalars: { "loss/total": 0.5, "loss/image": 0.25 } }),
  encodeEvent({ wallTime: 1.7e9, step: 2 ** 40, scalars: { __proto__x: 1, "ä/ö": NaN } }),
];
const file = joinBytes(...messages.map(frameRecord));
const name = "events.out.tfevents.tandem";

/** See `targets.ts`. */
export const TARGETS: readonly FuzzTarget[] = [
  {
    name: "events",
    ...{ kind: "bytes", file: name, seeds: [file, frameRecord(messages[1]!)] },
    readers: [(path) => readEvents(path)],
  },
  {
    name: "event-message",
    ...{ kind: "bytes", file: name, seeds: messages, share: 3 },
    dress: (spoilt) => joinBytes(frameRecord(messages[0]!), frameRecord(spoilt)),
    readers: [(path) => readEvents(path)],
  },
];
