// The desks' side of the service hall: its wall with the lists behind it, cases taken in elsewhere, news of items, the hall edited by
// its management, money in yuan.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { transformWithEsbuild } from 'vite';
import { serious } from './axe.mjs';
import { kPassword } from './city.mjs';
import { city, open } from './here.mjs';
import { invalid } from './html.mjs';

const tokens = {};
async function ask(login, path, body) {
  tokens[login] ??= (await (await fetch(`${city.address}/api/v1/sessions`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ login, password: kPassword }) })).json()).token;
  const told = await fetch(city.address + path, { method: body ? 'POST' : 'GET', headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${tokens[login]}` }, body: body && JSON.stringify(body) });
  const text = await told.text();
  assert.ok(told.ok, `${path}: ${text}`);
  return JSON.parse(text);
}
const fits = (page) => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
const tile = (page, name) => page.locator('.sums li', { hasText: name });
const figure = (page, name) => tile(page, name).locator('strong').innerText().then(Number);

test('the wall tells the day, each figure opens its list, and a new case is on it by itself', async () => {
  const { page, faults, close } = await open({ login: 'mayor', width: 1920, height: 1080 });
  await page.goto('/desk/hall');
  await page.locator('.hall-wall .windows li').first().waitFor();
  const told = await ask('mayor', '/api/v1/hall/today');
  assert.equal(await figure(page, '今日收件'), told.received.all);
  assert.equal(await page.evaluate(() => document.querySelector('.hall-wall').scrollHeight <= innerHeight), true, 'fits a projector');
  assert.deepEqual(await serious(page), []);
  assert.deepEqual(await invalid(page), []);
  const late = await figure(page, '超期');
  assert.ok(late >= 1);
  await tile(page, '超期').locator('a').click();
  await page.getByRole('heading', { level: 1, name: '超期' }).waitFor();
  await page.locator('.matter-rows li').first().waitFor();
  assert.equal(await page.locator('.matter-rows li').count(), late);
  assert.equal(await page.locator('.matter-rows a').count(), 0, 'who leads opens no case');
  assert.deepEqual(await serious(page), []);
  await page.getByRole('link', { name: '回到今日大厅' }).click();
  await page.locator('.hall-wall .windows li').first().waitFor();
  const was = await figure(page, '今日收件');
  const item = (await (await fetch(`${city.address}/api/v1/hall/items?q=${encodeURIComponent('居住证')}&limit=1`)).json()).items[0];
  const form = await ask('window-gl', `/api/v1/hall/items/${item.code}/form?applicant=person`);
  const taken = await ask('window-gl', '/api/v1/hall/applications', { item: item.code, version: form.version, applicant: 'person', form: { name: '罗鼓楼', identity: '350199190001010014', phone: '154 0000 0098' }, materials: form.materials.filter(({ ways }) => ways.length).map(({ code }) => ({ code, how: 'follow' })) });
  await page.waitForFunction((before) => Number(document.querySelector('.sums strong')?.textContent) === before + 1, was, { timeout: 15_000 });
  await tile(page, '今日收件').locator('a').click();
  await page.locator('.ways').getByRole('link', { name: '窗口' }).click();
  await page.locator('.matter-rows li').first().waitFor();
  assert.ok((await ask('mayor', '/api/v1/hall/today/cases?what=received&way=counter')).cases.some(({ case: { id } }) => id === taken.id));
  assert.deepEqual(faults, []);
  await close();
});

test('the wall and the lists on a phone, in English, dark; ratings open for the management', async () => {
  const { page, faults, close } = await open({ login: 'hall01', width: 320, height: 700, language: 'en', theme: 'dark' });
  await page.goto('/desk/hall');
  await page.getByRole('heading', { level: 1, name: 'The hall today' }).waitFor();
  await page.locator('.hall-wall .windows li').first().waitFor();
  assert.equal(await fits(page), true);
  assert.deepEqual(await serious(page), []);
  await page.getByRole('link', { name: /^Not satisfied/ }).first().focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Not satisfied' }).waitFor();
  assert.equal(await fits(page), true);
  assert.deepEqual(faults, []);
  await close();
});

test('papers taken in elsewhere are sent on, and the one who waits for them sees them', async () => {
  const { page, faults, close } = await open({ login: 'window01' });
  await page.goto('/desk/elsewhere?side=in');
  const sent = page.locator('.elsewhere article', { hasText: 'SF0000000020' });
  await sent.waitFor();
  assert.deepEqual(await serious(page), []);
  assert.deepEqual(await invalid(page), []);
  const button = sent.getByRole('button', { name: /^收到材料/ });
  if (await button.count()) {
    await button.click();
    await page.locator('.panel').getByText('有缺少').click();
    await page.keyboard.press('Control+Enter');
    await page.locator('.panel').getByRole('alert').getByText(/破损或缺少的是哪几份/).waitFor();
    await page.locator('.panel').getByLabel(/破损或缺少的材料/).fill('少一张照片');
    await page.keyboard.press('Control+Enter');
    await page.locator('.said', { hasText: '收到材料' }).waitFor();
  }
  await sent.getByText('少一张照片').waitFor();
  const { cases } = await ask('window-gl', '/api/v1/hall/elsewhere');
  assert.ok(cases.some(({ track }) => track.some(({ step, lack }) => step === 'papers_here' && lack === '少一张照片')));
  assert.deepEqual(faults, []);
  await close();
  const phone = await open({ login: 'window-gl', width: 320, height: 700, language: 'en', theme: 'dark' });
  await phone.page.goto('/desk/elsewhere');
  await phone.page.locator('.elsewhere article').first().waitFor();
  assert.equal(await fits(phone.page), true);
  assert.deepEqual(await serious(phone.page), []);
  await phone.close();
});

test('who wrote an item is told what became of it, until they have seen it', async () => {
  const { items } = await ask('unit-wj', '/api/v1/hall/editor/items');
  const code = items.find(({ state }) => state === 'published').code;
  const { id } = await ask('unit-wj', '/api/v1/hall/editor/revisions', { kind: 'revise', item: code });
  const at = `/api/v1/hall/editor/revisions/${id}`;
  const { body, draft } = await ask('unit-wj', at);
  const saved = await ask('unit-wj', `${at}/draft`, { draft, body: { ...body, phone: '0591-0000 8888' } });
  await ask('unit-wj', `${at}/steps`, { step: 'hand_in', draft: saved.draft });
  await ask('unit-wj-head', `${at}/steps`, { step: 'send_back', reason: '电话再核对' });
  const { page, faults, close } = await open({ login: 'unit-wj' });
  await page.locator('.rail .pages .count').waitFor();
  await page.goto('/desk/items');
  await page.locator('.item-news').getByText('电话再核对').first().waitFor();
  await page.locator('.item-news').getByText('单位审核退回').first().waitFor();
  assert.deepEqual(await serious(page), []);
  await page.getByRole('button', { name: '都看过了' }).click();
  await page.getByRole('button', { name: '都看过了' }).waitFor({ state: 'detached' });
  assert.equal(await page.locator('.item-news .unread').count(), 0);
  assert.equal((await ask('unit-wj', '/api/v1/hall/editor/news')).unread, 0);
  const head = await ask('unit-wj-head', '/api/v1/hall/editor/news');
  assert.ok(head.news.some(({ what, id: of }) => what === 'withdrawn' && of === id), 'the head hears that the version is withdrawn');
  await ask('unit-wj', `${at}/steps`, { step: 'give_up', reason: '不改了' });
  assert.deepEqual(faults, []);
  await close();
});

test('a hall is edited: faults at their fields, bookings named, in force at once', async () => {
  const { days } = await (await fetch(`${city.address}/api/v1/floor/halls/xz/days?service=estate`)).json();
  const day = days.filter(({ free }) => free).at(-2).day;
  const { slots } = await (await fetch(`${city.address}/api/v1/floor/halls/xz/slots?service=estate&day=${day}`)).json();
  const booked = await (await fetch(`${city.address}/api/v1/floor/halls/xz/appointments`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ service: 'estate', at: slots.find(({ free }) => free).at, name: '叶知秋', phone: `154${String(Date.now()).slice(-8)}` }) })).json();
  const { page, faults, close } = await open({ login: 'hall01' });
  await page.goto('/desk/hall/plan');
  await page.getByLabel('大厅名称').waitFor();
  assert.deepEqual(await serious(page), []);
  assert.deepEqual(await invalid(page), []);
  await page.getByLabel('开放时间').fill('8点到12点');
  await page.locator('.hall-plan .wrong').first().waitFor();
  await page.getByRole('button', { name: '保存并生效' }).click();
  await page.getByText(/处要改/).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'plan-hours');
  await page.reload();  // nothing is lost
  await page.getByText('上次没存的改动还在。').waitFor();
  assert.equal(await page.getByLabel('开放时间').inputValue(), '8点到12点');
  await page.getByLabel('开放时间').fill('');
  await page.getByRole('button', { name: '加一个停办日' }).click();
  await page.keyboard.type('1');
  await page.getByLabel('日期').last().fill(day);
  await page.getByLabel('原因', { exact: true }).last().fill('系统升级');
  await page.locator('.broken').getByText('叶**').first().waitFor();
  assert.deepEqual(await serious(page), []);
  await page.getByRole('button', { name: '保存并生效' }).click();
  await page.getByRole('alert').getByText('请先说明受影响的预约怎么办。').waitFor();
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: '保存并生效' }).click();
  await page.getByText(/马上生效；取消了/).waitFor();
  assert.equal((await (await fetch(`${city.address}/api/v1/floor/appointments/${booked.appointment.number}`)).json()).appointment.state, 'cancelled');
  const after = (await (await fetch(`${city.address}/api/v1/floor/halls/xz/days?service=estate`)).json()).days.find((each) => each.day === day);
  assert.deepEqual([after.open, after.free, after.name], [false, 0, '系统升级']);
  await page.getByRole('button', { name: /^删去\s*: 20/ }).last().click();
  await page.getByRole('button', { name: '保存并生效' }).click();
  await page.getByText('已保存，马上生效。').waitFor();
  assert.deepEqual(faults, []);
  await close();
  const phone = await open({ login: 'hall01', width: 320, height: 700, language: 'en', theme: 'dark' });
  await phone.page.goto('/desk/hall/plan');
  await phone.page.getByLabel('Name in English').first().waitFor();
  assert.equal(await fits(phone.page), true);
  assert.deepEqual(await serious(phone.page), []);
  await phone.close();
});

test('a fee is written in yuan and sent in fen; a case shows it in yuan', async () => {
  const source = new URL('../src/form/money.ts', import.meta.url).pathname;
  const { fenOf, yuanOf } = await import(`data:text/javascript,${encodeURIComponent((await transformWithEsbuild(readFileSync(source, 'utf8'), source)).code)}`);
  assert.deepEqual(['120', '120.5', '1,200.05', '０．３', '1.234', '-1'].map((text) => fenOf(text)), [12000, 12050, 120005, 30, undefined, undefined]);
  assert.deepEqual([12050, 5, 100].map((fen) => yuanOf(fen)), ['120.50', '0.05', '1.00']);
  const found = async (login) => {
    for (const { id } of (await ask(login, '/api/v1/matters?stage=case_examining&mine=true')).matters) if ((await ask(login, `/api/v1/matters/${id}`)).steps.some(({ step }) => step === 'bill')) return { login, id };
  };
  const { login, id } = (await found('unit-rs')) ?? (await found('unit-sj')) ?? (await found('unit-ga'));
  const { page, faults, close } = await open({ login });
  await page.goto(`/desk/m/${id}`);
  const bill = page.locator('.actions').getByRole('button', { name: '缴费通知' });
  await page.locator('.actions button').first().waitFor();
  if (!(await bill.count())) await page.locator('.actions').getByRole('button', { name: /^其他/ }).click();
  await bill.click();
  await page.locator('.panel').getByLabel(/应缴金额/).fill('120.5');
  await page.locator('.panel').getByLabel(/收费标准/).fill('每证一百二十元五角');
  assert.equal(await page.locator('.panel').getByLabel(/应缴金额/).inputValue(), '120.50');
  await page.keyboard.press('Control+Enter');
  await page.locator('.panel').waitFor({ state: 'detached' });
  assert.equal((await ask(login, `/api/v1/matters/${id}`)).fields.amount, 12050);
  await page.getByText('120.50').first().waitFor();
  assert.deepEqual(faults, []);
  await close();
});
