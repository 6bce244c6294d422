/** The worker in which networks and artifacts run: the library, and a desk that it works on. */
import { serveTasks } from "../lib/base/workers/serve_tasks.ts";
import { z } from "../lib/base/deps/zod.ts";
import { useDicomTools } from "../lib/formats/dicom/dicom_tools.ts";
import { corrupt, curve } from "./worker/artifact_lab.ts";
import { listArtifacts } from "./worker/list_artifacts.ts";
import { ModelDesk } from "./worker/model_desk.ts";
import type { PageWork } from "./worker/protocol.ts";

// The page's policy allows no functions made of text, which zod would try.
z.config({ jitless: true });

useDicomTools({
  load: () => import("../lib/base/deps/dcm2niix.ts"),
  worker: new URL("./dcm2niix_worker.js", import.meta.url),
});

serveTasks<PageWork>(({ threads, base }) => {
  const notices: string[] = [];
  const loading = ModelDesk.load(base, threads, (line) => notices.push(line));
  // Told with the first task.
  loading.catch(() => {});
  let stop = false;
  return {
    async work(task, tell) {
      const desk = await loading;
      stop = false;
      switch (task.kind) {
        case "model": {
          const { model, backend: { threads, sharedMemory, relaxedSimd } } = desk;
          const backend = { threads, sharedMemory, relaxedSimd };
          const told = [...notices, ...model.notices];
          return { model, backend, artifacts: listArtifacts(), notices: told };
        }
        case "open":
          return await desk.open(task.files, task.chosen);
        case "segment":
          return await desk.segment((done) => tell({ kind: "progress", done }));
        case "label":
          return await desk.openLabel(task.files);
        case "otherFrame":
          return await desk.openOtherFrame(task.files);
        case "corrupt":
          return await corrupt(desk, task.request);
        case "curve":
          return await curve(
            desk,
            task.request,
            (point) => tell({ kind: "point", point }),
            () => stop,
          );
      }
    },
    hear() {
      stop = true;
    },
  };
});
