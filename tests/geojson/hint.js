// hint.js GEOJSONHINT INCMAP TESTS OUT   what geojsonhint says of the GeoJSON that incmap makes of the tables
// of the golden maps and of the reports in TESTS: nothing. Exit code 1 with what it says.
'use strict';
const {execFileSync} = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const [hintFile, incmap, tests, out] = process.argv.slice(2);
const {hint} = require(path.resolve(hintFile));
let faults = 0, features = 0;

function fail(...what) {
  console.error(...what);
  faults++;
}

function written(name, ...args) {
  const file = path.join(out, name);
  execFileSync(incmap, [...args, '--quiet', '--overwrite', '-o', file], {stdio: ['ignore', 'ignore', 'inherit']});
  return fs.readFileSync(file, 'utf8');
}

function check(name, text) {
  features += (text.match(/"type":"Feature"/g) || []).length;
  for (const fault of hint(text))
    fail(`${name}:${fault.line}: ${fault.message}`);
}

fs.mkdirSync(out, {recursive: true});
const tables = fs.readdirSync(path.join(tests, 'golden/in')).filter(name => name.endsWith('.csv'));
for (const table of tables) {
  const name = path.basename(table, '.csv'), input = path.join(tests, 'golden/in', table);
  check(name, written(`${name}.geojson`, 'render', input));
  check(`${name}, simplestyle`, written(`${name}.style.geojson`, 'render', input, '--simplestyle'));
  for (const line of written(`${name}.geojsonl`, 'render', input).split(/[\n\u001e]+/).filter(Boolean))
    check(`${name}, a line`, line);
}
check('reports', written('reports.geojson', 'extract', path.join(tests, 'eval/news/reports')));

if (!tables.length || features < 500)
  fail(`${features} features of ${tables.length} tables: too few to tell anything`);
const broken = '{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":["20.5",1]}}';
if (!hint(broken).length)
  fail('a coordinate that is a string passed: geojsonhint does not look');
process.exitCode = faults ? 1 : 0;
