/** Which case holds the other phase of the heart beat. */

interface Phase {
  readonly id: string;
  readonly subject: string;
  readonly frame: string;
}

/** A case's id without its frame: what names the subject, or one of several repeats of it. */
export function idStem({ id, frame }: Pick<Phase, "id" | "frame">): string {
  return id.endsWith(`_${frame}`) ? id.slice(0, -frame.length - 1) : id;
}

/** The subject in another phase, of the same repeat where there are several; or undefined. */
export function otherPhaseOf<P extends Phase>(source: P, sources: readonly P[]): P | undefined {
  const others = sources.filter((s) => s.subject === source.subject && s.frame !== source.frame);
  return others.find((other) => idStem(other) === idStem(source)) ?? others[0];
}
