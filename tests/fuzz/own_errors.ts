/** The classes that say that a file cannot be read, or a wish not be met. */
import { ArtifactNeedError } from "../../lib/imaging/artifacts/needs.ts";
import { ConfigError } from "../../lib/base/config/config_error.ts";
import { LabelCodeError } from "../../lib/base/task/label_codes.ts";
import { TaskMismatchError } from "../../lib/base/task/translate_task.ts";
import { BlockError } from "../../lib/formats/blocks/block_error.ts";
import { DicomError } from "../../lib/formats/dicom/dicom_error.ts";
import { NiftiError } from "../../lib/formats/nifti/nifti_error.ts";
import { CheckpointError } from "../../lib/formats/run_folder/checkpoint_error.ts";
import { RunFolderError } from "../../lib/formats/run_folder/run_folder_error.ts";
import { SafetensorsError } from "../../lib/formats/safetensors/safetensors_error.ts";
import { EventFileError } from "../../lib/formats/tensorboard/event_file_error.ts";
import { SuiteManifestError } from "../../lib/imaging/artifacts/suites/manifest.ts";
import { DatasetError } from "../../lib/imaging/data/cases/dataset_error.ts";
import { ArtifactRequestError } from "../../lib/workflows/artifact_files/request_error.ts";
import { OnnxError } from "../../lib/formats/onnx/onnx_error.ts";
import { ChallengeError } from "../../lib/workflows/challenge/challenge_error.ts";
import { StudyError } from "../../lib/workflows/study/plan/study_error.ts";

/** All of them. */
export const OWN_ERRORS: readonly (abstract new (...given: never[]) => Error)[] = [
  ...[
    ArtifactNeedError,
    ArtifactRequestError,
    BlockError,
    CheckpointError,
    ConfigError,
    DatasetError,
    DicomError,
  ],
  ...[EventFileError, LabelCodeError, NiftiError, RunFolderError, SafetensorsError, StudyError],
  ...[ChallengeError, OnnxError, SuiteManifestError, TaskMismatchError],
];
