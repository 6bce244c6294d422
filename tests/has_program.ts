/** Whether a program is here and answers; one that is missing fails at once, and not by its promise. */
export async function hasProgram(name: string, ...args: string[]): Promise<boolean> {
  try {
    return (await new Deno.Command(name, { args }).output()).success;
  } catch {
    return false;
  }
}
