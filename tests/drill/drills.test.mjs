// What falls, and what then is true: every acknowledged appeal is there exactly once, the journal holds together, the tally is what the
// journal counts. How long nobody was answered is printed, not judged. docs/scale.md: what each drill stands for.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { Load } from './load.mjs';
import { Service, until } from './machines.mjs';

/** Breaks something under load. `broken` returns when it is repaired, or when it is not repaired at all. */
async function drill(name, options, broken) {
  const service = await Service.start(options);
  try {
    const load = new Load(service.address);
    await until('the load runs', () => load.acknowledged.size > 100);
    const began = Date.now();
    await broken(service, load);
    const repaired = Date.now();
    await until('somebody is answered', () => load.firstSuccess(began) !== null && load.firstSuccess(repaired) !== null, 120);
    const before = load.acknowledged.size;
    await until('the load goes on', () => load.acknowledged.size > before + 100, 120);
    await load.stop();
    await wait(2500);  // whoever leads counts once a second
    const there = new Set(service.primary.ask("SELECT matter FROM event WHERE no = 1 AND step = 'file'").split('\n'));  // what the city opens by itself is not among them
    const ids = [...load.acknowledged.values()];
    assert.equal(new Set(ids).size, ids.length, 'two appeals under one number');
    assert.deepEqual(ids.filter((id) => !there.has(id)), [], 'acknowledged, and not there');
    const known = new Set(ids);
    const more = [...there].filter((id) => !known.has(id)).map((id) => `${id}, asked by ${service.primary.ask(`SELECT key FROM idempotency WHERE lane = ${id} % 256 AND event % 256 = ${id} % 256 AND answer LIKE '%"id":"${id}"%'`)}`);
    assert.deepEqual(more.map((each) => `${each}: ${load.acknowledged.get(each.split(' ').at(-1))}`), [], 'there, and nobody was told of them');
    assert.equal(service.verify(), '');
    const gaps = load.answered.map(([, answered]) => answered).filter((at) => at >= began).sort((a, b) => a - b);
    const longest = Math.max(...gaps.map((at, n) => at - (n ? gaps[n - 1] : began)));
    console.log(`# ${name}: first success ${load.firstSuccess(began)} ms after it broke, ${load.firstSuccess(repaired)} ms after it was repaired; longest silence ${longest} ms; ${ids.length} appeals, ${load.tries} tries`);
  } finally {
    await service.stop();
  }
}

test('a node is killed', () => drill('node killed', {}, async ({ nodes }) => {
  await nodes[0].end('SIGKILL');
  await wait(8000);  // until its leases are the other's
  await nodes[0].start();
}));

test('the primary is killed, the standby promoted', () => drill('primary killed', {}, async (service) => {
  await service.primary.die();
  await wait(3000);  // until somebody is sure of it
  await service.promote();
  await wait(5000);
  await service.rejoin();
}));

test('a node is cut off from the database', () => drill('partition', {}, async (service) => {
  service.cut();
  await wait(15_000);
  service.mend();
  await until('the node comes to itself', () => service.nodes[0].well());
}));

test('the disk of the primary is full', () => drill('disk full', { room_mb: 400 }, async (service) => {
  const filler = `${service.disk}/filler`;
  try { execFileSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=1M'], { stdio: 'ignore' }); } catch { /* that is the point */ }
  await wait(8000);
  execFileSync('rm', [filler]);
  await until('the primary is up', () => service.primary.up());
}));

test('no connection is left', () => drill('connections', { connections: 100 }, async (service) => {
  // Others take all that is free, then the nodes lose theirs.
  const others = Array.from({ length: 120 }, () => spawn('psql', ['-X', '-q', '-c', 'SELECT pg_sleep(600)', service.primary.url('stranger', 'postgres')], { stdio: 'ignore' }));
  await wait(1500);
  service.primary.ask("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'banyan' AND pid <> pg_backend_pid()");
  await wait(6000);
  for (const other of others) other.kill('SIGKILL');
  service.primary.ask("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'stranger'");
}));
