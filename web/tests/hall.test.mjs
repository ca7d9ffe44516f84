// The hall's pages for people: an item is found, understood, taken along; what is wrong with it is said to the hotline.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serious } from './axe.mjs';
import { kPassword } from './city.mjs';
import { city, open } from './here.mjs';
import { invalid } from './html.mjs';

const kPhone = { width: 390, height: 844 };
const ask = async (path) => (await fetch(`${city.address}/api/v1/hall/${path}`)).json();
const words = encodeURIComponent;
/** The first item that these words find, as the server tells it. */
const first = async (q, more = '') => ask(`items/${(await ask(`items?limit=1&q=${words(q)}${more}`)).items[0].code}`);
const restaurant = await first('食品经营许可', '&type=XK');

test('found with the keyboard alone, from what people call it', async () => {
  const { page, faults, close } = await open({ width: 800 });
  await page.goto('/me/');
  await page.getByRole('link', { name: '办事', exact: true }).click();
  await page.locator('.scenes a').nth(8).waitFor();
  assert.equal(await page.locator('.classes li').count(), 21);
  await page.focus('#hall_search');
  await page.keyboard.type('开店');
  const { items } = await ask(`items?limit=6&q=${words('开店')}`);
  await page.locator('#hall_suggestions [role=option]').first().waitFor();
  assert.equal(await page.locator('#hall_suggestions [role=option]').count(), items.length + 1);
  await page.keyboard.press('ArrowUp');  // round the corner: the way to all of them
  assert.match(await page.locator('[role=option][aria-selected=true]').innerText(), /看全部结果/);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  assert.equal(await page.locator('#hall_search').getAttribute('aria-activedescendant'), 'hall_suggestion_0');
  await page.keyboard.press('Enter');
  await page.locator('.glance').waitFor();
  assert.equal(new URL(page.url()).pathname, `/me/hall/items/${items[0].code}`);
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H1');
  assert.ok((await page.title()).startsWith(items[0].name));
  await page.locator('button.back').click();
  await page.focus('#hall_search');
  await page.keyboard.type('开店');
  await page.locator('#hall_suggestions [role=option]').first().waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('#hall_suggestions').isVisible(), false);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/me\/hall\/find\?q=/);
  await page.locator('.items').waitFor();
  assert.deepEqual(faults, []);
  await close();
});

test('how many trips is the server’s count, and each number is its list', async () => {
  const { page, faults, close } = await open(kPhone);
  await page.goto('/me/hall');
  const counter = await ask('counter');
  assert.deepEqual([counter.items, counter.none, counter.one, counter.more], [820, 148, 669, 3]);
  await page.locator('.counter li').nth(2).waitFor();
  assert.deepEqual(await page.locator('.counter li strong').allInnerTexts(), ['148', '669', '3']);
  await page.locator('.counter li.more a').click();
  await page.locator('.items').waitFor();
  const listed = (await ask('items?trips=more')).items;
  assert.equal(await page.locator('.items > li').count(), listed.length);
  assert.equal(await page.locator('.items .trips-badge.more').count(), listed.length);
  assert.deepEqual(faults, []);
  await close();
});

test('narrowed down in the address, read on, and found again when coming back', async () => {
  const { page, faults, close } = await open(kPhone);
  await page.goto('/me/hall');
  await page.getByRole('link', { name: '个人', exact: true }).click();
  await page.waitForURL(/audience=person/);
  await page.locator('.scenes a').nth(7).click();
  await page.locator('.items').waitFor();
  const given = new URL(page.url()).searchParams;
  assert.equal(given.get('audience'), 'person');
  const scene = given.get('scene');
  const of = async (more = '') => (await ask(`items?limit=1&audience=person&scene=${scene}${more}`)).count;
  const title = page.locator('main h1');
  assert.match(await title.innerText(), new RegExp(`${(await of()).toLocaleString('en-US')} 项`));
  await page.locator('.narrow').click();
  const line = page.locator('.facets a:not([aria-current])').first();
  const facet = (await line.locator('xpath=ancestor::section').getAttribute('aria-labelledby')).replace('facet_', '');
  const told = Number((await line.locator('small').innerText()).replace(',', ''));
  const name = await line.locator('span').innerText();
  await line.click();
  await page.waitForURL((url) => url.searchParams.has(facet));
  assert.equal(await of(`&${facet}=${new URL(page.url()).searchParams.get(facet)}`), told);
  await title.getByText(`${told.toLocaleString('en-US')} 项`).waitFor();
  assert.equal(await page.locator('.chips a[aria-label]').count(), 3);
  await page.locator(`.chips a[aria-label$="${name}"]`).click();
  await page.waitForURL((url) => !url.searchParams.has(facet));

  await page.goto('/me/hall/find');
  await page.locator('.load button').click();
  await page.locator('.items > li').nth(30).waitFor();
  await page.evaluate(() => scrollTo(0, 1500));
  await page.locator('.items a').nth(25).click();
  await page.locator('.glance').waitFor();
  await page.locator('button.back').click();
  await page.locator('.items > li').nth(30).waitFor();
  await page.waitForFunction(() => scrollY > 1000);
  assert.deepEqual(faults, []);
  await close();
});

test('a place is chosen from the larger to the smaller', async () => {
  const { page, faults, close } = await open(kPhone);
  await page.goto('/me/hall');
  await page.locator('.place-button').click();
  const [place] = (await ask('facets')).regions;
  await page.locator('#hall_places button', { hasText: place.zh }).first().click();
  await page.waitForURL((url) => url.searchParams.get('region') === place.code);
  await page.locator('.place-button', { hasText: place.zh }).waitFor();
  await page.locator('.scenes a').first().click();
  await page.locator('.items').waitFor();
  assert.equal(new URL(page.url()).searchParams.get('region'), place.code);
  assert.deepEqual(faults, []);
  await close();
});

test('nothing is found: the words go to the hotline’s box', async () => {
  const { page, faults, close } = await open(kPhone);
  await page.goto(`/me/hall/find?q=${words('zzqxzzqx')}`);
  await page.locator('.empty').waitFor();
  await page.getByRole('button', { name: '写给 12345' }).click();
  await page.locator('#body').waitFor();
  assert.match(await page.inputValue('#body'), /zzqxzzqx/);
  assert.ok(!decodeURIComponent(page.url()).includes('zzqx'));
  assert.deepEqual(faults, []);
  await close();
});

test('a guide: what to bring and what not, how long with what stops the clock, where, which situation', async () => {
  const { page, context, faults, close } = await open(kPhone);
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: city.address });
  await page.goto(`/me/hall/items/${restaurant.code}`);
  await page.locator('.glance').waitFor();
  const known = restaurant.materials.filter(({ shared, form }) => shared || form === 'noneed');
  assert.ok(known.length && known.length < restaurant.materials.length);
  assert.equal(await page.locator('.materials.known li').count(), known.length);
  assert.equal(await page.locator('.materials:not(.known) li').count(), restaurant.materials.length - known.length);
  assert.match(await page.locator('.legend .special').first().innerText(), /暂停计时/);
  assert.equal(await page.locator('.days .special').count(), restaurant.special.length);
  assert.equal(await page.locator('.glance .why').innerText(), restaurant.trips_why.zh);
  await page.waitForFunction(() => document.querySelector('.edition img').naturalWidth > 0);
  for (const link of await page.locator('.edition a[href^="/api/"]').all()) assert.equal((await fetch(city.address + (await link.getAttribute('href')))).status, 200);
  await page.getByRole('button', { name: '复制链接' }).click();
  await page.getByText('链接复制了').waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), `${city.address}/me/hall/items/${restaurant.code}`);
  await page.getByRole('button', { name: '在地图上看' }).click();
  await page.locator('.place-picker .pin').waitFor();
  assert.equal(await page.locator('.place-picker .pick').count(), 0);

  const other = restaurant.other_situations[0];
  await page.locator('.situations a', { hasText: other.situation_name }).click();
  await page.waitForURL(`**/items/${other.code}`);
  await page.locator('.situations [aria-current]', { hasText: other.situation_name }).waitFor();

  await page.emulateMedia({ media: 'print' });
  for (const gone of ['.head', '.situations', '.contents']) assert.equal(await page.locator(gone).isVisible(), false, gone);
  assert.ok(await page.locator('.only-print').isVisible());
  await page.emulateMedia({ media: 'screen' });
  await page.goto('/me/hall/items/none');
  await page.getByRole('heading', { name: '没有这个事项' }).waitFor();
  assert.deepEqual(faults, []);
  await close();
});

test('what is wrong with a guide is filed with the hotline, with its name and code', async () => {
  const { page, faults, close } = await open(kPhone);
  await page.goto(`/me/hall/items/${restaurant.code}`);
  await page.getByRole('button', { name: '写给 12345' }).click();
  await page.locator('#body').waitFor();
  await page.locator('#body').pressSequentially('窗口还要一份租赁合同。');
  for (const name of ['下一步', '发给 12345']) await page.getByRole('button', { name }).click();
  await page.locator('[data-number]').waitFor();
  const number = (await page.locator('[data-number]').innerText()).replaceAll(' ', '');
  const json = { 'Content-Type': 'application/json' };
  const { token } = await (await fetch(`${city.address}/api/v1/sessions`, { method: 'POST', headers: json, body: JSON.stringify({ login: 'lead01', password: kPassword }) })).json();
  const matter = await (await fetch(`${city.address}/api/v1/matters/${number}`, { headers: { Authorization: `Bearer ${token}` } })).json();
  assert.ok(matter.fields.body.includes(restaurant.code) && matter.fields.body.endsWith('窗口还要一份租赁合同。'), matter.fields.body);
  await page.getByRole('button', { name: /记好了/ }).click();
  assert.deepEqual(faults, []);
  await close();
});

test('large: one question a page; without a connection the pages still open', async () => {
  const { page, context, close } = await open(kPhone);
  await page.goto(`/me/hall/items/${restaurant.code}`);
  await page.locator('.reading').click();
  const shown = () => page.locator('.guide-parts > section:visible').count();
  assert.equal(await shown(), 0);
  await page.locator('.turn .main').click();
  assert.equal(await shown(), 1);
  assert.equal(await page.locator('.glance').isVisible(), false);
  assert.deepEqual(await serious(page), []);
  await page.emulateMedia({ media: 'print' });
  assert.equal(await shown(), await page.locator('.guide-parts > section').count());  // on paper nothing is left out
  await page.emulateMedia({ media: 'screen' });
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(async () => (await (await caches.open('banyan-me-1')).keys()).some(({ url }) => url.includes('HallApp')));
  await page.reload();
  await context.setOffline(true);
  await page.goto('/me/hall');
  await page.getByText('连不上服务器').first().waitFor();
  assert.ok(await page.locator('#hall_search').isVisible());
  await close();
});

for (const [language, theme, width] of [['zh', 'light', 390], ['en', 'dark', 320], ['zh', 'dark', 1440], ['en', 'light', 1024]])
  test(`each page: ${language}, ${theme}, ${width} px`, async () => {
    const { page, faults, close } = await open({ language, theme, width, height: 900 });
    const pages = { home: ['/me/hall', '.scenes a'], list: ['/me/hall/find?audience=person', '.items'], empty: ['/me/hall/find?q=zzqxzzqx', '.empty'], guide: [`/me/hall/items/${restaurant.code}`, '.glance'], changes: ['/me/hall/changes', '.changes'], rules: ['/me/hall/rules', '.numbered li'] };
    for (const [name, [path, ready]] of Object.entries(pages)) {
      if (width > 390 && !['list', 'guide'].includes(name)) continue;  // the same, only wider
      await page.goto(path);
      await page.locator(ready).first().waitFor();
      if (name === 'list') await page.locator('.place-button').click();
      if (name === 'guide') for (const summary of await page.locator('summary').all()) await summary.click();
      assert.deepEqual(await serious(page), [], name);
      if (language === 'zh' && width === 390) assert.deepEqual(await invalid(page), [], name);
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width, `${name} sticks out`);
      assert.equal((await page.locator('body').innerText()).match(/\b(hallweb|web|ui)\.[a-z_.]+/)?.[0], undefined, name);
    }
    assert.deepEqual(faults, []);
    await close();
  });
