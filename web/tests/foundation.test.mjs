// What every page keeps to: signing in, words in both languages, themes, the size of a first load, no other host.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { signIn } from './city.mjs';
import { city, open } from './here.mjs';
import { serious } from './axe.mjs';
import { types } from '../tools/types.mjs';

test('the types are those of the server', async () => {
  const made = await types(await (await fetch(`${city.address}/openapi.json`)).json());
  assert.equal(made === (await readFile(new URL('../src/api/types.ts', import.meta.url), 'utf8')), true, 'node tools/types.mjs ADDRESS makes src/api/types.ts anew');
});

test('files with a hash never change, pages are asked for anew', async () => {
  const page = await fetch(`${city.address}/desk/q/to_sign/123`);
  assert.equal(page.status, 200);
  assert.equal(page.headers.get('cache-control'), 'no-cache');
  assert.match(page.headers.get('content-security-policy'), /default-src 'self'/);
  const html = await page.text();
  const file = html.match(/\/web\/assets\/[\w-]+\.js/)[0];
  for (const [encoding, packed] of [['gzip', 'gzip'], ['identity', null], ['gzip;q=0', null], ['br, gzip;q=0.5', 'gzip']]) {
    const got = await fetch(city.address + file, { headers: { 'Accept-Encoding': encoding } });
    assert.equal(got.headers.get('content-encoding'), packed, encoding);
    assert.match(got.headers.get('cache-control'), /immutable/);
  }
  assert.equal((await fetch(`${city.address}/web/assets/none.js`)).status, 404);
  assert.equal((await fetch(`${city.address}/web/desk.html`)).status, 404);
});

test('who is not signed in signs in and comes to what the link named', async () => {
  const { page, faults, close } = await open({});
  await page.goto('/desk/q/overdue');
  await page.waitForURL(/sign-in/);
  await page.fill('#login', 'disp01');
  await page.fill('#password', 'wrong');
  await page.keyboard.press('Enter');
  assert.ok((await page.getByRole('alert').textContent()).length > 3);
  await page.fill('#password', 'rongzhou-2026');
  await page.keyboard.press('Enter');
  await page.waitForURL(/q\/overdue/);
  await page.getByRole('heading', { level: 1, name: '超期', exact: true }).waitFor();
  await page.getByRole('button', { name: '退出登录' }).click();
  await page.waitForURL(/sign-in/);
  assert.deepEqual(faults, []);
  await close();
});

test('the first load of a desk is under 350 KB, all of it from here', async () => {
  const { page, faults, close } = await open({});
  let bytes = 0;
  const sizes = [];
  page.on('response', (response) => response.url().includes('/web/') && sizes.push(response.request().sizes().then(({ responseBodySize }) => (bytes += responseBodySize))));
  await signIn(page, 'disp01');
  await page.locator('.matter-rows li').first().waitFor();
  await page.keyboard.press('j');
  await page.locator('.matter h1').waitFor();
  await Promise.all(sizes);
  assert.ok(bytes > 20_000 && bytes < 350 * 1024, `${bytes} bytes`);
  assert.deepEqual(faults, []);
  await close();
});

for (const language of ['zh', 'en'])
  for (const theme of ['light', 'dark'])
    test(`nothing serious for who cannot see well: ${language}, ${theme}`, async () => {
      const { page, faults, close } = await open({ language, theme });
      await page.goto('/desk/');
      await page.locator('#login').waitFor();
      assert.deepEqual(await serious(page), []);
      await signIn(page, 'review01');
      await page.locator('.matter-rows li').first().waitFor();
      assert.deepEqual(await serious(page), []);
      await page.keyboard.press('j');
      await page.locator('.matter h1').waitFor();
      assert.deepEqual(await serious(page), []);
      assert.equal((await page.locator('body').innerText()).match(/\b(web|ui|stage|step|field|choice)\.[a-z_.]+/)?.[0], undefined);
      await page.keyboard.press('1');
      await page.locator('.panel').waitFor();
      assert.deepEqual(await serious(page), []);
      await page.keyboard.press('Escape');
      await page.locator('.panel').waitFor({ state: 'detached' });
      await page.keyboard.press('?');
      await page.locator('dialog.keys[open]').waitFor();
      assert.deepEqual(await serious(page), []);
      assert.deepEqual(faults, []);
      await close();
    });

for (const width of [320, 768])
  test(`nothing sticks out at ${width} px`, async () => {
    const { page, close } = await open({ width, height: 720, login: 'unit-cg-head' });
    for (const path of ['/desk/q/working', '/desk/find']) {
      await page.goto(path);
      await page.locator('.queue h1, .queue form').first().waitFor();
      await page.locator('.queue .line.one').first().waitFor({ timeout: 3000 }).catch(() => {});
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width, path);
    }
    await page.goto('/desk/q/working');
    await page.locator('.queue li a').first().click();
    await page.locator('.matter h1').waitFor();
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width, 'a matter');
    await close();
  });
