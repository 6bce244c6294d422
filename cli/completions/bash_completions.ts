import { type CaseBranch, caseBranches, caseLines } from "./case_branches.ts";
import type { CommandWords } from "./command_words.ts";

/** A script for bash that completes what these commands know; file names where they know nothing. */
export function bashCompletions(commands: readonly CommandWords[]): string {
  const { words, options, values, below } = caseBranches(commands);
  return `# Completions of tandem for bash; for good: tandem completions bash >> ~/.bashrc

_tandem_words() {
  case "$1" in
${caseLines(words, branch)}
  esac
}

_tandem_options() {
  case "$1" in
${caseLines(options, branch)}
  esac
}

# the values of an option; fails where it takes none
_tandem_values() {
  case "$1:$2" in
${caseLines(values, branch)}
    *) return 1 ;;
  esac
}

_tandem() {
  local at="" option="" word found i current="\${COMP_WORDS[COMP_CWORD]}"
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    if [[ $word == "=" ]]; then continue; fi
    if [[ $word == -* ]]; then
      option=""
      if _tandem_values "$at" "$word" > /dev/null; then option="$word"; fi
    elif [[ -n $option ]]; then
      option=""
    else
      case "\${at:+$at }$word" in
        ${below.map(quoted).join(" | ")}) at="\${at:+$at }$word" ;;
      esac
    fi
  done
  # bash makes a word of its own of the sign in --option=value
  if [[ $current == "=" ]]; then current=""; fi
  if [[ -n $option ]]; then
    found=$(_tandem_values "$at" "$option")
  elif [[ $current == -* ]]; then
    found=$(_tandem_options "$at")
  else
    found=$(_tandem_words "$at")
  fi
  COMPREPLY=($(compgen -W "$found" -- "$current"))
}

complete -o default -F _tandem tandem`;
}

/** A branch of a `case` that prints its words. */
function branch({ patterns, words }: CaseBranch): string {
  const keys = patterns.map(quoted).join(" | ");
  if (words.length === 0) return `${keys}) ;;`;
  return `${keys}) echo "${words.map(({ name }) => name).join(" ")}" ;;`;
}

const quoted = (text: string) => `"${text}"`;
