/** Which case holds the same subject at another time. */
import { idStem } from "./id_stem.ts";

interface Frame {
  readonly id: string;
  readonly subject: string;
  readonly frame: string;
}

/** The subject in another frame, of the same repeat where there are several; or undefined. */
export function otherFrameOf<F extends Frame>(source: F, sources: readonly F[]): F | undefined {
  const others = sources.filter((s) => s.subject === source.subject && s.frame !== source.frame);
  return others.find((other) => idStem(other) === idStem(source)) ?? others[0];
}
