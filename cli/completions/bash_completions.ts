import type { CommandWords } from "./command_words.ts";

/** A script for bash that completes what these commands know; file names where they know nothing. */
export function bashCompletions(commands: readonly CommandWords[]): string {
  const words = commands.flatMap(({ path, commands, choices }) =>
    branch([path], [...commands.map(({ name }) => name), ...choices])
  );
  const options = commands.flatMap(({ path, options }) =>
    branch([path], options.flatMap(({ flags }) => flags))
  );
  const values = commands.flatMap(({ path, options }) =>
    options.filter(({ takesValue }) => takesValue)
      .flatMap(({ flags, choices }) =>
        branch(flags.map((flag) => `${path}:${flag}`), choices, true)
      )
  );
  const below = commands.filter(({ path }) => path !== "").map(({ path }) => `"${path}"`);
  return `# Completions of tandem for bash; for good: tandem completions bash >> ~/.bashrc

_tandem_words() {
  case "$1" in
${lines(words)}
  esac
}

_tandem_options() {
  case "$1" in
${lines(options)}
  esac
}

# the values of an option; fails where it takes none
_tandem_values() {
  case "$1:$2" in
${lines(values)}
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
        ${below.join(" | ")}) at="\${at:+$at }$word" ;;
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

/** A branch of a `case` that prints words; none where there are none, unless it is to be told. */
function branch(
  patterns: readonly string[],
  words: readonly string[],
  always = false,
): string[] {
  if (words.length === 0 && !always) return [];
  const keys = patterns.map((pattern) => `"${pattern}"`).join(" | ");
  return [words.length === 0 ? `${keys}) ;;` : `${keys}) echo "${words.join(" ")}" ;;`];
}

const lines = (branches: readonly string[]) => branches.map((text) => `    ${text}`).join("\n");
