/** @jsx h */
// deno-lint-ignore-file verbatim-module-syntax -- JSX becomes calls of h
/// <reference lib="dom" />
import { h, useEffect, useState } from "../deps/preact.ts";
import {
  type PageProgress,
  pageProgressSchema,
  type RunProgress,
  type StudyProgress,
} from "../../lib/workflows/view/page_progress.ts";
import { TEXTS } from "../texts.ts";
import { HardExample } from "./hard_example.tsx";
import { type ChartLine, LineChart } from "./line_chart.tsx";

/** What a run or a study does, as its folder tells it; nothing in a page that is served as files. */
export function Progress({ onReload, colours }: {
  readonly onReload: () => void;
  readonly colours: readonly (readonly [number, number, number])[];
}) {
  const [now, setNow] = useState<PageProgress | undefined>(undefined);
  const [failure, setFailure] = useState("");
  useEffect(() => {
    if (document.documentElement.dataset.kind === "site") return;
    let source: EventSource | undefined;
    const follow = () => {
      source?.close();
      source = undefined;
      // A browser has six connections to a server, for all of its pages.
      if (document.hidden) return;
      source = new EventSource("progress");
      source.addEventListener("progress", ({ data }) => {
        setFailure("");
        setNow(pageProgressSchema.parse(JSON.parse(data)));
      });
      source.addEventListener("failure", ({ data }) => setFailure(String(JSON.parse(data))));
      source.onerror = () => setFailure(TEXTS.served);
    };
    follow();
    document.addEventListener("visibilitychange", follow);
    return () => {
      document.removeEventListener("visibilitychange", follow);
      source?.close();
    };
  }, []);
  if (now === undefined && failure === "") return null;
  return (
    <section aria-labelledby="progress-name" id="progress">
      <h2 id="progress-name">{now?.kind === "study" ? TEXTS.study : TEXTS.training}</h2>
      {failure && <p class="told" role="status">{failure}</p>}
      {now?.kind === "run" && <Run now={now} onReload={onReload} colours={colours} />}
      {now?.kind === "study" && <Study now={now} />}
    </section>
  );
}

function Run({ now, onReload, colours }: {
  readonly now: RunProgress;
  readonly onReload: () => void;
  readonly colours: readonly (readonly [number, number, number])[];
}) {
  const last = Math.max(1, now.step);
  const names = ["ftnDice", "stnDice"].filter((name) =>
    now.validations.some(({ scores }) => scores[name] !== undefined)
  );
  const lines = names.map((name): ChartLine => ({
    name: TEXTS.scores[name as "ftnDice" | "stnDice"],
    points: now.validations.flatMap(({ step, scores }): [number, number][] =>
      scores[name] === undefined ? [] : [[step, scores[name]]]
    ),
  }));
  const latest = now.losses.at(-1)?.[1];
  return (
    <div>
      <p id="pace">
        {TEXTS.pace(now.state, now.step, now.totalSteps, now.stepsPerSecond)}{" "}
        <button type="button" class="plain" onClick={onReload}>{TEXTS.reload}</button>
      </p>
      <div class="columns two">
        <div>
          <h3>{TEXTS.loss}</h3>
          <LineChart
            label={TEXTS.lossAlt(now.step, latest)}
            lines={[{ name: TEXTS.loss, points: now.losses }]}
            x={[1, last]}
            xName={TEXTS.step}
          />
        </div>
        <div>
          <h3>{TEXTS.validation}</h3>
          {lines.length === 0 ? <p>{TEXTS.noValidation}</p> : (
            <LineChart
              label={TEXTS.validationAlt(lines.map(({ name, points }) => {
                return `${name} ${points.at(-1)![1].toFixed(3)}`;
              }))}
              lines={lines}
              x={[1, last]}
              y={[0, 1]}
              xName={TEXTS.step}
              dots
            />
          )}
        </div>
      </div>
      {now.hardExample && <HardExample record={now.hardExample} colours={colours} />}
    </div>
  );
}

function Study({ now: { jobs } }: { readonly now: StudyProgress }) {
  const count = (state: string) => jobs.filter((job) => job.state === state).length;
  return (
    <div>
      <p id="jobs">
        {TEXTS.jobs(count("done"), count("running"), count("failed"), count("left"))}
      </p>
      <progress aria-label={TEXTS.study} max={jobs.length} value={count("done")} />
      <div class="scroll" tabIndex={0} role="region" aria-label={TEXTS.jobTable}>
        <table>
          <caption>{TEXTS.jobTable}</caption>
          <thead>
            <tr>
              <th scope="col">{TEXTS.job}</th>
              <th scope="col">{TEXTS.state}</th>
              <th scope="col" class="number">{TEXTS.step}</th>
            </tr>
          </thead>
          <tbody>
            {jobs.map(({ id, state, step, hasRun, reason }) => (
              <tr key={id}>
                <th scope="row">
                  {hasRun ? <a href={`run/${encodeURIComponent(id)}/`}>{id}</a> : id}
                </th>
                <td>{TEXTS.states[state]}{reason ? `: ${reason}` : ""}</td>
                <td class="number">{step}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
