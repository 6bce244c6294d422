/** Shows on a terminal how many volumes are done. */
export function countVolumes(): (done: number, total: number) => void {
  const line = new TextEncoder();
  return (done, total) => {
    if (!Deno.stderr.isTerminal()) return;
    const end = done === total ? "\n" : "";
    Deno.stderr.writeSync(line.encode(`\r${done} of ${total} volumes${end}`));
  };
}
