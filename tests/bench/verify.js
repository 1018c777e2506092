// Holds `estimate.js` against the golden results of `tests/reference`, and says how long it takes here:
//
//     node tests/bench/verify.js
//
// Needs Node 20 and, to read TOML, Python 3.11.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { bySelection, bySorting, estimate, prepare } from './estimate.js';

const MODELS = [
  ['../../content/estimates/cto-or-partner.toml', '../reference/cto-or-partner.json'],
  ['../reference/second-model.toml', '../reference/second-model.json'],
];
/** Relative difference that rounding may make. */
const TOLERANCE = 1e-9;
const TIMES = 100;
const WAYS = [bySorting, bySelection];

const file = (name) => fileURLToPath(new URL(name, import.meta.url));
const TO_JSON = 'import json, sys, tomllib; print(json.dumps(tomllib.load(open(sys.argv[1], "rb"))))';
const readModel = (name) => JSON.parse(execFileSync('python3', ['-c', TO_JSON, file(name)], { encoding: 'utf8' }));

/** How much a result differs from all that is expected, as `[where, relative difference]`; what lacks differs infinitely. */
function* differences(actual, expected, where) {
  if (typeof expected === 'object' && expected !== null) {
    for (const key of Object.keys(expected)) yield* differences(actual?.[key], expected[key], `${where}.${key}`);
  } else if (typeof expected === 'number' && typeof actual === 'number') {
    const size = Math.max(Math.abs(actual), Math.abs(expected));
    yield [where, actual === expected ? 0 : Math.abs(actual - expected) / size];
  } else {
    // JSON has no number for a quality that is never reached.
    const same = actual === expected || (expected === null && actual === Infinity);
    yield [where, same ? 0 : Infinity];
  }
}

const median = (times) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)];

function milliseconds(work) {
  const began = performance.now();
  work();
  return performance.now() - began;
}

for (const [modelFile, goldenFile] of MODELS) {
  const model = readModel(modelFile);
  const { samples, cases } = JSON.parse(readFileSync(file(goldenFile), 'utf8'));
  const prepared = prepare({ ...model, meta: { ...model.meta, samples } });
  let numbers = 0;
  let largest = 0;
  for (const [at, { inputs, recommendation, wins, approaches }] of cases.entries()) {
    const expected = { recommendation, wins, approaches };
    for (const way of WAYS) {
      const actual = estimate(prepared, inputs, way);
      for (const [where, difference] of differences(actual, expected, `case ${at}, ${way.name}`)) {
        numbers += 1;
        largest = Math.max(largest, difference);
        if (difference > TOLERANCE) {
          console.error(`${goldenFile}: ${where} differs by ${difference}`);
          process.exitCode = 1;
        }
      }
    }
  }
  let full;
  const ready = milliseconds(() => (full = prepare(model)));
  const times = WAYS.map((way) => {
    const all = Array.from({ length: TIMES }, (_, at) =>
      milliseconds(() => estimate(full, cases[at % cases.length].inputs, way)),
    );
    return `${median(all).toFixed(2)} ms ${way.name}`;
  });
  console.log(
    `${goldenFile}: ${numbers} numbers of ${cases.length} cases, largest relative difference ${largest.toExponential(1)}; ` +
      `at ${model.meta.samples} futures made ready in ${ready.toFixed(0)} ms, an estimate takes ${times.join(', ')}`,
  );
}
