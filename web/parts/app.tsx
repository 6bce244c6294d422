/** @jsx h */
// deno-lint-ignore-file verbatim-module-syntax -- JSX becomes calls of h
/// <reference lib="dom" />
import { h, useEffect, useMemo, useRef, useState } from "../deps/preact.ts";
import { classColour } from "../../lib/base/report/class_colours.ts";
import { TEXTS } from "../texts.ts";
import type { ChosenParts, GivenFile } from "../worker/protocol.ts";
import { ArtifactLab } from "./artifact_lab.tsx";
import { droppedFiles } from "./dropped_files.ts";
import { FileButton } from "./file_button.tsx";
import { PartChoice } from "./part_choice.tsx";
import { Progress } from "./progress.tsx";
import { Results } from "./results.tsx";
import type { ScanState } from "./scan_state.ts";
import { ScanView } from "./scan_view.tsx";
import { MARKS } from "./marks.ts";
import { useNetworks } from "./use_worker.ts";

/** What a person gave last. */
interface Given {
  readonly files: readonly GivenFile[];
  readonly chosen: ChosenParts;
}

/** The whole page; `isOther`: another version of it is kept by now. */
export function App({ isOther }: { readonly isOther: boolean }) {
  const networks = useNetworks(), { known } = networks;
  const [state, setState] = useState<ScanState | undefined>(undefined);
  const [busy, setBusy] = useState("");
  const [done, setDone] = useState<number | undefined>(undefined);
  const [told, setTold] = useState("");
  const [failure, setFailure] = useState("");
  const [isOver, setOver] = useState(false);
  const count = useRef(0);
  const given = useRef<Given | undefined>(undefined);
  const colours = useMemo(
    () => known?.model.data.task.labels.slice(1).map((l, n) => classColour(n + 1, l.colour)) ?? [],
    [known],
  );
  const css = colours.map((colour) => `rgb(${colour.join(" ")})`);

  useEffect(() => {
    const hear = (event: ErrorEvent | PromiseRejectionEvent) => {
      const reason = "reason" in event ? event.reason : event.error;
      setFailure(TEXTS.failedAt(reason?.message ?? String(reason)));
    };
    addEventListener("error", hear);
    addEventListener("unhandledrejection", hear);
    return () => {
      removeEventListener("error", hear);
      removeEventListener("unhandledrejection", hear);
    };
  }, []);

  useEffect(() => {
    if (known) document.title = TEXTS.title(known.model.name);
  }, [known]);

  const open = async (files: readonly GivenFile[], chosen: ChosenParts = {}) => {
    const own = ++count.current, name = files[0]?.path ?? "", began = performance.now();
    const current = () => own === count.current;
    given.current = { files, chosen };
    setFailure("");
    setTold("");
    setBusy(TEXTS.reading(name));
    try {
      const scan = await networks.ask({ kind: "open", files, chosen });
      if (!current()) return;
      setState({ scan });
      setBusy(TEXTS.segmenting(scan.name));
      const found = await networks.ask({ kind: "segment" }, (news) => {
        if (news.kind === "progress" && current()) setDone(news.done);
      });
      if (!current()) return;
      setState({ scan, found });
      performance.mark(MARKS.segmented, { detail: found.seconds });
      const seconds = (performance.now() - began) / 1000;
      setTold(`${TEXTS.segmented(scan.name, found.seconds)} ${TEXTS.outlined(seconds)}`);
    } catch (error) {
      if (current()) setFailure((error as Error).message);
    } finally {
      if (current()) {
        setBusy("");
        setDone(undefined);
      }
    }
  };

  const reload = () => {
    networks.reload();
    // other networks know of no scan
    if (given.current) open(given.current.files, given.current.chosen);
  };

  const openLabel = async (files: readonly GivenFile[]) => {
    const own = count.current;
    setFailure("");
    try {
      const label = await networks.ask({ kind: "label", files });
      if (own === count.current) setState((before) => before && { ...before, label });
    } catch (error) {
      setFailure((error as Error).message);
    }
  };

  return (
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={async (event) => {
        event.preventDefault();
        setOver(false);
        if (!event.dataTransfer) return;
        if (!known) return setFailure(TEXTS.notYet);
        try {
          const files = await droppedFiles(event.dataTransfer);
          if (files.length > 0) await open(files);
          else setFailure(TEXTS.nothingDropped);
        } catch (error) {
          setFailure((error as Error).message);
        }
      }}
    >
      <header>
        {/\/run\/[^/]+\/$/.test(location.pathname) && (
          <p>
            <a href="../../">{TEXTS.allRuns}</a>
          </p>
        )}
        <h1>{known ? TEXTS.title(known.model.name) : TEXTS.heading}</h1>
        {known && (
          <p>
            {TEXTS.model(
              known.model.name,
              known.model.step,
              known.model.data.task.labels.slice(1).map(({ name }) => name),
            )}
          </p>
        )}
        <p class="quiet" id="backend">
          {known
            ? TEXTS.backend(
              known.backend.threads,
              known.backend.sharedMemory,
              known.backend.relaxedSimd,
              known.model.weightsBytes,
            )
            : networks.failure
            ? ""
            : TEXTS.loading}
        </p>
        <p class="quiet">{TEXTS.stays}</p>
      </header>
      <main>
        {isOther && <p class="told" role="status">{TEXTS.other}</p>}
        {networks.failure && <p class="told" role="status">{networks.failure}</p>}
        {known?.notices.map((notice) => <p key={notice} class="told">{notice}</p>)}
        <div class={isOver ? "drop over" : "drop"}>
          <h2>{TEXTS.drop}</h2>
          <p>{TEXTS.dropHint}</p>
          <p class="row">
            <FileButton
              id="file"
              text={TEXTS.chooseFile}
              several
              disabled={!known}
              onFiles={(files) => open(files)}
            />
            <FileButton
              id="folder"
              text={TEXTS.chooseFolder}
              folder
              plain
              disabled={!known}
              onFiles={(files) => open(files)}
            />
            <FileButton
              id="label"
              text={TEXTS.chooseLabel}
              plain
              disabled={!state?.found}
              onFiles={openLabel}
            />
          </p>
          <p role="status" id="status">{busy || told}</p>
          {busy && (
            <progress aria-label={busy} max={1} {...done === undefined ? {} : { value: done }} />
          )}
          <div role="alert" id="failure">
            {failure && <p class="failed">{failure}</p>}
          </div>
          {state && (
            <PartChoice
              parts={state.scan.parts}
              onChoose={(chosen) => open(given.current!.files, chosen)}
            />
          )}
          {state?.scan.warnings.map((warning) => <p key={warning} class="told">{warning}</p>)}
        </div>
        {state && (
          <div class={state.found ? "columns wide" : "columns"}>
            <ScanView state={state} colours={colours} />
            {state.found && known && (
              <Results
                model={known.model}
                found={state.found}
                name={state.scan.name}
                colours={css}
              />
            )}
          </div>
        )}
        {known && (
          <ArtifactLab
            networks={networks}
            artifacts={known.artifacts}
            state={state}
            colours={colours}
          />
        )}
        <Progress onReload={reload} colours={colours} />
      </main>
    </div>
  );
}
