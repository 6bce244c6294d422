/** Columns of the terminal that standard output is; undefined where it is none. */
export function terminalWidth(): number | undefined {
  if (!Deno.stdout.isTerminal()) return undefined;
  try {
    // A terminal without a size says 0.
    return Deno.consoleSize().columns || undefined;
  } catch {
    return undefined;
  }
}
