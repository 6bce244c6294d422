import type { Evaluation } from "../../formats/run_folder/evaluation.ts";
import { labelTable, setTable } from "../exchange/card_scores.ts";
import { ShownTable } from "./shown_table.ts";

/**
 * The Dice of an evaluation by set, with intervals over subjects.
 *
 * @param evaluation As `startRun`, `evaluateRun`, `scorePredictions` and `readEvaluation` give it.
 * @param by `set`, by default: means over labels of each network. `label`: each label, of the last network.
 */
export function showScores(evaluation: Evaluation, by: "set" | "label" = "set"): ShownTable {
  return new ShownTable(by === "set" ? setTable(evaluation) : labelTable(evaluation));
}
