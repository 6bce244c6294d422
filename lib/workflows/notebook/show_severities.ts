import type { Evaluation } from "../../formats/run_folder/evaluation.ts";
import { severityCurves } from "../../learning/evaluation/severity_curves.ts";
import { ShownPicture } from "./shown_picture.ts";

/**
 * How Dice falls with the severity of physical artifacts.
 *
 * @throws {TypeError} If the evaluation has no such numbers.
 */
export function showSeverities({ severities }: Evaluation): ShownPicture {
  if (severities === undefined) {
    throw new TypeError(
      "Cannot show severities: this evaluation has none; a run measures them at its end, on test " +
        "subjects of its own, unless evaluation.artifacts is false",
    );
  }
  return ShownPicture.ofSvg(severityCurves(severities), "Dice against severity of artifacts");
}
