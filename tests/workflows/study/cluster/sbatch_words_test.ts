import { assertEquals, assertThrows } from "../../../deps.ts";
import { ConfigError } from "../../../../lib/base/config/config_error.ts";
import { sbatchWords } from "../../../../lib/workflows/study/cluster/sbatch_words.ts";

Deno.test("sbatchWords() splits words and takes the seconds before a limit from --signal", () => {
  const plain = { words: [], secondsToSave: 120, saysCores: false, saysCards: false };
  assertEquals(sbatchWords(""), plain);
  assertEquals(sbatchWords(`--comment='a b' -c 4 --signal=B:TERM@300`), {
    ...{ words: ["--comment=a b", "-c", "4"], secondsToSave: 300, saysCores: true },
    saysCards: false,
  });
  assertEquals(sbatchWords("--export=NONE").words, ["--export=NONE"]);
  assertEquals(sbatchWords("--gpus=1"), { ...plain, words: ["--gpus=1"], saysCards: true });
});

Deno.test("sbatchWords() refuses what a submission sets itself, and what is no option", () => {
  const refused = {
    "--array=1-3": "--array=1-3 is set by tandem itself",
    "-p x -d afterok:3": "-d is set by tandem itself",
    "--output x": "--output is set by tandem itself",
    "script.sh": "script.sh is no option",
    "--mem=1G -- other.sh": "-- ends options",
    "--signal=USR1": "wanted --signal=B:TERM@SECONDS",
    "--comment='a": "a ' is not closed",
    "--sig=B:TERM@300": "wanted --signal=B:TERM@SECONDS",
    "-M gpu": "-M is set by tandem itself",
    "--clusters=gpu": "--clusters=gpu is set by tandem itself",
    // as sbatch understands them
    "--arr=0-9": "--arr=0-9 is set by tandem itself",
    "--depend=afterok:3": "--depend=afterok:3 is set by tandem itself",
  };
  for (const [text, why] of Object.entries(refused)) {
    assertThrows(() => sbatchWords(text), ConfigError, why);
  }
});
