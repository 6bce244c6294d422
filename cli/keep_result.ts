import { EXIT, ExitError } from "./exit_code.ts";

/**
 * Writes a result where it was wanted; one that cannot be written is printed as JSON, so that it is
 * not lost, and the command fails.
 */
export async function keepResult(result: object, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    console.error(`error: ${(error as Error).message}; the result is on standard output`);
    console.log(JSON.stringify(result));
    throw new ExitError(EXIT.failure);
  }
}
