// Weighs and times the engine as WASM: `node run.mjs MODULE LETTER` prints one JSON object.
import { readFileSync } from "node:fs";
import { gzipSync, brotliCompressSync } from "node:zlib";

const [module, letter] = process.argv.slice(2);
const bytes = readFileSync(module);
const cpu = () => { const used = process.cpuUsage(); return (used.user + used.system) / 1000; };
const median = (numbers) => numbers.sort((one, other) => one - other)[numbers.length >> 1];

const began = performance.now();
const { instance } = await WebAssembly.instantiate(bytes);
const { start, clear, push, check } = instance.exports;
start();
const started = performance.now() - began;

for (const byte of readFileSync(letter)) push(byte);
const first = performance.now();
const findings = check();
const firstCheck = performance.now() - first;
for (let time = 0; time < 300; time += 1) check();
const times = [];
for (let round = 0; round < 9; round += 1) {
  const before = cpu();
  for (let time = 0; time < 200; time += 1) check();
  times.push((cpu() - before) / 200);
}
console.log(JSON.stringify({
  bytes: bytes.length,
  gzip: gzipSync(bytes, { level: 9 }).length,
  brotli: brotliCompressSync(bytes).length,
  start_ms: started,
  first_check_ms: firstCheck,
  letter_ms: median(times),
  findings,
}));
