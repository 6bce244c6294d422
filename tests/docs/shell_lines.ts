/** Lines of a shell as words: enough of it for the commands that documents show. */

/** The commands of a block: lines joined at `\`, without comments, cut at `|`, `&&` and `;`. */
export function commandsOf(block: string): string[][] {
  return block.replace(/\\\n/g, " ").split("\n").flatMap(splitLine);
}

/** Words of a line, quotes taken off; what is quoted holds no comment and no end of a command. */
function splitLine(line: string): string[][] {
  const commands: string[][] = [[]];
  for (
    const match of line.matchAll(/(#.*)|(\|\||&&|[|;&()])|((?:"[^"]*"|'[^']*'|[^\s"'|;&()])+)/g)
  ) {
    const [, comment, end, word] = match;
    if (comment !== undefined) break;
    if (end !== undefined) commands.push([]);
    else commands.at(-1)!.push(word!.replace(/"([^"]*)"|'([^']*)'/g, "$1$2"));
  }
  return commands.filter((words) => words.length > 0);
}
