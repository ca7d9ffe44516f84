// Where each row of a long list begins, against sums counted plainly. No browser, no server.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { transformWithEsbuild } from 'vite';

const source = new URL('../src/desk/heights.ts', import.meta.url).pathname;
const { code } = await transformWithEsbuild(readFileSync(source, 'utf8'), source);
const { Heights } = await import(`data:text/javascript,${encodeURIComponent(code)}`);

let state = 7;
const draw = (most) => (state = (state * 48271) % 0x7fffffff) % most;  // the same numbers every time

function same(heights, plain) {
  let y = 0;
  for (const [n, height] of plain.entries()) {
    assert.equal(heights.of(n), height);
    assert.equal(heights.top(n), y);
    assert.equal(heights.at(y), n);
    assert.equal(heights.at(y + height - 1), n);
    y += height;
  }
  assert.equal(heights.top(plain.length), y);
  assert.equal(heights.at(y + 1000), plain.length - 1);
  assert.equal(heights.length, plain.length);
}

test('rows that come, change their heights and go stand where their sums say', () => {
  const heights = new Heights();
  assert.equal(heights.at(100), 0);
  assert.equal(heights.top(0), 0);
  let plain = [];
  for (let round = 0; round < 40; round++) {
    for (let n = draw(30); n--; ) {
      plain.push(20 + draw(80));
      heights.add(plain.at(-1));
    }
    for (let n = plain.length ? 10 : 0; n--; ) {
      const at = draw(plain.length);
      plain[at] = 20 + draw(80);
      heights.put(at, plain[at]);
    }
    if (round % 7 === 6) {
      plain = plain.slice(0, draw(plain.length));
      heights.cut(plain.length);
    }
    same(heights, plain);
  }
  plain = new Array(123).fill(61);
  heights.fill(123, 61);
  plain.push(40);
  heights.add(40);
  same(heights, plain);
});

test('of half a million rows each costs a few steps', () => {
  const heights = new Heights();
  for (let n = 0; n < 500_000; n++) heights.add(60 + (n % 3));
  let steps = 0;
  const sums = heights.sums;
  heights.sums = new Proxy(sums, { get: (of, key) => (steps++, of[key]), set: (of, key, value) => (steps++, (of[key] = value), true) });
  heights.put(3, 90);
  assert.ok(heights.top(499_999) > 0);
  assert.equal(heights.at(heights.top(250_000)), 250_000);
  heights.add(60);
  assert.ok(steps < 250, `${steps} steps`);
});
