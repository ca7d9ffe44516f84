// One appeal taken through the seven steps by seven people, each in a window of their own, with the keyboard where a desk has
// keys: filed by telephone, accepted, dispatched, signed and contacted, replied, reviewed, rated, called back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { city, open } from './here.mjs';

const kTitle = '茉莉巷路灯三天不亮';
const choose = async (page, label, typed) => {
  const field = page.locator('.panel, .call-form').getByLabel(label, { exact: false }).first();
  await field.click();
  await field.fill(typed);
  await page.getByRole('option').filter({ hasText: typed }).first().waitFor();
  await page.keyboard.press('Enter');
};
const say = (page, label, text) => page.locator('.panel').getByLabel(label).first().fill(text);
const send = async (page) => {
  await page.keyboard.press('Control+Enter');
  await page.locator('.panel').waitFor({ state: 'detached' });
};
const take = async (page, step) => {
  await page.locator('.actions').getByRole('button', { name: step, exact: false }).first().click();
};
const stage = (page) => page.locator('.matter .ids .tag').first().innerText();
const hear = async (page, name) => assert.ok((await page.locator('.matter .ids .tag').filter({ hasText: name }).first().waitFor({ timeout: 8000 }), true), name);

test('seven people, seven steps', async (t) => {
  const all = [];
  const at = async (login) => {
    const one = await open({ login });
    all.push(one);
    await one.page.locator('.rail').waitFor();
    return one.page;
  };
  // 1: who asks writes on line; the page for it comes later, so the API is asked as it will be.
  const filed = await (await fetch(`${city.address}/api/v1/matters`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ procedure: 'appeal', form: { kind: 'complaint', title: kTitle, body: '茉莉巷从巷口到小学，路灯三天不亮，孩子放学摸黑走。', channel: 'web', phone: '15400000001', name: '陈小榕' } }),
  })).json();
  const { id, number, code } = filed;

  const seat = await at('seat01');
  await seat.goto(`/desk/q/to_accept/${id}`);
  await seat.getByRole('heading', { level: 1, name: kTitle }).waitFor();
  await take(seat, '受理');
  await choose(seat, '问题分类', '路灯不亮');
  await choose(seat, '行政区划', '鼓楼区');
  await send(seat);
  await seat.locator('.toasts').getByText('待批转').waitFor();

  const dispatcher = await at('disp01');
  await dispatcher.goto(`/desk/q/to_dispatch/${id}`);
  await hear(dispatcher, '待批转');
  await take(dispatcher, '批转');
  await choose(dispatcher, '主办单位', '城市管理局');
  await say(dispatcher, '转办摘要', '茉莉巷路灯三天不亮，请修复。');
  await send(dispatcher);
  await dispatcher.locator('.toasts').getByRole('button', { name: '撤销' }).waitFor();

  const clerk = await at('unit-cg');
  await clerk.goto(`/desk/q/to_sign/${id}`);
  await hear(clerk, '办理中');
  assert.match(await clerk.locator('.shares').innerText(), /城市管理局[\s\S]*待签收/);
  await take(clerk, '签收');  // asks nothing: taken with one key
  await clerk.locator('.toasts').getByText('签收').waitFor();
  await clerk.goto(`/desk/q/working/${id}`);
  await take(clerk, '先行联系');
  await clerk.locator('.panel').getByText('是', { exact: true }).click();
  await send(clerk);
  await clerk.locator('.timeline').getByText('先行联系').waitFor();

  const head = await at('unit-cg-head');
  await head.goto(`/desk/m/${id}`);
  await head.locator('.actions .button').first().waitFor();
  await head.keyboard.press('1');
  await head.locator('.panel').getByRole('heading', { name: '提交回复' }).waitFor();
  await say(head, '办理情况', '更换熔断器一只，十七盏路灯全部恢复。');
  await say(head, '公开答复', '您好，茉莉巷的路灯已于今天修复，给您带来不便请谅解。');
  await send(head);
  await hear(head, '回复待审');

  const reviewer = await at('review01');
  await reviewer.goto(`/desk/m/${id}`);
  await hear(reviewer, '回复待审');
  await take(reviewer, '审核通过');
  await reviewer.locator('.panel').waitFor();
  await send(reviewer);
  await hear(reviewer, '待评价');

  // 6: rated on line by number and code.
  const session = await (await fetch(`${city.address}/api/v1/sessions`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ number, code }) })).json();
  const rated = await fetch(`${city.address}/api/v1/matters/${id}/steps/rate`, { method: 'POST', headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${session.token}` }, body: JSON.stringify({ form: { rating: 'satisfied' } }) });
  assert.equal(rated.status, 200, await rated.text());
  await hear(reviewer, '待回访');  // told by the server, without a key

  const caller = await at('callback01');
  await caller.goto(`/desk/m/${id}`);
  await hear(caller, '待回访');
  await take(caller, '回访');
  // The outcome in three keys: each digit chooses and goes on to the next field.
  await caller.locator('.panel input').first().waitFor();
  await caller.keyboard.press('1');
  await caller.keyboard.press('1');
  assert.deepEqual(await caller.locator('.panel label.on').allInnerTexts().then((all) => all.map((each) => each.split(/\s/)[0])), ['已解决', '电话']);
  await send(caller);
  await hear(caller, '已归档');
  assert.equal(await caller.locator('.strip li.done').count(), 7);

  assert.equal(await stage(caller), '已归档');
  for (const { faults, close } of all) {
    assert.deepEqual(faults, []);
    await close();
  }
  t.diagnostic(`receipt ${number}`);
});
