// What a day at the desks needs beside one matter: a step on many, taking back, long lists, merging and splitting, missed calls, breaks,
// notices, the rota, messages.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serious } from './axe.mjs';
import { ask, city, open } from './here.mjs';

/** Against a city that is kept running the test may be run again. */
const round = String(Date.now() % 100_000);

const take = (login, id, step, form = {}) => ask(login, 'POST', `/api/v1/matters/${id}/steps/${step}`, { form });
async function filed(title, more = {}) {
  return ask('seat01', 'POST', '/api/v1/matters', { procedure: 'appeal', form: { title, body: `${title}，请尽快处理。`, channel: 'phone', kind: 'complaint', class: 'road.manhole', region: '350102', ...more } });
}
async function accepted(title) {
  const { id, number } = await filed(title);
  await take('seat01', id, 'accept', { kind: 'complaint' });
  return { id, number };
}
const stageOf = async (id) => (await ask('disp01', 'GET', `/api/v1/matters/${id}`)).stage;

test('one step on many: what was refused stays chosen with its reason, and all of it is taken back', async () => {
  const all = [await accepted(`批量井盖甲${round}`), await accepted(`批量井盖乙${round}`), await accepted(`批量井盖丙${round}`)];
  const { page, faults, close } = await open({ login: 'disp01', height: 2600 });  // whatever else waits, these rows are seen
  await page.goto('/desk/q/to_dispatch');
  for (const name of ['甲', '乙', '丙']) await page.getByRole('checkbox', { name: `批量井盖${name}${round}` }).check({ force: true });
  await page.getByRole('heading', { level: 1, name: '已选 3 件' }).waitFor();
  assert.deepEqual(await serious(page), []);
  // Somebody else is faster with one of them, and this page has not heard of it yet.
  await page.route('**/api/v1/matters?*', (route) => route.abort());
  await take('disp01', all[2].id, 'consult', { reason: '权属不清' });
  await page.locator('.batch .ways').getByRole('button', { name: '批转' }).click();
  const lead = page.locator('.batch').getByLabel('主办单位');
  await lead.fill('水务局');
  await page.getByRole('option', { name: /水务局/ }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+Enter');
  await page.locator('.batch .sum').getByText('已办 2 件、1 件没有办成').waitFor();
  await page.unroute('**/api/v1/matters?*');
  faults.length = 0;  // of the lists that were cut off
  await page.locator('.chosen-rows .refused .why').getByText(/郑远.*会商/).waitFor();
  assert.deepEqual(await Promise.all(all.map(({ id }) => stageOf(id))), ['handling', 'handling', 'consultation']);
  assert.deepEqual(await serious(page), []);
  await page.locator('.batch').getByRole('button', { name: '撤销这 2 件' }).click();
  await page.locator('.batch .sum').getByText('已撤销 2 件').waitFor();
  assert.deepEqual(await Promise.all(all.map(({ id }) => stageOf(id))), ['accepted', 'accepted', 'consultation']);
  await page.keyboard.press('Escape');
  await page.locator('.batch').waitFor({ state: 'detached' });

  // What I did just now has it too, as long as it may be taken back.
  await take('disp01', all[0].id, 'consult', { reason: '也不清' });
  await page.goto('/desk/just-now');
  await page.locator('.lines li').filter({ hasText: `批量井盖甲${round}` }).getByText(/前可撤销，还有 (9|10) 分钟/).waitFor();
  assert.deepEqual(await serious(page), []);
  await page.keyboard.press('z');
  await page.locator('.toasts').getByText('已撤销 1 件').waitFor();
  assert.equal(await stageOf(all[0].id), 'accepted');
  assert.deepEqual(faults, []);
  await close();
});

test('a long list holds in the page what is on the screen, keeps its place, and says in days how a limit was counted', async () => {
  const { page, faults, close } = await open({ login: 'lead01' });
  await page.goto('/desk/q/latest');
  await page.locator('.matter-rows li a').first().waitFor();
  const first = await page.locator('.matter-rows .title').first().innerText();
  const scroll = (to) => page.locator('.queue .rows').evaluate((box, y) => (box.scrollTop = y), to);
  for (let n = 1; n <= 6; n++) {
    await scroll(1e7);
    await page.waitForFunction((least) => parseInt(document.querySelector('.queue .count').textContent) >= least, 50 * n + 50);
  }
  assert.ok((await page.locator('.matter-rows li').count()) < 60);
  assert.equal(await page.locator('.matter-rows li').first().getAttribute('aria-setsize'), '-1');
  const requests = [];
  page.on('request', (request) => request.url().includes('/api/v1/matters?') && requests.push(request.url()));
  await scroll(0);
  await page.locator('.matter-rows li[aria-posinset="1"]').waitFor();
  assert.equal(await page.locator('.matter-rows .title').first().innerText(), first);  // rows above were kept
  assert.deepEqual(requests, []);

  await scroll(9000);
  await page.waitForFunction(() => Number(document.querySelector('.matter-rows li')?.getAttribute('aria-posinset')) > 100);
  const seen = () => page.evaluate(() => [...document.querySelectorAll('.matter-rows li')].find((each) => each.getBoundingClientRect().bottom > document.querySelector('.queue .rows').getBoundingClientRect().top + 2)?.getAttribute('aria-posinset'));
  await page.waitForTimeout(300);  // rows that came into the page turn out higher than was thought
  const place = await seen();
  // The place is found again once the rows have their heights: soon, and it stays.
  const isBack = async () => {
    for (let tries = 0; tries < 50 && Math.abs(Number(await seen()) - Number(place)) > 1; ++tries) await page.waitForTimeout(100);
    await page.waitForTimeout(300);
    const now = Number(await seen());
    assert.ok(Math.abs(now - Number(place)) <= 1, `row ${now}, not ${place}`);
  };
  await page.getByRole('link', { name: '突发热点' }).click();
  await page.waitForURL(/q\/incidents/);
  await page.goBack();
  await page.waitForFunction(() => Number(document.querySelector('.matter-rows li')?.getAttribute('aria-posinset')) > 100);
  await isBack();
  await page.reload();
  await page.waitForFunction(() => Number(document.querySelector('.matter-rows li a')?.closest('li').getAttribute('aria-posinset')) > 100);
  await isBack();

  // The arrows walk and open nothing; d explains the limit of the row that has the focus.
  await page.goto('/desk/q/open');
  await page.locator('.matter-rows li a').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('d');
  await page.getByRole('tooltip').getByText('工作日').first().waitFor();
  assert.equal(await page.locator('.matter').count(), 0);
  assert.deepEqual(await serious(page), []);
  await page.keyboard.press('Escape');
  await page.getByRole('tooltip').waitFor({ state: 'detached' });
  await page.keyboard.press('x');
  await page.getByRole('heading', { level: 1, name: '已选 1 件' }).waitFor();
  assert.deepEqual(faults, []);
  await close();
});

test('merged with what the picker finds alike, split out again; an incident takes a call with one key', async () => {
  const main = await accepted(`杨桥东路井盖塌陷${round}`);
  const other = await accepted(`杨桥东路井盖塌陷了${round}`);
  const { page, faults, close } = await open({ login: 'disp01' });
  await page.goto(`/desk/m/${other.id}`);
  await page.locator('.actions').getByRole('button', { name: /其他/ }).click();
  await page.locator('.actions').getByRole('button', { name: '并案' }).click();
  const into = page.locator('.panel .matter-input input');
  await into.fill(main.number.replace(/(\d{4})/g, '$1 '));
  await page.getByRole('option', { name: new RegExp(`杨桥东路井盖塌陷${round}`) }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.matter-input .other').getByText(/相同之处：.*问题分类相同/).waitFor();
  assert.deepEqual(await serious(page), []);
  await page.locator('.panel .button.main').click();
  await page.locator('.matter .ids .tag').filter({ hasText: '并案' }).waitFor();

  await page.goto(`/desk/m/${main.id}`);
  await page.locator('.merged-list').getByRole('checkbox').check();
  await page.locator('#split-why').fill('不是同一个井盖');
  await page.keyboard.press('Enter');
  await page.locator('.toasts').getByText('已拆分 1 件').waitFor();
  assert.equal(await stageOf(other.id), 'accepted');

  await take('disp01', main.id, 'declare_incident', { reason: '来电集中' });
  const call = await filed(`杨桥东路井盖塌陷${round}，车掉下去了`);
  const seat = await open({ login: 'seat02' });
  await seat.page.goto(`/desk/m/${call.id}`);
  await seat.page.locator('.incidents .fits kbd').waitFor();
  assert.deepEqual(await serious(seat.page), []);
  await seat.page.locator('h1').click();
  await seat.page.keyboard.press('a');
  await seat.page.locator('.matter .ids .tag').filter({ hasText: '并案' }).waitFor();
  assert.equal((await ask('disp01', 'GET', `/api/v1/matters/${call.id}`)).main, main.number);
  // And a caller's, who says the same.
  const caller = seat.page;
  await caller.goto('/desk/seat');
  await caller.locator('.call-bar .now').getByText('示闲').waitFor();
  await caller.keyboard.press('F2');
  await caller.locator('.call-bar.ringing').waitFor();
  await caller.keyboard.press('F2');
  await caller.locator('.call-bar.talking').waitFor();
  await caller.locator('.call-form textarea').first().fill(`杨桥东路井盖塌陷${round}，绕不过去`);
  await caller.locator('.incidents .fits kbd').waitFor();
  await caller.keyboard.press('F10');
  const number = (await caller.locator('.read-aloud .big').innerText()).replaceAll(' ', '');
  assert.equal((await ask('disp01', 'GET', `/api/v1/matters/${number}`)).main, main.number);
  await caller.keyboard.press('F4');
  await caller.locator('.call-bar .closing').waitFor();
  await caller.keyboard.press('F6');
  await caller.locator('.call-bar .closing').waitFor({ state: 'detached' });

  await page.goto('/desk/q/incidents');
  await page.locator('.matter-rows').getByText(`杨桥东路井盖塌陷${round}`).waitFor();
  assert.deepEqual([...faults, ...seat.faults], []);
  await seat.close();
  await close();
});

test('several demands of one call become matters of their own', async () => {
  const { id } = await filed('楼道灯不亮，楼下井盖也缺');
  const { page, faults, close } = await open({ login: 'seat02' });
  await page.goto(`/desk/m/${id}`);
  await page.locator('.actions').getByRole('button', { name: /其他/ }).click();
  await page.locator('.actions').getByRole('button', { name: '分单' }).click();
  const items = page.locator('.list-input fieldset');
  for (const [n, text] of ['楼下井盖缺失', '单元门禁坏了'].entries()) {
    if (n) await page.getByRole('button', { name: '再加一件' }).click();
    await items.nth(n).getByLabel('标题').fill(text);
    await items.nth(n).getByLabel('诉求内容').fill(`${text}，已经三天了`);
  }
  assert.deepEqual(await serious(page), []);
  await page.locator('.panel .button.main').click();
  await page.locator('.panel').waitFor({ state: 'detached' });
  const opened = (await ask('seat01', 'GET', `/api/v1/matters/${id}`)).timeline.flatMap(({ opens }) => opens ?? []);
  assert.equal(opened.length, 2);
  assert.deepEqual(faults, []);
  await close();
});

test('a missed call is claimed, tried and closed; a break is asked, granted and taken', async () => {
  const seat = await open({ login: 'seat02' });
  const { page } = seat;
  await page.goto('/desk/ring-backs');
  await page.locator('.lines li').first().waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('c');
  await page.locator('.lines .mine').waitFor();
  await page.keyboard.press('n');
  await page.locator('.lines .mine strong').filter({ hasText: /^[\d-]+$/ }).waitFor();
  assert.deepEqual(await serious(page), []);
  const before = (await ask('lead01', 'GET', '/api/v1/ring_backs?open=true&limit=100')).ring_backs.length;
  await page.keyboard.press('1');
  await page.locator('.lines .mine').waitFor({ state: 'detached' });
  assert.equal((await ask('lead01', 'GET', '/api/v1/ring_backs?open=true&limit=100')).ring_backs.length, before - 1);

  await page.goto('/desk/seat');
  await page.locator('.break-ask').getByRole('button', { name: '小休' }).click();
  await page.keyboard.type('12');
  await page.keyboard.press('Enter');
  await page.locator('.break-ask').getByText('等班长同意').waitFor();
  const leader = await open({ login: 'lead01', theme: 'dark' });
  await leader.page.goto('/desk/seats');
  const line = leader.page.locator('.lines li').filter({ hasText: '小茉' });
  await line.waitFor();
  assert.deepEqual(await serious(leader.page), []);
  await line.getByRole('button', { name: /^同意/ }).click();
  await page.getByRole('button', { name: '开始小休 12 分钟' }).click();
  await page.locator('.call-bar .now').getByText('小休').waitFor();
  await leader.page.locator('.board .break').filter({ hasText: 'seat02' }).waitFor();
  await ask('seat02', 'POST', '/api/v1/seats/me/state', { state: 'ready' });
  assert.deepEqual([...seat.faults, ...leader.faults], []);
  await leader.close();
  await seat.close();
});

test('a drawn call is marked on the card, and an objection decided by somebody else', async () => {
  const { page, faults, close } = await open({ login: 'lead02' });
  await page.goto('/desk/call-checks');
  await page.locator('.segments').getByText('待评分').click();
  const { checks } = await ask('lead02', 'GET', '/api/v1/call_checks?stage=drawn');
  await page.getByRole('button', { name: `通话 ${checks[0].call}` }).click();
  const inputs = page.locator('.card td.num input');
  await inputs.first().waitFor();
  for (const [n, points] of [10, 18, 15, 20, 18, 4].entries()) await inputs.nth(n).fill(String(points));
  await page.locator('.card').getByText('不合格').waitFor();  // one item is below its floor, whatever the sum
  await inputs.nth(5).fill('10');
  assert.deepEqual(await serious(page), []);
  await page.getByRole('button', { name: '评分', exact: true }).click();
  await page.locator('.toasts').getByText('91').waitFor();
  assert.equal((await ask('lead02', 'GET', `/api/v1/call_checks/${checks[0].call}`)).check.points, 91);

  const objected = (await ask('lead02', 'GET', '/api/v1/call_checks?stage=objected')).checks[0].call;
  await page.goto(`/desk/call-checks?call=${objected}`);
  await page.locator('#check-reason').fill('回听过录音，评分无误');
  await page.getByRole('button', { name: '维持评分' }).click();
  await page.locator('.detail').waitFor({ state: 'detached' });
  assert.equal((await ask('lead02', 'GET', `/api/v1/call_checks/${objected}`)).check.stage, 'concluded');
  assert.deepEqual(faults, []);
  await close();
});

test('a notice is read, and who has; the rota says what is wrong at its line; a message is sent again', async () => {
  const { page, faults, close } = await open({ login: 'lead01', language: 'en' });
  await page.goto('/desk/notices');
  const card = page.locator('article').filter({ hasText: '话务系统今晚升级' });
  await card.waitFor();
  if (await card.locator('.button.main').count()) await card.locator('.button.main').click();
  await card.getByText(/^read \d/).waitFor();
  const { notices } = await ask('lead01', 'GET', '/api/v1/notices');
  assert.ok(notices.find(({ title }) => title === '话务系统今晚升级').read);
  await card.getByRole('button', { name: /of 28 have read it/ }).click();
  await card.locator('.readers').getByText('Chen Qiao').waitFor();
  assert.deepEqual(await serious(page), []);

  await page.goto('/desk/rota');
  await page.locator('tbody tr').first().waitFor();
  await page.fill('#rota-csv', 'kind,who,from,until,name,phone,note\nseat,seat04,2026-10-11 08:00,2026-10-11 16:00,,,\nseat,nobody,2026-10-11 08:00,2026-10-11 16:00,,,');
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.locator('.bad li').getByText('Line 3').waitFor();
  assert.ok((await ask('lead01', 'GET', '/api/v1/rota?day=2026-10-11')).duties.some(({ who }) => who === 'seat04'));
  assert.deepEqual(await serious(page), []);

  await page.goto('/desk/messages?state=given_up');
  const message = page.locator('.lines li').filter({ has: page.getByRole('button', { name: 'Send again' }) }).first();
  const about = (await message.locator('a').first().innerText()).replaceAll(' ', '');
  await message.getByRole('button', { name: 'Send again' }).click();
  await page.keyboard.press('Tab');
  await page.locator('.resend input').fill('asked for it by telephone');
  await page.keyboard.press('Enter');
  await page.locator('.toasts').getByText('It waits to be sent once more.').waitFor();
  const { messages } = await ask('lead01', 'GET', `/api/v1/matters/${about}/messages`);
  await page.goto(`/desk/m/${about}`);
  await page.locator('.evidence').getByRole('button', { name: 'Messages' }).click();
  await page.locator('dialog li .tag').first().waitFor();
  assert.deepEqual(await serious(page), []);
  assert.ok(messages.some(({ resends }) => resends?.some(({ reason }) => reason === 'asked for it by telephone')));
  assert.deepEqual(faults, []);
  await close();
});

// Each page in one language and theme here; in Chinese and light most are looked at above.
for (const [language, theme, paths] of [['en', 'dark', ['ring-backs', 'seats', 'rota', 'just-now', 'catalogue']], ['zh', 'dark', ['notices', 'call-checks', 'password']], ['en', 'light', ['messages', 'q/incidents', 'password']]])
  test(`the pages beside the lists, ${language}, ${theme}, narrow too`, async () => {
    const { page, faults, close } = await open({ login: 'lead02', language, theme, width: 320, height: 700 });
    for (const path of paths) {
      await page.goto(`/desk/${path}`);
      await page.locator(path.startsWith('q/') ? '.queue h1' : 'main h1').waitFor();
      await page.locator('main[aria-busy="true"]').waitFor({ state: 'detached' });
      assert.deepEqual(await serious(page), [], path);
      assert.equal((await page.locator('body').innerText()).match(/\b(web|ui|work|admin|stage|step|field|choice|role)\.[a-z_.]+/)?.[0], undefined, path);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 320), `${path} sticks out`);
    }
    assert.deepEqual(faults, []);
    await close();
  });
