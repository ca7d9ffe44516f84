// A list of 20,000, by its cursors: how many rows are held, and what is asked for when one scrolls back. No browser, no server.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { transformWithEsbuild } from 'vite';

const source = new URL('../src/desk/pages.ts', import.meta.url).pathname;
const { code } = await transformWithEsbuild(readFileSync(source, 'utf8'), source);
const { Pages, kPage } = await import(`data:text/javascript,${encodeURIComponent(code)}`);

const kAll = 20_000;
function list() {
  const asked = [];
  const pages = new Pages(async (limit, cursor) => {
    asked.push([limit, cursor]);
    const from = Number(cursor ?? 0);
    const matters = Array.from({ length: Math.min(limit, kAll - from) }, (_, n) => ({ id: `m${from + n}` }));
    return { matters, next: from + limit < kAll ? String(from + limit) : undefined };
  });
  return { pages, asked };
}
const held = (pages) => pages.rows().filter(Boolean).length;

test('a list of 20,000 is walked to its end by cursors, and only what is near is held', async () => {
  const { pages, asked } = list();
  let most = 0;
  await pages.see(0, 20);
  while (pages.more) {
    await pages.append();
    most = Math.max(most, held(pages));
  }
  assert.equal(pages.rows().length, kAll);
  assert.equal(asked.length, kAll / kPage);
  assert.deepEqual(asked.map(([, cursor]) => cursor), [undefined, ...Array.from({ length: kAll / kPage - 1 }, (_, n) => String((n + 1) * kPage))]);
  assert.ok(most <= 145 * kPage, `${most} rows were held`);
  assert.equal(pages.rows()[0].id, 'm0');
  assert.equal(pages.rows().at(-1).id, `m${kAll - 1}`);
  assert.equal(pages.rows()[10_000], undefined);
});

test('who scrolls back is shown what stood there', async () => {
  const { pages, asked } = list();
  await pages.see(0, 20);
  while (pages.more) await pages.append();
  asked.length = 0;
  await pages.see(10_010, 10_060);
  assert.deepEqual(asked.map(([, cursor]) => cursor).sort(), ['10000', '10050']);
  const rows = pages.rows();
  assert.equal(rows.length, kAll);
  for (let n = 10_010; n <= 10_060; n++) assert.equal(rows[n].id, `m${n}`);
  assert.equal(rows.at(-1), undefined, 'the end was let go for it');
  assert.ok(held(pages) <= 145 * kPage);
});

test('where rows came and went above, those below stand further on, and who shows them learns it', async () => {
  let all = Array.from({ length: 3000 }, (_, n) => `m${n}`);
  const pages = new Pages(async (limit, cursor) => {
    const from = cursor ? all.indexOf(cursor) + 1 : 0;
    const ids = all.slice(from, from + limit);
    return { matters: ids.map((id) => ({ id })), next: from + limit < all.length ? ids.at(-1) : undefined };
  });
  await pages.see(0, 20);
  while (pages.rows().length < 2000) await pages.append();
  const before = pages.view();
  assert.equal(before.indexOf('m1999'), 1999);
  await pages.append();
  assert.equal(pages.view().order, before.order, 'more at the end moves nothing');
  assert.equal(before.length, 2000, 'what was shown stays as long as it was');

  all = ['new1', 'new2', ...all.filter((id) => id !== 'm70')];
  pages.spoil();
  await pages.see(0, 120);
  const after = pages.view();
  assert.notEqual(after.order, before.order);
  assert.deepEqual([0, 1, 2, 71, 72, 2050].map((n) => after.at(n)?.id), ['new1', 'new2', 'm0', 'm69', 'm71', 'm2049']);
  assert.equal(after.indexOf('m2049'), 2050);
  assert.equal(after.indexOf('m70'), -1);
  assert.deepEqual([...after.held()].map(([at, row]) => (pages.rows()[at] === row ? 1 : 0)).includes(0), false);
  pages.remove('m71');
  assert.equal(pages.view().at(72).id, 'm72');
  assert.equal(pages.view().length, 2050);
});
