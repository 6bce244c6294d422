/** What a peer's command template is filled in with. */
export interface PeerRun {
  readonly batch: number;
  readonly steps: number;
  readonly size: number;
  readonly threads: number;
  readonly mode: "cooperative" | "standard" | "infer";
}

/**
 * Runs another implementation of the same work.
 *
 * @param template A shell command with `{batch}` and so on.
 * @returns The number it prints after the last `seconds_per_step`.
 * @throws {Error} If it fails, or prints none.
 */
export async function runPeer(template: string, run: PeerRun): Promise<number> {
  const command = Object.entries(run).reduce(
    (text, [name, value]) => text.replaceAll(`{${name}}`, String(value)),
    template,
  );
  const { success, stdout, stderr } = await new Deno.Command("sh", { args: ["-c", command] })
    .output();
  const text = new TextDecoder().decode(stdout);
  const seconds = Number(text.matchAll(/seconds_per_step\s+(\S+)/g).toArray().at(-1)?.[1]);
  if (success && Number.isFinite(seconds)) return seconds;
  throw new Error(
    `Cannot time the peer (${command}): ` +
      (success ? `it prints no seconds_per_step: ${text}` : new TextDecoder().decode(stderr)),
  );
}
