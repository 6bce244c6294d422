/** Which case holds the same subject at another time. */

interface Frame {
  readonly id: string;
  readonly subject: string;
  readonly frame: string;
}

/** A case's id without its frame: what names the subject, or one of several repeats of it. */
export function idStem({ id, frame }: Pick<Frame, "id" | "frame">): string {
  return id.endsWith(`_${frame}`) ? id.slice(0, -frame.length - 1) : id;
}

/** The subject in another frame, of the same repeat where there are several; or undefined. */
export function otherFrameOf<F extends Frame>(source: F, sources: readonly F[]): F | undefined {
  const others = sources.filter((s) => s.subject === source.subject && s.frame !== source.frame);
  return others.find((other) => idStem(other) === idStem(source)) ?? others[0];
}
