import { type CaseBranch, caseBranches, caseLines } from "./case_branches.ts";
import type { CommandWords } from "./command_words.ts";

/** A script for zsh that completes what these commands know; file names where they know nothing. */
export function zshCompletions(commands: readonly CommandWords[]): string {
  const { words, options, values, below } = caseBranches(commands);
  return `#compdef tandem
# Completions of tandem for zsh; for good: tandem completions zsh > a file _tandem in a folder of $fpath,
# or after compinit: source <(tandem completions zsh). An alias wants: setopt complete_aliases

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
  local at="" option="" word current="\${words[CURRENT]}"
  local -a found=()
  for word in "\${(@)words[2,CURRENT-1]}"; do
    if [[ $word == -* ]]; then
      option=""
      if _tandem_values "$at" "$word"; then option="$word"; fi
    elif [[ -n $option ]]; then
      option=""
    else
      case "\${at:+$at }$word" in
        ${below.map(quoted).join(" | ")}) at="\${at:+$at }$word" ;;
      esac
    fi
  done
  found=()
  if [[ -n $option ]]; then
    _tandem_values "$at" "$option"
  elif [[ $current == --*=* ]]; then
    _tandem_values "$at" "\${current%%=*}" && compset -P '*='
  elif [[ $current == -* ]]; then
    _tandem_options "$at"
  else
    _tandem_words "$at"
  fi
  if (( \${#found} )) && _describe 'tandem' found; then return; fi
  _files
}

if [[ "\${zsh_eval_context[-1]}" == loadautofunc ]]; then
  _tandem "$@"
else
  compdef _tandem tandem
fi`;
}

/** A branch of a `case` that fills `found`. */
function branch({ patterns, words }: CaseBranch): string {
  const entries = words.map(({ name, meaning }) => {
    const word = name.replaceAll(":", "\\:");
    return quoted(meaning === "" ? word : `${word}:${meaning}`);
  });
  return `${patterns.map(quoted).join(" | ")}) found=(${entries.join(" ")}) ;;`;
}

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
