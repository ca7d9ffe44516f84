// The administrators' desk: every page opens for whom it is, nothing serious for who cannot see well, narrow too; and what is done on it
// is done: a unit is tried and added, an account made whose password works, a key revoked, a bad line said, the journal verified.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serious } from './axe.mjs';
import { kPassword } from './city.mjs';
import { city, open } from './here.mjs';

const post = (path, body, headers = {}) => fetch(`${city.address}${path}`, { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) });
async function token(login, password = kPassword) {
  const told = await post('/api/v1/sessions', { login, password });
  return told.status === 201 ? (await told.json()).token : undefined;
}
const once = Date.now().toString(36);

/** What a page shows when it has what it asked for. */
const there = '.sheet tbody tr, p.none, .unit-tree .name, .days .weekend, .lanes i';
const pages = { sys: ['units', 'people', 'lists', 'lists?list=classes', 'calendar', 'guides', 'exports', 'acts'], sec: ['people', 'keys', 'units'], audit: ['journal', 'acts'] };
Object.keys(pages).forEach((login, n) => {
  const [language, theme] = [['zh', 'light'], ['en', 'dark'], ['zh', 'dark']][n];
  test(`the pages of ${login}, ${language}, ${theme}`, async () => {
    const { page, faults, close } = await open({ login, language, theme });
    await page.waitForURL(/\/desk\/admin\//);
    for (const each of pages[login]) {
      await page.goto(`/desk/admin/${each}`);
      await page.locator(there).first().waitFor();
      assert.deepEqual(await serious(page), [], each);
      assert.equal((await page.locator('body').innerText()).match(/\b(web|ui|admin|role|unit_group)\.[a-z_.]+/)?.[0], undefined, each);
    }
    // The other language and theme, narrow: nothing sticks out.
    await page.evaluate((to) => { localStorage.setItem('banyan.language', to.language); localStorage.setItem('banyan.theme', to.theme); }, { language: language === 'zh' ? 'en' : 'zh', theme: theme === 'dark' ? 'light' : 'dark' });
    await page.setViewportSize({ width: 320, height: 700 });
    for (const each of pages[login]) {
      await page.goto(`/desk/admin/${each}`);
      await page.locator(there).first().waitFor();
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 320), `${each} is wider than 320`);
      if (pages[login].indexOf(each) % 2 === 0) assert.deepEqual(await serious(page), [], `${each}, narrow`);
    }
    assert.deepEqual(faults, []);
    await close();
  });
});

test('a unit is tried before it is added, by the keyboard', async () => {
  const { page, faults, close } = await open({ login: 'sys' });
  await page.locator('.unit-tree .name').first().focus();
  await page.keyboard.press('Enter');
  await page.locator('.panel-box h2', { hasText: '榕州市12345中心' }).waitFor();
  await page.getByRole('button', { name: '新设下级' }).click();
  await page.keyboard.type(`n-${once}`);
  await page.keyboard.press('Tab');
  await page.keyboard.type('新设局');
  await page.keyboard.press('Control+Enter');
  await page.locator('.plain-form .wrong, .plain-form .refused').first().waitFor();  // no English name
  await page.getByLabel('英文名').fill('New bureau');
  await page.keyboard.press('Control+Enter');
  await page.locator('.change-box .said').waitFor();
  assert.match(await page.locator('.change-box').innerText(), /新设 1/);
  const units = async () => (await (await fetch(`${city.address}/api/v1/units?group=city`, { headers: { Authorization: `Bearer ${await token('sys')}` } })).json()).units;
  assert.ok(!(await units()).some(({ code }) => code === `n-${once}`));  // only tried
  await page.keyboard.press('Enter');
  await page.locator('.change-box').waitFor({ state: 'detached' });
  assert.ok((await units()).some(({ code }) => code === `n-${once}`));
  assert.deepEqual(faults, []);
  await close();
});

test('an account is made; its password is shown once and works; ended, it no longer does', async () => {
  const { page, faults, close } = await open({ login: 'sec' });
  await page.locator('.admin h1').waitFor();
  await page.keyboard.press('n');
  await page.locator('.plain-form input').first().waitFor();
  await page.keyboard.type(`p-${once}`);
  await page.locator('.plain-form').getByLabel('中文名').fill('新来的');
  await page.locator('.plain-form').getByLabel('英文名').fill('Newcomer');
  await page.keyboard.press('Control+Enter');
  const password = (await page.locator('.once code').innerText()).trim();
  const given = await token(`p-${once}`, password);
  assert.ok(given);
  await page.reload();
  await page.locator('.sheet tbody tr').first().waitFor();
  assert.equal(await page.locator('.once').count(), 0);
  assert.ok(!(await page.content()).includes(password));
  await page.fill('#people-text', `p-${once}`);
  await page.waitForFunction(() => document.querySelectorAll('.sheet tbody tr').length === 1);
  await page.getByRole('button', { name: '新来的' }).click();
  await page.locator('.panel-box').getByRole('button', { name: '停用' }).click();
  await page.locator('.panel-box .sure').getByRole('button', { name: '停用' }).click();
  await page.waitForFunction(() => document.querySelectorAll('.sheet tbody tr').length === 0);
  assert.equal(await token(`p-${once}`, password), undefined);
  assert.equal((await fetch(`${city.address}/api/v1/sessions/current`, { headers: { Authorization: `Bearer ${given}` } })).status, 401);
  assert.deepEqual(faults, []);
  await close();
});

test('a key is shown once and revoked', async () => {
  const { page, close } = await open({ login: 'sec' });
  await page.goto('/desk/admin/keys');
  await page.getByRole('button', { name: '新建密钥' }).click();
  await page.locator('.plain-form').getByLabel('用途').fill(`key ${once}`);
  await page.keyboard.press('Control+Enter');
  const key = (await page.locator('.once code').innerText()).trim();
  const asks = async () => (await fetch(`${city.address}/api/v1/sessions/current`, { headers: { Authorization: `Bearer ${key}` } })).status;
  assert.equal(await asks(), 200);
  const row = page.locator('.sheet tbody tr', { hasText: `key ${once}` });
  await row.getByRole('button', { name: /停用/ }).click();
  await row.getByRole('button', { name: '确定停用' }).click();
  await row.waitFor({ state: 'detached' });
  assert.equal(await asks(), 401);
  await close();
});

test('a bad line of a list is said and marked; nothing of it is taken', async () => {
  const { page, close } = await open({ login: 'sys' });
  await page.goto('/desk/admin/lists');
  await page.getByRole('button', { name: '编辑' }).click();
  const text = await page.locator('#list-csv').inputValue();
  await page.locator('#list-csv').fill(`${text.trimEnd()}\nno.such,,cg,,,0\n`);
  await page.keyboard.press('Control+Enter');
  await page.locator('.bad li').first().waitFor();
  assert.equal(await page.locator('.bad li').count(), 1);
  assert.ok(await page.getByRole('button', { name: '正式生效' }).isDisabled());
  await page.locator('.bad button').click();
  assert.equal(await page.locator('#list-csv').evaluate((each) => each.value.slice(each.selectionStart, each.selectionEnd)), 'no.such,,cg,,,0');
  assert.equal(await (await fetch(`${city.address}/api/v1/catalogues/catalogue`)).text(), text);
  await close();
});

test('the journal is verified; a matter shows its chain and no contents', async () => {
  const filed = await (await post('/api/v1/matters', { procedure: 'appeal', form: { title: '井盖翘起一角', body: '晚上骑车差点摔倒。', channel: 'web' } })).json();
  const { page, faults, close } = await open({ login: 'audit' });
  await page.getByRole('button', { name: '开始核验' }).click();
  await page.locator('.verdict.good').waitFor({ timeout: 60_000 });
  await page.fill('#chain-number', filed.number);
  await page.keyboard.press('Enter');
  await page.locator('.checks .good').first().waitFor();
  assert.equal(await page.locator('.checks .bad').count(), 0);
  assert.ok(!(await page.locator('body').innerText()).includes('井盖翘起'));
  assert.deepEqual(faults, []);
  await close();
});
