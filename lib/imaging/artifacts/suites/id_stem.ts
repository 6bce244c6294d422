/** What {@linkcode idStem} looks at. */
export interface NamedCase {
  readonly id: string;
  readonly frame: string;
  readonly subject?: string;
}

/** A case's id without its frame: what names the subject, or one of several repeats of it. */
export function idStem({ id, frame, subject }: NamedCase): string {
  return id !== subject && id.endsWith(`_${frame}`) ? id.slice(0, -frame.length - 1) : id;
}
