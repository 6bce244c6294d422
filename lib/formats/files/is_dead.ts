/** Whether no process of this machine has a number; false where that cannot be told. */
export async function isDead(pid: number): Promise<boolean> {
  const { kill } = await import("node:process");
  try {
    kill(pid, 0);
    return false;
  } catch (error) {
    return (error as { code?: unknown }).code === "ESRCH" ||
      /\bESRCH\b/.test(String((error as Error).message));
  }
}
