// Reads a text with write-good, alex or textlint as often as it is told.
// `node peers.mjs TOOL FILE`: prints `ready`, then answers each line with a number on standard input by so many
// readings and the number of findings. Run from the folder that holds node_modules.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(`${process.cwd()}/`);
const [tool, file] = process.argv.slice(2);
const text = readFileSync(file, "utf8");

async function reader() {
  switch (tool) {
    case "write-good": {
      const writeGood = require("write-good");
      return () => writeGood(text).length;
    }
    case "alex": {
      const alex = await import(pathToFileURL(require.resolve("alex")));
      return () => alex.text(text).messages.length;
    }
    case "textlint": {
      const { createLinter } = require("textlint");
      const { TextlintKernelDescriptor } = require("@textlint/kernel");
      const plain = (module) => module.default ?? module;
      const rules = ["write-good", "common-misspellings", "terminology"]
        .map((ruleId) => ({ ruleId, rule: plain(require(`textlint-rule-${ruleId}`)) }));
      const plugins = [{ pluginId: "text", plugin: plain(require("@textlint/textlint-plugin-text")) }];
      const linter = createLinter({ descriptor: new TextlintKernelDescriptor({ rules, plugins, filterRules: [] }) });
      return async () => (await linter.lintText(text, "letters.txt")).messages.length;
    }
  }
  throw new Error(`no such tool: ${tool}`);
}

const read = await reader();
console.log("ready");
for await (const line of createInterface({ input: process.stdin })) {
  let found = 0;
  for (let time = Number(line) || 1; time > 0; time -= 1) found = await read();
  console.log(String(found));
}
