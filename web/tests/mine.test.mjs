// What is somebody's own: messages read, items kept (with and without an account), halls near, a company acted for until its
// mandate is withdrawn.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serious } from './axe.mjs';
import { kPassword } from './city.mjs';
import { answer, ask, city, open } from './here.mjs';
import { invalid } from './html.mjs';

const kPhone = { width: 390, height: 844 };
const kCompany = '91350199MA0000015J';
const kMine = '/api/v1/messages/mine';
const kHall = '/api/v1/hall';
const [first, second] = (await ask('', 'GET', `${kHall}/items?limit=2&q=${encodeURIComponent('食品经营许可')}`)).items;
for (const { code } of [first, second]) await ask('citizen', 'DELETE', `${kHall}/favourites/${code}`);
const fits = (page) => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);

async function enter(page, login) {
  await page.goto('/me/mine');
  await page.fill('#login', login);
  await page.fill('#password', kPassword);
  await page.keyboard.press('Enter');
  await page.locator('[data-count=messages]').waitFor();
}

test('a message leads to its case and is read; the rest are marked at once', async () => {
  const item = first.code;
  const wanted = (await ask('citizen2', 'GET', `${kHall}/items/${item}/form`)).materials.filter((each) => each.wanted);
  assert.ok(wanted.length);
  const { unread } = await ask('citizen', 'GET', kMine);
  const { page, faults, close } = await open(kPhone);
  await enter(page, 'citizen');
  if (unread) assert.match(await page.locator('[data-count=messages]').innerText(), new RegExp(`^${unread}\\b`));
  const newest = (await ask('citizen', 'GET', kMine)).messages[0];
  await page.locator('.messages a').first().click();
  await page.locator('.story').waitFor();
  assert.equal(new URL(page.url()).searchParams.get('number'), newest.number);
  assert.equal((await ask('citizen', 'GET', kMine)).messages[0].read, true);
  await page.goto('/me/mine/messages');
  await page.locator('.messages li').first().waitFor();
  if (unread > 1) {
    await page.getByRole('button', { name: '全部标为已读' }).click();
    await page.getByRole('button', { name: '未读 0' }).waitFor();
  }
  assert.equal((await ask('citizen', 'GET', kMine)).unread, 0);
  assert.deepEqual(faults, []);
  await close();
});

test('an item is kept on this device, then in the account, by the keyboard too', async () => {
  const { page, faults, close } = await open(kPhone);
  await page.goto(`/me/hall/items/${first.code}`);
  const star = page.locator('.guide-head .star button');
  await star.focus();
  await page.keyboard.press('Enter');
  await page.locator('.guide-head .star', { hasText: '这台设备' }).waitFor();
  assert.equal(await star.getAttribute('aria-pressed'), 'true');
  await page.goto('/me/mine/favourites');
  await page.locator('.kept-items li').waitFor();
  assert.match(await page.locator('.warn').innerText(), /只保存在这台设备/);
  await enter(page, 'citizen');
  await page.goto(`/me/hall/find?q=${encodeURIComponent('食品经营许可')}`);
  await page.locator('.items .star button').nth(1).click();
  await page.locator('.items .star button[aria-pressed=true]').waitFor();
  await page.goto('/me/mine/favourites');
  await page.getByRole('button', { name: '存到账号' }).click();
  await page.locator('.kept-items li').nth(1).waitFor();
  const kept = (await ask('citizen', 'GET', `${kHall}/favourites`)).favourites.map(({ item }) => item).sort();
  assert.deepEqual(kept, [first.code, second.code].sort());
  await page.locator('.kept-items .star button').first().click();
  await page.waitForFunction(() => document.querySelectorAll('.kept-items li').length === 1);
  assert.equal((await ask('citizen', 'GET', `${kHall}/favourites`)).favourites.length, 1);
  assert.deepEqual(faults, []);
  await close();
});

test('what was withdrawn says so, and where it went', async () => {
  const { page, close } = await open(kPhone);
  await page.route(`**${kHall}/favourites`, (route) => route.fulfill({ json: { favourites: [{ item: first.code, name: '旧事项', kept_at: '2026-10-01T00:00:00+08:00', state: 'merged', situation: 'new', unit: { zh: '市场监管局', en: 'MSB' }, change: { kind: 'merged', day: '2026-10-08', basis: '第三十六条', zh: '并入开餐馆一件事', en: 'Merged into opening a restaurant' } }] } }));
  await enter(page, 'citizen');
  await page.goto('/me/mine/favourites');
  const row = page.locator('.kept-items .gone');
  await row.waitFor();
  assert.match(await row.innerText(), /已合并.*2026年10月8日[^]*并入开餐馆一件事/);
  assert.match(await row.getByRole('link', { name: '按名称找现在在哪里办' }).getAttribute('href'), /hall\/find\?q=/);
  await close();
});

test('halls are sorted by how far they are, which no request tells; a region is chosen instead', async () => {
  const { page, context, faults, close } = await open(kPhone);
  await context.grantPermissions(['geolocation']);
  await context.setGeolocation({ latitude: 26.0527, longitude: 119.3141 });
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto('/me/hall/near');
  await page.locator('.place').first().waitFor();
  await page.getByRole('button', { name: '我在这里' }).click();
  await page.locator('.place .far').first().waitFor();
  assert.match(await page.locator('.place h2').first().innerText(), /台江区政务服务大厅.*米/);
  assert.match(await page.locator('.place .is-open').first().innerText(), /开放/);
  assert.deepEqual(asked.filter((url) => /26\.05|119\.31/.test(url)), []);
  await page.selectOption('#near_region', { label: '鼓楼区' });
  await page.locator('.place h2', { hasText: '鼓楼区政务服务大厅' }).first().waitFor();
  assert.equal(await page.locator('.place', { hasText: '台江区' }).count(), 0);
  const hall = page.locator('.place', { hasText: '榕州市政务服务大厅' });
  assert.match(await hall.innerText(), /可以预约[^]*不动产登记/);
  await hall.getByRole('link', { name: '预约' }).click();
  await page.locator('.visit').waitFor();
  assert.deepEqual(faults, []);
  await close();
});

test('a company is acted for in its name, and no longer once the mandate is withdrawn', async () => {
  for (const { id, state } of (await ask('citizen3', 'GET', `${kHall}/companies/${kCompany}/mandates`)).mandates) if (state === 'holds') await ask('citizen3', 'DELETE', `${kHall}/mandates/${id}`);
  const legal = await open(kPhone);
  await enter(legal.page, 'citizen3');
  await legal.page.goto('/me/mine/companies');
  await legal.page.getByRole('button', { name: '谁可以代办' }).click();
  await legal.page.locator('.mandate-form .main').click();
  await legal.page.locator('#m_until_fault').waitFor();
  assert.equal(await legal.page.evaluate(() => document.activeElement.id), 'm_login');
  await legal.page.fill('#m_login', 'citizen');
  await legal.page.fill('#m_person_name', '陈小榕');
  await legal.page.fill('#m_until', '2026-12-30');
  await legal.page.locator('.mandate-form .main').click();
  await legal.page.locator('.said', { hasText: '陈小榕' }).waitFor();

  const { page, faults, close } = await open(kPhone);
  await enter(page, 'citizen');
  await page.locator('.as button', { hasText: '榕州管线' }).click();
  await page.locator('.on-behalf', { hasText: '榕州管线' }).waitFor();
  await page.getByRole('heading', { name: '企业常办' }).waitFor();
  await page.locator('.mine a', { hasText: '城市道路挖掘' }).click();
  await page.locator('.story').waitFor();
  assert.match(await page.locator('.story h1').innerText(), /城市道路挖掘/);
  assert.equal((await answer('citizen', 'GET', `/api/v1/matters/${new URL(page.url()).searchParams.get('number')}`)).status, 404);
  await page.goto(`/me/hall/apply/${first.code}`);
  await page.locator('.apply-form').waitFor();
  const form = await ask('citizen', 'GET', `${kHall}/items/${first.code}/form`, undefined, { 'X-Company': kCompany });
  assert.deepEqual([form.applicant, form.known.name, form.known.credit_code], ['company', '榕州管线工程公司（演示）', kCompany]);

  await legal.page.getByRole('button', { name: '撤销 陈小榕' }).click();
  await legal.page.getByRole('button', { name: '确定撤销？ 陈小榕' }).click();
  await legal.page.locator('.said', { hasText: '授权已经结束' }).waitFor();
  await page.goto('/me/mine');
  await page.locator('.on-behalf.ended', { hasText: '已于 2026-10-0' }).waitFor();
  await page.getByRole('heading', { name: '陈小榕，您好' }).waitFor();
  assert.equal(await page.locator('.as').count(), 0);
  assert.equal((await answer('citizen', 'GET', '/api/v1/matters', undefined, { 'X-Company': kCompany })).body.key, 'mandate.withdrawn');
  await ask('citizen3', 'POST', `${kHall}/companies/${kCompany}/mandates`, { login: 'citizen', person_name: '陈小榕', scope: 'act', until: '2026-12-31' });
  assert.deepEqual(faults, []);
  assert.deepEqual(legal.faults, []);
  await legal.close();
  await close();
});

test('a company\'s account is opened at a window, once, with a code that checks', async () => {
  const { page, faults, close } = await open({ login: 'window01' });
  await page.goto('/desk/intake');
  await page.getByRole('button', { name: '开通企业账户' }).click();
  const fill = async (values) => {
    for (const [field, value] of Object.entries(values)) await page.fill(`#oc_${field}`, value);
    await page.locator('.open-company .main').click();
  };
  await fill({ code: '91350199MA0000015K', name: '茉莉花茶公司', legal: 'citizen2', person_name: '江依姆' });
  await page.locator('#oc_code_fault', { hasText: '十八位' }).waitFor();
  await fill({ code: '91350199MA00000318' });
  await page.locator('.open-company', { hasText: /已为“茉莉花茶公司”开通账户|已经开通了账户/ }).waitFor();
  const { companies } = await ask('citizen2', 'GET', `${kHall}/companies`);
  assert.deepEqual(companies.map(({ name, as }) => [name, as]), [['茉莉花茶公司', 'legal']]);
  assert.deepEqual(await serious(page), []);
  assert.deepEqual(faults, []);
  await close();
});

test('a draft that was saved elsewhere is not written over: both are offered', async () => {
  const { page, faults, close } = await open(kPhone);
  await ask('citizen', 'DELETE', `${kHall}/drafts/${first.code}`);
  await enter(page, 'citizen');
  const asked = await ask('citizen', 'GET', `${kHall}/items/${first.code}/form`);
  const group = asked.schema['x-layout'].find(({ fields }) => fields.includes('phone')).group;
  await page.goto(`/me/hall/apply/${first.code}?at=${group}`);
  const field = page.locator('#f_name');
  await field.fill('这里写的');
  await page.locator('.kept', { hasText: '已保存' }).waitFor();
  const there = (await ask('citizen', 'GET', `${kHall}/items/${first.code}/form`)).draft;
  await ask('citizen', 'PUT', `${kHall}/drafts/${first.code}`, { version: there.version, typed: { ...there.typed, values: { ...there.typed.values, name: '别处写的' } } });
  await field.fill('这里又写的');
  await page.locator('[data-stale]').waitFor();
  assert.match(JSON.stringify((await ask('citizen', 'GET', `${kHall}/items/${first.code}/form`)).draft.typed), /别处写的/);
  await page.getByRole('button', { name: '用我这一份' }).click();
  await page.locator('.kept', { hasText: '已保存' }).waitFor();
  assert.match(JSON.stringify((await ask('citizen', 'GET', `${kHall}/items/${first.code}/form`)).draft.typed), /这里又写的/);
  await ask('citizen', 'DELETE', `${kHall}/drafts/${first.code}`);
  assert.deepEqual(faults, []);
  await close();
});

test('nothing serious is found in both languages and themes, nothing sticks out', async () => {
  const pages = ['/me/mine', '/me/mine/messages', '/me/mine/licences', '/me/mine/favourites', '/me/mine/companies', '/me/hall/near'];
  for (const [language, theme, login] of [['zh', 'light', 'citizen'], ['en', 'dark', 'citizen3']]) {
    const { page, faults, close } = await open({ width: 320, height: 800, language, theme });
    await enter(page, login);
    for (const at of pages) {
      await page.goto(at);
      await page.locator('h1').waitFor();
      await page.waitForLoadState('networkidle');
      if (login === 'citizen3' && at.endsWith('companies')) await page.locator('.card .button').first().click();
      assert.deepEqual(await serious(page), [], `${at} ${language} ${theme}`);
      assert.deepEqual(await invalid(page), [], `${at} ${language}`);
      assert.ok(await fits(page), `${at} ${language}`);
      assert.doesNotMatch(await page.locator('main').innerText(), /hallhome\.|refusal\./, at);
    }
    assert.deepEqual(faults, []);
    await close();
  }
});
