// All browser tests against one demo city: it is made once, which costs more than most of the tests.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { startCity } from './city.mjs';

const here = new URL('.', import.meta.url).pathname;
const files = readdirSync(here).filter((name) => name.endsWith('.test.mjs')).sort().map((name) => here + name);
const city = await startCity();
const tests = spawn(process.execPath, ['--test', '--test-concurrency=1', ...files], { stdio: 'inherit', env: { ...process.env, BANYAN_ADDRESS: city.address } });
const status = await new Promise((done) => tests.on('exit', (code) => done(code ?? 1)));
await city.stop();
process.exitCode = status;
