import { DEVICE_NAMES } from "../lib/names.ts";
import { Option } from "./deps/commander.ts";

/** `--device`: what computes. */
export const deviceOption = () =>
  new Option(
    "--device <name>",
    "what computes: the processor, a graphics card, or a card where there is one (default: cpu)",
  ).choices(DEVICE_NAMES);
