import type { StepEvent, ValidationEvent } from "../../learning/training/events.ts";

/**
 * The numbers of an event by the names that trackers have for them: of a step the losses as
 * `loss/<name>`, its wall time as `seconds/step`, the learning rate as `learningRate/step` and the
 * backend's heap as `heap/bytes`; of a validation the scores as `validation/<name>`.
 */
export function runScalars(event: StepEvent | ValidationEvent): Record<string, number> {
  if (event.type === "validation") return grouped("validation", event.scores);
  const { losses, learningRate, seconds, heapBytes } = event;
  return {
    ...grouped("loss", losses),
    ...(learningRate !== undefined && { "learningRate/step": learningRate }),
    "seconds/step": seconds,
    ...(heapBytes !== undefined && { "heap/bytes": heapBytes }),
  };
}

function grouped(group: string, scalars: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(scalars).map(([name, value]) => [`${group}/${name}`, value]),
  );
}
