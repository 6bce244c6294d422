/**
 * Preloaded into a command, ends it by SIGKILL at its act on the disk that KILL_AT counts, from 1: in
 * the middle where the act is a write, before it elsewhere. KILL_COUNT names a file that gets the
 * number of acts of a command that comes to its end.
 */

// deno-lint-ignore-file no-explicit-any
const at = Number(Deno.env.get("KILL_AT") ?? 0), counted = Deno.env.get("KILL_COUNT");
const { writeTextFileSync } = Deno;
let acts = 0;

/** Whether this is the act at which the process ends. */
function isLast(): boolean {
  return ++acts === at;
}

function end(): never {
  Deno.kill(Deno.pid, "SIGKILL");
  for (;;);
}

/** Has a function of an object be an act where its arguments say so. */
function count(owner: any, name: string, isAct: (args: any[]) => boolean = () => true): void {
  const run = owner[name];
  owner[name] = function (...args: any[]) {
    if (isAct(args) && isLast()) end();
    return run.apply(this, args);
  };
}

for (const name of ["mkdir", "remove", "rename", "link", "copyFile", "truncate"]) {
  count(Deno, name);
  count(Deno, `${name}Sync`);
}
const isToWrite = ([, options]: any[]) => options?.write || options?.append || options?.createNew;
for (const name of ["open", "openSync"]) count(Deno, name, isToWrite);
for (const name of ["sync", "syncSync", "syncDataSync", "truncateSync"]) {
  count(Deno.FsFile.prototype, name);
}

const { writeSync, write } = Deno.FsFile.prototype;
Deno.FsFile.prototype.writeSync = function (bytes) {
  if (!isLast()) return writeSync.call(this, bytes);
  writeSync.call(this, bytes.subarray(0, bytes.length >> 1));
  end();
};
Deno.FsFile.prototype.write = function (bytes) {
  if (!isLast()) return write.call(this, bytes);
  writeSync.call(this, bytes.subarray(0, bytes.length >> 1));
  end();
};
for (const name of ["writeFile", "writeTextFile"] as const) {
  const whole = Deno[name] as any;
  (Deno as any)[name] = (path: string, content: any, ...rest: any[]) => {
    if (!isLast()) return whole(path, content, ...rest);
    const text = typeof content === "string" ? content : new TextDecoder("latin1").decode(content);
    writeTextFileSync(path, text.slice(0, text.length >> 1));
    end();
  };
}

if (counted !== undefined) {
  globalThis.addEventListener("unload", () => writeTextFileSync(counted, `${acts}`));
}
