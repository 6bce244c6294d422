/**
 * What jobs of a cluster run, as scripts of bash. An element of an array runs one run of the study. Asked
 * to end before its time limit, it has the run saved and puts itself into the queue again; so it does after
 * its first failure. After the second, or a whole time limit without a step, it is left.
 */
import { HELD_EXIT } from "../../../names.ts";
import { shellWord } from "../../../base/text/shell_word.ts";

/** What scripts name; paths are whole. */
export interface ScriptParts {
  /** The study's folder. */
  readonly study: string;
  /** The submission's folder. */
  readonly folder: string;
  /** Deno's program. */
  readonly deno: string;
  /** The module of the command line. */
  readonly main: string;
  /** Deno's packages. */
  readonly npm: string;
  /** Modules imported by URL, where there are such. */
  readonly remote?: string | undefined;
  /** Where prepared cases are kept, as XDG_CACHE_HOME has it. */
  readonly cache: string;
  /** Where the command was given: from there on relative paths lead. */
  readonly from: string;
  readonly allowOtherVersion: boolean;
  /** Seconds before its time limit at which a job is asked to end. */
  readonly secondsToSave: number;
}

/** Deno in a folder of the job's own: its databases do not work on file systems of a network. */
function prologue({ study, folder, deno, main, npm, remote, cache, from }: ScriptParts): string {
  return `#!/bin/bash
study=${shellWord(study)}
folder=${shellWord(folder)}
deno=${shellWord(deno)}
main=${shellWord(main)}
export XDG_CACHE_HOME=${shellWord(cache)} DENO_NO_UPDATE_CHECK=1 NO_COLOR=1
cd -- ${shellWord(from)} 2>/dev/null || cd -- "$study"
say() { echo "tandem $(date -u +%FT%TZ): $*"; }
# Deno's databases do not stand several machines: packages are shared, the rest is the job's own.
export DENO_DIR
DENO_DIR=$(mktemp -d "\${TMPDIR:-/tmp}/tandem.XXXXXXXX") || exit 1
trap 'rm -rf -- "$DENO_DIR"' EXIT
ln -s -- ${shellWord(npm)} "$DENO_DIR/npm"
${remote === undefined ? "" : `ln -s -- ${shellWord(remote)} "$DENO_DIR/remote"\n`}`;
}

/** The script of an element; its only argument is the number of its array. */
export function runScript(parts: ScriptParts): string {
  return `${prologue(parts)}
run=$(sed -n "$((SLURM_ARRAY_TASK_ID + 1))p" "$folder/runs-$1.txt")
element="\${SLURM_ARRAY_JOB_ID}_\${SLURM_ARRAY_TASK_ID}"
note="$study/runs/$run.failed.txt"
tries="$folder/tries/$run.txt"
[ -n "$run" ] || { say "no run of number $SLURM_ARRAY_TASK_ID in $folder/runs-$1.txt"; exit 1; }
say "$run as $element on $(hostname)\${SLURMD_NODENAME:+ ($SLURMD_NODENAME)}"

# What a program of its own could not say.
fail() {
  say "$*"
  printf '%s\\n' "$*" > "$note.$$" && mv -f -- "$note.$$" "$note"
}
steps() { wc -l 2>/dev/null < "$study/runs/$run/log.jsonl" || echo 0; }
# Whether the job still runs: one that was cancelled shall not begin again.
lives() {
  local state
  state=$(squeue --noheader --jobs="$element" --format=%T 2>/dev/null) || return 0
  [ "$state" = RUNNING ]
}
again() {
  local refused code
  refused=$(scontrol requeue "$element" 2>&1)
  code=$?
  # Slurm ends what the job runs, and may be faster than the answer
  if [ "$code" = 0 ] || [ "$code" -gt 128 ]; then
    say "goes on later: $1"
    exit 0
  fi
  fail "$1, and Slurm does not take the job again ($refused); what is done is saved"
  exit 1
}
# Ends the job for its time limit, unless it took no step in all of it.
over() {
  local here
  here="limit $(steps)"
  if [ "$(tail -n 1 "$tries" 2>/dev/null)" = "$here" ]; then
    fail "no step was taken in a whole time limit, after step \${here#limit }: wanted a longer --time"
    exit 1
  fi
  echo "$here" >> "$tries"
  again "its time limit was reached at step \${here#limit }"
}

# What it was given, not what the shell that submitted it was: that is handed down, too.
cores=\${SLURM_CPUS_ON_NODE:-1}
[ "\${SLURM_CPUS_PER_TASK:-$cores}" -lt "$cores" ] && cores=$SLURM_CPUS_PER_TASK
[ "$cores" -le 64 ] || cores=64
asked=0 told=0 child=
trap 'asked=$((asked + 1)); [ -n "$child" ] && kill -TERM "$child" 2>/dev/null' TERM
"$deno" run -A --cached-only "$main" study run "$study" "$run" \\
  --threads "$cores" --patience 780${parts.allowOtherVersion ? " --allow-other-version" : ""} &
child=$!
while :; do
  wait "$child"
  code=$?
  [ "$asked" = "$told" ] && break
  told=$asked
  # what is evaluated comes to its end first, which may be too late
  for ((left = ${Math.max(5, parts.secondsToSave - 30)}; left > 0; left--)); do
    kill -0 "$child" 2>/dev/null || continue 2
    lives || continue 2
    sleep 1
  done
  over
done
if [ "$code" = 0 ]; then
  rm -f -- "$tries"
  exit 0
fi
if [ "$code" = ${HELD_EXIT} ]; then
  say "$run is left to the process that has it"
  exit 0
fi
if ! lives; then
  say "ended by somebody: $run ended with exit code $code, and is not begun again"
  exit "$code"
fi
if [ "$code" = 130 ] || [ "$asked" != 0 ]; then over; fi
[ -e "$note" ] || fail "Deno ended with exit code $code on $(hostname)"
echo "failed $code" >> "$tries"
if [ "$(grep -c '^failed' "$tries")" -lt 2 ]; then again "it failed with exit code $code"; fi
say "it failed twice, and is left"
exit "$code"
`;
}

/** The script of the last job: tables and page of what is done. */
export function reportScript(parts: ScriptParts): string {
  return `${prologue(parts)}
"$deno" run -A --cached-only "$main" report "$study"
`;
}
