/**
 * Subjects that are probably one person, whose names differ in zeros or case, as `P1` and `p01`: a
 * sentence for each group.
 */
export function namesakes(subjects: readonly string[]): string[] {
  const plain = (name: string) => name.toLowerCase().replaceAll(/(?<!\d)0+(?=\d)/g, "");
  return [...Map.groupBy(new Set(subjects), plain).values()].filter((own) => own.length > 1)
    .map((own) =>
      `the names of subjects ${own.join(", ")} differ in zeros or case alone: are they one person?`
    );
}
