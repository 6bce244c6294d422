/** The folder of a challenge that cannot be used. */
export class ChallengeError extends Error {
  override readonly name = "ChallengeError";
}
