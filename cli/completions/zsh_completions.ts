import type { CommandWords, NamedWord } from "./command_words.ts";

/** A script for zsh that completes what these commands know; file names where they know nothing. */
export function zshCompletions(commands: readonly CommandWords[]): string {
  const words = commands.flatMap(({ path, commands, choices }) =>
    branch([path], [...commands, ...choices.map(plain)])
  );
  const options = commands.flatMap(({ path, options }) =>
    branch(
      [path],
      options.flatMap(({ flags, meaning }) => flags.map((name) => ({ name, meaning }))),
    )
  );
  const values = commands.flatMap(({ path, options }) =>
    options.filter(({ takesValue }) => takesValue).flatMap(({ flags, choices }) =>
      branch(flags.map((flag) => `${path}:${flag}`), choices.map(plain), true)
    )
  );
  const below = commands.filter(({ path }) => path !== "").map(({ path }) => quoted(path));
  return `#compdef tandem
# Completions of tandem for zsh; for good: tandem completions zsh > a file _tandem in a folder of $fpath,
# or after compinit: source <(tandem completions zsh). An alias wants: setopt complete_aliases

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
        ${below.join(" | ")}) at="\${at:+$at }$word" ;;
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

const plain = (name: string): NamedWord => ({ name, meaning: "" });

/** A branch of a `case` that fills `found`; none where there is nothing, unless it is to be told. */
function branch(
  patterns: readonly string[],
  words: readonly NamedWord[],
  always = false,
): string[] {
  if (words.length === 0 && !always) return [];
  const entries = words.map(({ name, meaning }) => {
    const word = name.replaceAll(":", "\\:");
    return quoted(meaning === "" ? word : `${word}:${meaning}`);
  });
  return [`${patterns.map(quoted).join(" | ")}) found=(${entries.join(" ")}) ;;`];
}

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

const lines = (branches: readonly string[]) => branches.map((text) => `    ${text}`).join("\n");
