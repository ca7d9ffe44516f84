// Figures that people answer for: a month is frozen and corrected, a figure opens its list, the brief is one page, a contest is decided, a
// place is chosen on a map without tiles; and every main page is HTML that html-validate finds nothing against.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serious } from './axe.mjs';
import { kPassword } from './city.mjs';
import { city, open } from './here.mjs';
import { invalid, invalidText } from './html.mjs';

const json = { 'Content-Type': 'application/json' };
const tokens = {};
async function signed(login) {
  tokens[login] ??= (await (await fetch(`${city.address}/api/v1/sessions`, { method: 'POST', headers: json, body: JSON.stringify({ login, password: kPassword }) })).json()).token;
  return { ...json, Authorization: `Bearer ${tokens[login]}` };
}
const get = async (login, path) => (await fetch(city.address + path, { headers: await signed(login) })).json();
async function take(login, id, step, form = {}) {
  const told = await fetch(`${city.address}/api/v1/matters/${id}/steps/${step}`, { method: 'POST', headers: await signed(login), body: JSON.stringify({ form }) });
  assert.equal(told.status, 200, await told.text());
}
async function filed(title, more = {}) {
  const told = await fetch(`${city.address}/api/v1/matters`, { method: 'POST', headers: more.by ? await signed(more.by) : json, body: JSON.stringify({ procedure: 'appeal', form: { title, body: '井盖缺了一角。', channel: 'app', class: 'road.manhole', region: '350102004', ...more.form } }) });
  assert.equal(told.status, 201, await told.clone().text());
  return (await told.json()).id;
}
const narrow = (page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
const keysSeen = async (page) => (await page.locator('body').innerText()).match(/\b(report|web|brief|ui|stage|choice|indicator)\.[a-z_.]+/)?.[0];

test('a month: what it is made of, frozen once, corrected beside it', async () => {
  const { page, faults, close } = await open({ login: 'appraise01' });
  await page.locator('.rail').getByRole('link', { name: '考核指标' }).click();
  await page.locator('.indicators tbody tr').nth(12).waitFor();
  const { months } = await get('appraise01', '/api/v1/figures/months');
  const month = months.filter(({ over, frozen }) => over && !frozen).at(-1).month;
  await page.goto(`/desk/months/${month}`);
  await page.locator('.matrix tbody tr').first().waitFor();
  const told = await get('appraise01', `/api/v1/figures/months/${month}`);
  const shown = await page.locator('.indicators tbody tr').evaluateAll((rows) => rows.map((row) => row.querySelector('strong').textContent));
  assert.deepEqual(shown, told.figures.map(({ value }) => (value === null ? '—' : `${value}%`)));
  assert.equal(await page.locator('.matrix th', { hasText: '名次' }).count(), 0, 'no league unless a city wants one');
  // The picture is of the chosen one, and its numbers stand behind it.
  await page.locator('.indicators').getByRole('button', { name: '响应率' }).focus();
  await page.keyboard.press('Enter');
  await page.locator('.month-chart h2', { hasText: '响应率' }).waitFor();
  await page.locator('.month-chart summary').click();
  assert.ok((await page.locator('.month-chart tbody').innerText()).includes(told.figures.find(({ key }) => key === 'response').value));
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '导出 CSV' }).click()]);
  assert.match(file.suggestedFilename(), new RegExp(`figures-${month}-appraise01.csv`));

  await page.getByRole('button', { name: /定稿…/ }).click();
  await page.locator('.sure').getByRole('button', { name: '定稿' }).click();
  await page.locator('.journal code').waitFor();
  const { frozen } = await get('appraise01', `/api/v1/figures/months/${month}`);
  assert.equal(await page.locator('.journal code').innerText(), frozen.journal.root);
  await page.locator('#correction').fill('补录');
  await page.getByRole('button', { name: '发布更正' }).click();
  await page.locator('.freeze-part .wrong', { hasText: '没有可更正' }).waitFor();  // nothing has changed since
  // A figure opens the list behind it.
  await page.locator('.units-part .tabs button', { hasText: '市直部门' }).click();
  await page.locator('.matrix td a').first().click();
  await page.waitForURL(/q\/by\.unit/);
  await page.locator('.matter-rows li').first().waitFor();
  assert.deepEqual(faults, []);
  await close();
});

const pages = [
  ['mayor', '/desk/months', '.matrix tbody tr'],
  ['mayor', '/desk/brief', '.brief tbody tr'],
  ['sup01', '/desk/supervision', '.report section h2'],
  ['lead01', '/desk/handovers', '.handover'],
  ['mayor', '/desk/calls?day=2026-10-08', '.report tbody tr'],
  ['unit-cg-head', '/desk/months', '.indicators tbody tr'],
];
pages.forEach(([login, path, wanted], n) => {
  const [language, theme] = [['zh', 'light'], ['en', 'dark'], ['zh', 'dark'], ['en', 'light']][n % 4];
  test(`${path} for ${login}, ${language}, ${theme}`, async () => {
    const { page, faults, close } = await open({ login, language, theme });
    await page.goto(path);
    await page.locator(wanted).first().waitFor();
    await page.waitForTimeout(300);
    assert.deepEqual(await serious(page), []);
    assert.deepEqual(await invalid(page), []);
    assert.equal(await keysSeen(page), undefined);
    await page.setViewportSize({ width: 320, height: 700 });
    await page.waitForTimeout(200);
    assert.ok((await narrow(page)) <= 0, `${path} sticks out`);
    assert.deepEqual(faults, []);
    await close();
  });
});

test('the brief: a figure is a list, the paper is one page', async () => {
  const { page, faults, context, close } = await open({ login: 'mayor' });
  await page.goto('/desk/brief');
  const all = page.locator('.brief section').first().locator('tbody tr').first();
  await all.waitFor();
  const n = Number(await all.locator('strong').first().innerText());
  await all.getByRole('link').click();
  await page.waitForURL(/brief\/matters\?what=filed/);
  await page.locator('.matter-rows li').first().waitFor();
  assert.ok((await page.locator('.state').innerText()).includes(`${n} 件`));
  await page.goBack();
  await all.waitFor();
  const [paper] = await Promise.all([context.waitForEvent('page'), page.keyboard.press('p')]);
  await paper.waitForLoadState();
  const pdf = await paper.pdf({ preferCSSPageSize: true });
  assert.equal(pdf.toString('latin1').match(/\/Type \/Page\b/g).length, 1);
  assert.deepEqual(faults, []);
  await close();
});

test('a contest is decided by another person, from the list of those that wait', async () => {
  const id = await filed('井盖缺角，考核申诉', { by: 'citizen' });
  await take('seat01', id, 'accept', { kind: 'complaint' });
  await take('disp01', id, 'dispatch', { lead: 'cg' });
  await take('unit-cg', id, 'sign');
  await take('unit-cg-head', id, 'reply', { account: '已换', public_reply: '井盖已更换。' });
  await take('review01', id, 'approve');
  await take('citizen', id, 'rate', { rating: 'unsatisfied' });
  await take('callback01', id, 'call_back', { way: 'message', outcome: 'solved', final: 'satisfied' });
  await take('unit-cg-head', id, 'contest', { contested: 'unreasonable', reason: '已按规范更换' });
  const { page, faults, close } = await open({ login: 'sup01' });
  await page.locator('.rail').getByRole('link', { name: '督办和考核申诉' }).click();
  await page.locator('.matter-rows a', { hasText: '井盖缺角，考核申诉' }).click();
  await page.locator('.actions').getByRole('button', { name: '驳回考核申诉' }).click();
  await page.locator('.panel textarea').first().fill('诉求合理');
  await page.keyboard.press('Control+Enter');
  await page.locator('.timeline').getByText('诉求合理').waitFor();
  assert.ok(!(await get('sup01', '/api/v1/matters?asked=contest')).matters.some((row) => row.id === id));
  assert.deepEqual(faults, []);
  await close();
});

test('the wall: a district is a list of all below it; heat is of what was released', async () => {
  const { page, faults, close } = await open({ login: 'mayor', width: 1920, height: 1080 });
  const id = await filed('鼓楼区东街口井盖缺角');
  await page.goto('/desk/wall');
  await page.locator('.area-map li a', { hasText: '鼓楼区' }).click();
  await page.waitForURL(/within/);
  await page.getByRole('heading', { level: 1, name: /鼓楼区/ }).waitFor();
  const { matters } = await get('mayor', '/api/v1/matters?within=350102&open=true&limit=100');
  assert.ok(matters.some((row) => row.id === id));
  await page.locator('.matter-rows li').first().waitFor();
  await page.goBack();
  await page.getByRole('button', { name: '公开诉求' }).click();
  const { places } = await get('mayor', '/api/v1/figures/heat');
  await page.waitForFunction((n) => document.querySelectorAll('.spots circle').length === n, places.length);
  assert.deepEqual(await page.locator('.sums li > div').count(), 0, 'every figure opens something');
  assert.deepEqual(await invalid(page), []);
  await page.locator('.sums a', { hasText: '昨日接通' }).click();
  await page.locator('.report tbody tr').nth(8).waitFor();
  assert.deepEqual(faults, []);
  await close();
});

test('a place on the map: by keyboard, by finger, without tiles', async () => {
  const { page, faults, close } = await open({ width: 390, height: 844 });
  await page.goto('/me/');
  await page.locator('#body').fill('路灯不亮');
  await page.getByRole('button', { name: '在地图上选' }).click();
  const map = page.locator('.place-picker svg');
  await map.waitFor();
  assert.equal(await map.locator('image').count(), 0);
  assert.deepEqual(await serious(page), []);
  const said = page.locator('.place-picker [role=status]');
  const before = await said.innerText();
  await map.focus();
  for (const key of ['+', '+', 'ArrowRight', 'ArrowUp']) await page.keyboard.press(key);
  assert.notEqual(await said.innerText(), before);
  // A tap brings what lies there below the cross; a pull moves the map.
  const box = await map.boundingBox();
  const middle = [box.x + box.width / 2, box.y + box.height / 2];
  const was = await said.innerText();
  await page.mouse.move(...middle);
  await page.mouse.down();
  await page.mouse.move(middle[0] - 90, middle[1], { steps: 4 });
  await page.mouse.up();
  const [east, west] = [await said.innerText(), was].map((text) => Number(text.match(/, (\d+\.\d+)/)[1]));
  assert.ok(east > west, 'pulled to the left, the cross lies further east');
  await page.getByRole('button', { name: '就是这里' }).click();
  await page.getByText('已附上地图上选的地点').waitFor();
  await page.locator('button[type=submit]').first().click();
  await page.locator('#phone').waitFor();
  const [sent] = await Promise.all([page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/api/v1/matters')), page.locator('button[type=submit]').first().click()]);
  const { point } = sent.postDataJSON().form;
  assert.ok(Math.abs(point.lon - east) < 0.0001, `${point.lon} is what the cross said`);
  assert.deepEqual(faults, []);
  await close();
});

test('served and drawn pages are valid', async () => {
  for (const path of ['/', '/docs', '/desk', '/me/']) assert.deepEqual(await invalidText(await (await fetch(city.address + path)).text()), [], path);
  const [handover] = (await get('lead01', '/api/v1/handovers')).handovers;
  const [row] = (await get('mayor', '/api/v1/matters?stage=handling&limit=1')).matters;
  for (const path of ['/brief', `/api/v1/handovers/${handover.number}/page`, `/api/v1/matters/${row.id}/slip`]) assert.deepEqual(await invalidText(await (await fetch(city.address + path, { headers: await signed('mayor') })).text()), [], path);
  const drawn = [
    ['', '/desk/sign-in', '#login'], ['', '/', '.card'], ['', '/docs', '.entry'], ['', '/me/', '#body'],
    ['disp01', '/desk/q/to_dispatch', '.matter-rows li', 'j', '1'], ['seat02', '/desk/seat', 'main'],
  ];
  for (const [login, path, wanted, ...keys] of drawn) {
    const { page, close } = await open({ login: login || undefined });
    await page.goto(path);
    await page.locator(wanted).first().waitFor();
    for (const key of keys) {
      await page.keyboard.press(key);
      await page.waitForTimeout(500);
    }
    assert.deepEqual(await invalid(page), [], path);
    await close();
  }
});
