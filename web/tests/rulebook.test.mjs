// The administrator's rulebooks: what is in force, one in words and as a picture, its text edited and taken into force.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serious } from './axe.mjs';
import { kPassword } from './city.mjs';
import { city, open } from './here.mjs';

const { token } = await (await fetch(`${city.address}/api/v1/sessions`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ login: 'sys', password: kPassword }) })).json();
const asked = async (path) => (await fetch(`${city.address}${path}`, { headers: { Authorization: `Bearer ${token}` } })).json();

const kBook = '/desk/admin/rulebooks/notice';

test('what is in force, in words and as a picture', async () => {
  const { page, faults, close } = await open({ login: 'sys' });
  await page.goto('/desk/admin/rulebooks');
  await page.getByRole('link', { name: '诉求' }).first().waitFor();
  assert.equal(await page.locator('tbody th').count(), 12);
  assert.deepEqual(await serious(page), []);

  await page.getByRole('link', { name: '诉求' }).first().click();
  await page.getByRole('row', { name: /办理 handle/ }).first().waitFor();
  assert.match(await page.getByRole('row', { name: /办理 handle/ }).first().innerText(), /2 个工作日[\s\S]*诉求类型：咨询或表扬/);
  assert.deepEqual(await serious(page), []);

  await page.getByRole('link', { name: '流程图' }).click();
  const box = (name) => page.locator('.stage-box', { has: page.locator('.name', { hasText: name }) }).first();
  await box('待受理').waitFor();
  assert.equal(await page.locator('.stage-box').count(), 18);
  assert.deepEqual(await serious(page), []);
  // By keyboard: the first stage, the next but one, chosen; its steps stand beside it.
  await box('待受理').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.locator('.stage-card h2', { hasText: '待批转' }).waitFor();
  assert.equal(await page.locator('.stage-box[aria-pressed="true"]').count(), 1);
  await page.locator('.step-card summary', { hasText: '批转' }).first().click();
  assert.match(await page.locator('.step-card[open]').first().innerText(), /批转员/);
  const wide = await page.locator('svg.picture').getAttribute('viewBox');
  await box('待批转').focus();
  await page.keyboard.press('+');
  assert.notEqual(await page.locator('svg.picture').getAttribute('viewBox'), wide);
  await page.locator('.as-table summary').click();
  await page.locator('.as-table tbody tr').nth(80).waitFor();  // more than eighty; drawn when it is opened
  assert.deepEqual(faults, []);
  await close();
});

test('a text is typed, its faults stand at their lines, it is checked and taken into force', async () => {
  const { page, faults, close } = await open({ login: 'sys' });
  const before = await asked('/api/v1/rulebooks/notice');
  await page.goto(`${kBook}?part=edit`);
  const text = page.locator('.written textarea');
  await text.waitFor();
  const typed = before.source.replace(/^version = \d+/m, `version = ${before.version + 1}`);
  const [said, days] = typed.match(/(?<=\[\[limit\.again\]\]\n)limit = "(\d+) working days?"/);
  const longer = `limit = "${Number(days) + 1} working days"`;
  await text.fill(typed.replace(new RegExp(`(?<=again\\]\\]\\n)${said}`), 'limit = "soon"'));
  const line = typed.split('\n').indexOf('[[limit.again]]') + 2;
  await page.locator('.found .faults').getByRole('button', { name: `第 ${line} 行` }).waitFor();
  assert.equal(await page.locator('.gutter .mark').count(), await page.locator('.found > .faults li').count());
  assert.ok(await page.getByRole('button', { name: '现在生效' }).isDisabled());
  assert.deepEqual(await serious(page), []);
  await text.press('F8');
  assert.equal(await text.evaluate((box) => box.value.slice(box.selectionStart, box.selectionEnd)), 'limit = "soon"');
  await page.keyboard.type(longer);
  await page.locator('.found .clean', { hasText: '读得通' }).waitFor();
  await text.press('Tab');
  assert.ok((await text.inputValue()).includes(`${longer}  `));
  await text.press('Control+z');
  assert.ok(!(await text.inputValue()).includes(`${longer}  `));
  await text.press('Escape');
  await text.press('Tab');
  assert.notEqual(await page.evaluate(() => document.activeElement?.tagName), 'TEXTAREA');
  assert.match(await page.locator('.changes').innerText(), new RegExp(`again[\\s\\S]*${days} 个工作日[\\s\\S]*${Number(days) + 1} 个工作日`));
  assert.ok((await page.locator('.difference').innerText()).includes(`+ ${longer}`));

  await page.reload();  // it was kept
  await page.locator('.found .clean', { hasText: '读得通' }).waitFor();
  await page.locator('.found').getByRole('button', { name: '检查' }).click();
  await page.locator('.verdict.clean').waitFor();
  await page.locator('#take-note').fill('给写公告的人多两天');
  await page.getByRole('button', { name: '现在生效' }).click();
  await page.locator('h1', { hasText: `第 ${before.version + 1} 版` }).waitFor();
  const now = await asked('/api/v1/rulebooks/notice');
  assert.equal(now.version, before.version + 1);
  assert.equal(now.note, '给写公告的人多两天');
  assert.equal(now.by.login, 'sys');
  assert.equal(await page.evaluate(() => localStorage.getItem('banyan.rulebook.notice')), null);
  assert.deepEqual(faults, []);
  await close();
});

test('in English, in the dark, on a telephone', async () => {
  const { page, faults, close } = await open({ login: 'sys', language: 'en', theme: 'dark', width: 320, height: 700 });
  for (const [part, mark] of [['limits', 'table.limits tbody tr'], ['picture', '.stage-box'], ['check', '.check .acts'], ['edit', '.written textarea']]) {
    await page.goto(`/desk/admin/rulebooks/handover?part=${part}`);
    await page.locator(mark).first().waitFor();
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(over <= 0, `${part} sticks out by ${over} px`);
    assert.deepEqual(await serious(page), []);
    assert.doesNotMatch(await page.locator('main').innerText(), /rulebook\.[a-z_]+/);
    // The rulebook's own comments are Chinese; what the page says is not.
    if (part !== 'edit') assert.doesNotMatch(await page.locator('main').innerText(), /[\u4e00-\u9fff]{2}/);
  }
  assert.deepEqual(faults, []);
  await close();
});
