import type { ArtifactMode } from "../../names.ts";
import { drawSeverities } from "../artifact_files/describe_artifact.ts";
import { ShownPicture } from "./shown_picture.ts";

/**
 * Severities 1 to 5 of an artifact beside the clean slice, on a phantom heart.
 *
 * @param name As `motion`, `spike` or `RandomGhosting`; `describeArtifacts` lists them.
 * @throws {ArtifactRequestError} If there is none of this name; the text suggests the nearest.
 */
export async function showArtifact(name: string, mode?: ArtifactMode): Promise<ShownPicture> {
  return ShownPicture.ofPng(await drawSeverities(name, mode), `severities 1 to 5 of ${name}`);
}
