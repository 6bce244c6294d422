/** @jsx h */
// deno-lint-ignore-file verbatim-module-syntax -- JSX becomes calls of h
/// <reference lib="dom" />
import { h, useEffect, useMemo, useRef, useState } from "../deps/preact.ts";
import type { Niivue } from "../deps/niivue.ts";
import { TEXTS } from "../texts.ts";
import type {
  ArtifactRequest,
  CorruptedScan,
  CurvePoint,
  ListedArtifact,
} from "../worker/protocol.ts";
import type { ScanState } from "./scan_state.ts";
import { DiceTable } from "./dice_table.tsx";
import { type ChartLine, LineChart } from "./line_chart.tsx";
import { saveFile, stemOf } from "./save_file.ts";
import type { Networks } from "./use_worker.ts";
import { type Layer, Viewer } from "./viewer.tsx";

/** Milliseconds that a slider rests before work begins. */
const REST = 150;

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
  const [made, setMade] = useState<CorruptedScan | undefined>(undefined);
  const [points, setPoints] = useState<readonly CurvePoint[]>([]);
  const [busy, setBusy] = useState(false);
  const [drawing, setDrawing] = useState(false);
  const [failure, setFailure] = useState("");
  const [place, setPlace] = useState(0.5);
  const count = useRef(0);
  const views = useRef<Partial<Record<"before" | "after", Niivue>>>({});
  const chosen = artifacts.find((one) => keyOf(one) === key)!;
  const scan = state?.found && state.scan, label = state?.label;
  const request: ArtifactRequest = { name: chosen.name, mode: chosen.mode, severity, seed };

  useEffect(() => setPoints([]), [key, seed, scan, label]);
  useEffect(() => {
    setMade(undefined);
    if (scan) setPlace((Math.floor(scan.slices / 2) + 0.5) / scan.slices);
  }, [scan]);
  useEffect(() => {
    if (!scan) return;
    const own = ++count.current;
    networks.stop();
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
  }, [key, severity, seed, scan, label]);

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
  const ready = (side: "before" | "after") => (niivue: Niivue) => {
    views.current[side] = niivue;
    const { before, after } = views.current;
    if (!before || !after) return;
    before.broadcastTo([after], { "2d": true, "3d": true });
    after.broadcastTo([before], { "2d": true, "3d": true });
  };

  const clean = state?.found?.networks;
  const beforeLayers = useMemo((): Layer[] =>
    scan && clean
      ? [
        { id: "scan", nifti: scan.image, kind: "scan", opacity: 1 },
        { id: "clean", nifti: (clean.stn ?? clean.ftn).outline, kind: "labels", opacity: 1 },
      ]
      : [], [scan, clean]);
  const afterLayers = useMemo((): Layer[] =>
    made
      ? [
        { id: "corrupted", nifti: made.image, kind: "scan", opacity: 1 },
        { id: "found", nifti: made.overlay.outline, kind: "labels", opacity: 1 },
      ]
      : [], [made]);
  const lines: ChartLine[] = [
    { name: TEXTS.diceClean, points: pointsOf(points, "clean") },
    ...label ? [{ name: TEXTS.diceLabel, points: pointsOf(points, "label") }] : [],
  ];
  const alt = points.map((one) => `${one.severity}: ${one.clean?.mean?.toFixed(3) ?? "none"}`);
  const stem = scan ? stemOf(scan.name) : "";
  return (
    <section aria-labelledby="lab">
      <h2 id="lab">{TEXTS.lab}</h2>
      <p>{TEXTS.labHint}{scan ? "" : ` ${TEXTS.labFirst}`}</p>
      <div class="row">
        <label>
          {TEXTS.artifact}
          <select id="artifact" value={key} onChange={(event) => setKey(event.currentTarget.value)}>
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
            max={4294967295}
            value={seed}
            onChange={(event) =>
              setSeed(Math.max(0, Math.floor(Number(event.currentTarget.value) || 0)))}
          />
        </label>
        <button type="button" id="curve-button" disabled={!scan} onClick={drawCurve}>
          {drawing ? TEXTS.stopCurve : TEXTS.drawCurve}
        </button>
      </div>
      <p class="quiet">{chosen.summary}</p>
      <p role="status" id="lab-status">{busy ? TEXTS.making : ""}</p>
      <div role="alert" id="lab-failure">{failure && <p class="failed">{failure}</p>}</div>
      {scan && (
        <div class="columns two">
          {([["before", beforeLayers], ["after", afterLayers]] as const).map(([which, layers]) => (
            <div key={which}>
              <h3>{TEXTS[which]}</h3>
              <Viewer
                label={TEXTS[which]}
                layers={layers}
                colours={colours}
                view="slice"
                along={scan.along}
                place={place}
                onPlace={setPlace}
                onReady={ready(which)}
                small
              />
            </div>
          ))}
        </div>
      )}
      {scan && (
        <label>
          {TEXTS.slice} {Math.min(scan.slices, Math.floor(place * scan.slices) + 1)} / {scan.slices}
          <input
            id="lab-slice"
            type="range"
            min={1}
            max={scan.slices}
            value={Math.min(scan.slices, Math.floor(place * scan.slices) + 1)}
            onInput={(event) => setPlace((Number(event.currentTarget.value) - 0.5) / scan.slices)}
          />
        </label>
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
              xName="severity"
              dots
            />
          </div>
        </div>
      )}
      {made && (
        <div>
          <h3>{TEXTS.parameters}</h3>
          <pre
            id="parameters"
            tabIndex={0}
            aria-label={TEXTS.parameters}
          >{JSON.stringify(made.params)}</pre>
          <h3>{TEXTS.line}</h3>
          <pre id="line" tabIndex={0} aria-label={TEXTS.line}>{made.line ?? TEXTS.lineDicom}</pre>
          <p>
            <button
              type="button"
              class="plain"
              id="save-corrupted"
              onClick={() => saveFile(`${stem}_${made.request.name}.nii`, made.image)}
            >
              {TEXTS.saveCorrupted}
            </button>
          </p>
        </div>
      )}
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
