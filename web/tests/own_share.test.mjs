// Whose due a list of a unit shows. No browser, no server.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { transformWithEsbuild } from 'vite';

const source = new URL('../src/desk/own_share.ts', import.meta.url).pathname;
const { code } = await transformWithEsbuild(readFileSync(source, 'utf8'), source);
const { boundTo } = await import(`data:text/javascript,${encodeURIComponent(code)}`);

const due = (at) => ({ at, last_day: at.slice(0, 10) });
const share = (unit, more) => ({ unit: { code: unit }, share: 'assist', progress: 'working', light: 'green', ...more });
const row = (assignments, open = true) => ({ open, light: 'green', due: due('2026-11-10T00:00'), assignments });

test('a unit sees the due of its own share, who is informed that of who leads', () => {
  const shares = [share('sj', { share: 'lead', light: 'red', due: due('2026-10-20T00:00') }), share('xz', { progress: 'waived' }), share('cg', { due: due('2026-10-25T00:00') })];
  assert.deepEqual(['sj', 'xz', 'cg', 'zj', undefined].map((unit) => boundTo(row(shares), unit).due.at.slice(5, 10)), ['10-20', '10-20', '10-25', '11-10', '11-10']);
  assert.equal(boundTo(row(shares), 'xz').light, 'red');
  assert.equal(boundTo(row(shares, false), 'sj').due.at, '2026-11-10T00:00', 'nothing runs when it is over');
});

test('a share that was returned binds nobody; the newest of several does', () => {
  const shares = [share('sj', { progress: 'returned', due: due('2026-10-01T00:00') }), share('sj', { due: due('2026-10-30T00:00') })];
  assert.equal(boundTo(row(shares), 'sj').due.at, '2026-10-30T00:00');
  assert.equal(boundTo(row(shares.slice(0, 1)), 'sj').due.at, '2026-11-10T00:00');
});
