import type { CommandWords } from "./command_words.ts";

/** A script for fish that completes what these commands know; file names where they know nothing. */
export function fishCompletions(commands: readonly CommandWords[]): string {
  const below = commands.filter(({ path }) => path !== "").map(({ path }) => quoted(path));
  const valued = commands.flatMap(({ path, options }) =>
    options.filter(({ takesValue }) => takesValue)
      .flatMap(({ flags }) => flags.map((flag) => quoted(`${path}:${flag}`)))
  );
  return [
    `# Completions of tandem for fish; for good: tandem completions fish > ~/.config/fish/completions/tandem.fish

# whether the words so far lead to this command
function __tandem_at
    set -l at ''
    set -l option no
    for word in (commandline -opc)[2..-1]
        if string match -q -- '-*' $word
            set option no
            switch "$at:$word"
                case ${valued.join(" ")}
                    set option yes
            end
        else if test $option = yes
            set option no
        else
            switch (string trim -- "$at $word")
                case ${below.join(" ")}
                    set at (string trim -- "$at $word")
            end
        end
    end
    test "$at" = "$argv[1]"
end
`,
    ...commands.flatMap(linesOf),
  ].join("\n");
}

/** What stands behind the words of one command, a line each. */
function linesOf({ path, commands, options, choices }: CommandWords): string[] {
  const rule = `complete -c tandem -n ${quoted(`__tandem_at ${quoted(path)}`)}`;
  return [
    ...commands.map(({ name, meaning }) => `${rule} -f -a ${name} -d ${quoted(meaning)}`),
    ...choices.length === 0 ? [] : [`${rule} -f -a ${quoted(choices.join(" "))}`],
    ...options.map(({ flags, meaning, takesValue, choices }) => {
      const names = flags.map((flag) =>
        flag.startsWith("--") ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`
      );
      const values = choices.length > 0
        ? ["-x", "-a", quoted(choices.join(" "))]
        : takesValue
        ? ["-r", "-F"]
        : [];
      return [rule, ...names, ...values, "-d", quoted(meaning)].join(" ");
    }),
  ];
}

const quoted = (text: string) => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
