// The item editor: a clerk revises an item, its faults stand at their fields, the unit's head and the hall review it, citizens
// read the new version at once.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serious } from './axe.mjs';
import { ask, city, open } from './here.mjs';

const guide = async (code) => (await fetch(`${city.address}/api/v1/hall/items/${code}`)).json();
const kEditor = '/api/v1/hall/editor';
const phone = `0591-${String(Date.now() % 10_000).padStart(4, '0')} 0001`;

test('an item is revised, mended where it breaks a rule, reviewed by two and published', async () => {
  const all = (await ask('unit-sj', 'GET', `${kEditor}/items`)).items;
  const item = all.find(({ state }) => state === 'published');
  const { page, faults, close } = await open({ login: 'unit-sj' });
  await page.getByRole('link', { name: '事项编制' }).click();
  await page.getByLabel('按名称、情形、编码找').fill(item.code);
  await page.getByText(`本单位事项 ${all.length}`).waitFor();
  assert.equal(await page.locator('#items-all ~ .lines > li').count(), 1);
  assert.deepEqual(await serious(page), []);
  await page.getByRole('button', { name: /^修订或变动/ }).click();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'item-kind');
  await page.getByRole('button', { name: '开始' }).click();
  await page.getByText('合乎全部规则。').waitFor();
  assert.equal((await guide(item.code)).state, 'revising');
  const id = page.url().split('/').at(-1);

  // What is typed is saved by itself; a rule that is broken is said at its field, and the summary leads there.
  await page.getByLabel('咨询电话').fill(phone);
  await page.getByRole('button', { name: '加一份材料' }).click();
  await page.keyboard.type('其他材料');
  await page.locator('.saved.saved').getByText(/已保存/).waitFor();
  await page.locator('.item-field .why').getByText(/兜底/).waitFor();
  assert.equal((await ask('unit-sj', 'GET', `${kEditor}/revisions/${id}`)).body.phone, phone);
  assert.deepEqual(await serious(page), []);
  await page.keyboard.press('Control+Enter');
  await page.locator('#item-wrong').getByText(/兜底|不合规则/).waitFor();
  await page.locator('.faults').getByRole('button').first().click();
  assert.match(await page.evaluate(() => document.activeElement.id), /^item-materials-\d+-name$/);
  await page.getByRole('button', { name: /^删去/ }).last().click();
  await page.getByText('合乎全部规则。').waitFor();
  await page.getByLabel('指南预览').check({ force: true });
  await page.locator('.item-preview').getByText(phone).waitFor();
  assert.deepEqual(await serious(page), []);
  await page.getByRole('radio', { name: /改动/ }).check({ force: true });
  await page.locator('.item-changes').getByText(phone).first().waitFor();

  // Somebody else saves meanwhile: nothing is overwritten, both ways are offered.
  const told = await ask('unit-sj', 'GET', `${kEditor}/revisions/${id}`);
  await ask('unit-sj-head', 'POST', `${kEditor}/revisions/${id}/draft`, { draft: told.draft, body: { ...told.body, complaint_phone: '12345' } });
  await page.getByLabel('填写').check({ force: true });
  await page.getByLabel('英文名称', { exact: true }).fill(`Choosing a name ${phone}`);
  await page.getByRole('button', { name: '用我的覆盖' }).click();
  await page.locator('.saved.saved').getByText(/已保存/).waitFor();
  await page.getByRole('button', { name: '送审' }).click();
  await page.locator('.toasts').getByText(/已送审/).waitFor();
  assert.deepEqual(faults, []);
  await close();

  const head = await open({ login: 'unit-sj-head' });
  await head.page.goto('/desk/items');
  await head.page.getByRole('link', { name: item.name }).first().click();
  await head.page.locator('.item-changes').getByText(phone).first().waitFor();
  await head.page.getByRole('button', { name: '审核通过' }).click();
  await head.page.keyboard.press('Control+Enter');
  await head.page.locator('.toasts').getByText(/已审核通过/).waitFor();
  assert.deepEqual(head.faults, []);
  await head.close();

  const hall = await open({ login: 'hall01' });
  await hall.page.goto(`/desk/items/${id}`);
  await hall.page.getByRole('button', { name: '发布' }).click();
  await hall.page.getByRole('textbox').fill('核对无误');
  await hall.page.keyboard.press('Control+Enter');
  await hall.page.locator('.toasts').getByText('已发布。').waitFor();
  const now = await guide(item.code);
  assert.equal(now.state, 'published');
  assert.equal(now.phone, phone);
  assert.equal(now.version, item.version + 1);
  await hall.page.goto(`/desk/items/history/${item.code}`);
  await hall.page.getByText('核对无误').waitFor();
  await hall.page.locator('.item-changes').getByText(phone).first().waitFor();
  assert.deepEqual(await serious(hall.page), []);
  assert.deepEqual(hall.faults, []);
  await hall.close();
});

test('a new item, and how one ends: in English, in the dark, on a telephone', async () => {
  const before = (await ask('unit-yb', 'GET', `${kEditor}/revisions`)).revisions.length;
  const { page, faults, close } = await open({ login: 'unit-yb', language: 'en', theme: 'dark', width: 320 });
  await page.goto('/desk/items');
  await page.getByRole('heading', { level: 1, name: 'Items' }).waitFor();
  await page.keyboard.press('n');
  await page.keyboard.type('Registering a stall');
  await page.keyboard.press('Enter');
  await page.getByText(/things to mend/).waitFor();
  await page.getByLabel('Type of power').selectOption('GF');
  await page.getByRole('button', { name: 'Next free code' }).click();
  assert.match(await page.getByLabel('Code', { exact: false }).first().inputValue(), /GF\d{6}$/);
  await page.locator('#item-classes input').first().check();
  await page.getByText('main', { exact: true }).waitFor();
  await page.getByLabel('Kind', { exact: false }).first().selectOption('instant');
  await page.locator('.saved.saved').getByText(/Saved/).waitFor();
  assert.deepEqual(await serious(page), []);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
  await page.getByRole('button', { name: 'Give up' }).click();
  await page.keyboard.type('not needed');
  await page.keyboard.press('Control+Enter');
  await page.waitForURL(/\/desk\/items$/);

  await page.getByRole('button', { name: /^Revise or end/ }).first().click();
  await page.locator('#item-kind').selectOption('cancelled');
  await page.getByRole('button', { name: 'Begin' }).click();
  await page.getByLabel('Basis').fill('State Council 2026/1');
  await page.locator('.saved.saved').getByText(/Saved/).waitFor();
  assert.deepEqual(await serious(page), []);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
  await page.getByRole('button', { name: 'Give up' }).click();
  await page.keyboard.type('kept');
  await page.keyboard.press('Control+Enter');
  await page.waitForURL(/\/desk\/items$/);
  assert.equal((await ask('unit-yb', 'GET', `${kEditor}/revisions`)).revisions.length, before);
  assert.deepEqual(faults, []);
  await close();
});
