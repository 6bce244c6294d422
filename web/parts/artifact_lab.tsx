/** @jsx h */
// deno-lint-ignore-file verbatim-module-syntax -- JSX becomes calls of h
/// <reference lib="dom" />
import { h, useEffect, useRef, useState } from "../deps/preact.ts";
import { TEXTS } from "../texts.ts";
import type {
  ArtifactRequest,
  CorruptedScan,
  CurvePoint,
  GivenFile,
  ListedArtifact,
} from "../worker/protocol.ts";
import { ArtifactOptions, type OwnOptions } from "./artifact_options.tsx";
import type { ScanState } from "./scan_state.ts";
import { BeforeAfter } from "./before_after.tsx";
import { DiceTable } from "./dice_table.tsx";
import { type ChartLine, LineChart } from "./line_chart.tsx";
import { FileButton } from "./file_button.tsx";
import { MadeArtifact } from "./made_artifact.tsx";
import type { Networks } from "./use_worker.ts";

/** Milliseconds that a slider rests before work begins. */
const REST = 150;

/** Seeds at most. */
const MOST_SEED = 2 ** 32 - 1;

/** Artifacts on the scan, before and after, and how far the segmentation gets off. */
export function ArtifactLab({ networks, artifacts, state, colours }: {
  readonly networks: Networks;
  readonly artifacts: readonly ListedArtifact[];
  readonly state: ScanState | undefined;
  readonly colours: readonly (readonly [number, number, number])[];
}) {
  const [key, setKey] = useState(() => keyOf(artifacts[0]!));
  const [severity, setSeverity] = useState<ArtifactRequest["severity"]>(3);
  const [seed, setSeed] = useState(0);
  const [options, setOptions] = useState<OwnOptions>({});
  const [otherFrame, setOtherFrame] = useState<{ readonly name: string } | undefined>(undefined);
  const [made, setMade] = useState<CorruptedScan | undefined>(undefined);
  const [points, setPoints] = useState<readonly CurvePoint[]>([]);
  const [busy, setBusy] = useState(false);
  const [drawing, setDrawing] = useState(false);
  const [failure, setFailure] = useState("");
  const count = useRef(0);
  const chosen = artifacts.find((one) => keyOf(one) === key)!;
  const scan = state?.found && state.scan, label = state?.label;
  const { name, mode, needsOtherFrame } = chosen, lacksFrame = needsOtherFrame && !otherFrame;
  const request: ArtifactRequest = { name, mode, severity, seed, options };

  useEffect(() => setPoints([]), [key, seed, options, otherFrame, scan, label]);
  useEffect(() => {
    setMade(undefined);
    setOtherFrame(undefined);
  }, [scan]);
  useEffect(() => {
    if (!scan) return;
    const own = ++count.current;
    networks.stop();
    if (lacksFrame) {
      setBusy(false);
      setFailure("");
      return setMade(undefined);
    }
    const timer = setTimeout(async () => {
      setBusy(true);
      setFailure("");
      try {
        const found = await networks.ask({ kind: "corrupt", request });
        if (own !== count.current) return;
        setMade(found);
        addPoint({
          severity,
          clean: found.clean,
          ...found.label !== undefined && { label: found.label },
        });
      } catch (error) {
        if (own === count.current) {
          setMade(undefined);
          setFailure((error as Error).message);
        }
      } finally {
        if (own === count.current) setBusy(false);
      }
    }, REST);
    return () => clearTimeout(timer);
  }, [key, severity, seed, options, otherFrame, scan, label]);

  const addPoint = (point: CurvePoint) =>
    setPoints((before) =>
      [...before.filter((one) => one.severity !== point.severity), point]
        .sort((a, b) => a.severity - b.severity)
    );
  const drawCurve = async () => {
    if (drawing) return networks.stop();
    const own = count.current;
    setDrawing(true);
    try {
      await networks.ask({ kind: "curve", request }, (news) => {
        if (news.kind === "point" && own === count.current) addPoint(news.point);
      });
    } catch (error) {
      setFailure((error as Error).message);
    } finally {
      setDrawing(false);
    }
  };
  const openOtherFrame = async (files: readonly GivenFile[]) => {
    setFailure("");
    try {
      setOtherFrame(await networks.ask({ kind: "otherFrame", files }));
    } catch (error) {
      setFailure((error as Error).message);
    }
  };
  const lines: ChartLine[] = [
    { name: TEXTS.diceClean, points: pointsOf(points, "clean") },
    ...label ? [{ name: TEXTS.diceLabel, points: pointsOf(points, "label") }] : [],
  ];
  const alt = points.map((one) => `${one.severity}: ${one.clean?.mean?.toFixed(3) ?? "none"}`);
  return (
    <section aria-labelledby="lab">
      <h2 id="lab">{TEXTS.lab}</h2>
      <p>{TEXTS.labHint}{scan ? "" : ` ${TEXTS.labFirst}`}</p>
      <div class="row">
        <label>
          {TEXTS.artifact}
          <select
            id="artifact"
            value={key}
            onChange={(event) => {
              setKey(event.currentTarget.value);
              setOptions({});
            }}
          >
            {Object.entries(TEXTS.modes).map(([mode, text]) => (
              <optgroup label={text}>
                {artifacts.filter((one) => one.mode === mode).map((one) => (
                  <option value={keyOf(one)}>{one.name}</option>
                ))}
              </optgroup>
            ))}
          </select>
        </label>
        <label>
          {TEXTS.severity(severity)}
          <input
            id="severity"
            type="range"
            min={1}
            max={5}
            value={severity}
            onInput={(event) =>
              setSeverity(Number(event.currentTarget.value) as ArtifactRequest["severity"])}
          />
        </label>
        <label>
          {TEXTS.seed}
          <input
            id="seed"
            type="number"
            min={0}
            max={MOST_SEED}
            value={seed}
            onChange={(event) =>
              setSeed(
                Math.min(
                  MOST_SEED,
                  Math.max(0, Math.floor(Number(event.currentTarget.value) || 0)),
                ),
              )}
          />
        </label>
        <button type="button" id="curve-button" disabled={!scan || lacksFrame} onClick={drawCurve}>
          {drawing ? TEXTS.stopCurve : TEXTS.drawCurve}
        </button>
      </div>
      <p class="quiet">{chosen.summary}</p>
      {needsOtherFrame && (
        <p class="row">
          <FileButton
            id="other-frame"
            text={TEXTS.otherFrame}
            plain
            several
            disabled={!scan}
            onFiles={openOtherFrame}
          />
          <span>{otherFrame ? TEXTS.otherFrameIs(otherFrame.name) : TEXTS.otherFrameFirst}</span>
        </p>
      )}
      <ArtifactOptions
        key={key}
        artifact={chosen}
        severity={severity}
        own={options}
        onChange={setOptions}
      />
      <p role="status" id="lab-status">{busy ? TEXTS.making : ""}</p>
      <div role="alert" id="lab-failure">{failure && <p class="failed">{failure}</p>}</div>
      {scan && (
        <BeforeAfter
          scan={scan}
          clean={state.found!.networks}
          made={made}
          colours={colours}
        />
      )}
      {scan && (
        <div class="columns two">
          <div>{made && <DiceTable made={made} />}</div>
          <div>
            <h3>{TEXTS.curve}</h3>
            <LineChart
              label={TEXTS.curveAlt(alt.join(", "))}
              lines={lines}
              x={[1, 5]}
              y={[0, 1]}
              xName={TEXTS.severityAxis}
              dots
            />
          </div>
        </div>
      )}
      {scan && made && <MadeArtifact made={made} scan={scan.name} />}
    </section>
  );
}

function keyOf({ mode, name }: Pick<ListedArtifact, "mode" | "name">): string {
  return `${mode}/${name}`;
}

function pointsOf(points: readonly CurvePoint[], what: "clean" | "label") {
  return points.flatMap((one): [number, number][] => {
    const mean = one[what]?.mean;
    return mean === null || mean === undefined ? [] : [[one.severity, mean]];
  });
}
