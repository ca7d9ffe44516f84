// The leader's three minutes: six figures, the red one opens its list, the list its people; a new appeal is on the wall by itself.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serious } from './axe.mjs';
import { city, open } from './here.mjs';

test('every figure is a list, every list is people', async () => {
  const { page, faults, close } = await open({ login: 'mayor' });
  await page.waitForURL(/wall/);
  await page.locator('.sums strong', { hasText: '1203' }).waitFor();
  assert.equal(await page.locator('.area-map path').count(), 12);
  // Topics are made behind the journal, and which are the hottest depends on what other tests have filed: the page
  // shows those that the city tells, in their order.
  let told = [], shown = [];
  for (let tries = 0; tries < 20 && (!told.length || shown.join() !== told.join()); tries++) {
    if (tries) {
      await page.waitForTimeout(1500);
      await page.reload();
      await page.locator('.sums strong', { hasText: '1203' }).waitFor();
    }
    told = await page.evaluate(async () => (await (await fetch('/api/v1/topics?limit=6&order=heat')).json()).topics.map(({ title }) => title));
    shown = await page.locator('.topics a').allInnerTexts();
  }
  assert.ok(told.length > 0);
  assert.deepEqual(shown, told);
  assert.deepEqual(await serious(page), []);

  const red = Number(await page.locator('.sums .red strong').innerText());
  await page.locator('.sums .red a').click();
  await page.locator('.queue h1').waitFor();
  await page.locator('.matter-rows li').first().waitFor();
  assert.equal(await page.locator('.matter-rows li').count(), red);
  await page.getByRole('link', { name: /老楼加装电梯没人牵头/ }).click();
  await page.getByRole('heading', { level: 1, name: '老楼加装电梯没人牵头' }).waitFor();
  assert.match(await page.locator('.shares').innerText(), /住房建设局/);
  await page.locator('.actions').getByRole('button', { name: '批示' }).click();
  await page.locator('.panel textarea').first().fill('请住建局三日内明确牵头处室。');
  await page.keyboard.press('Control+Enter');
  await page.locator('.panel').waitFor({ state: 'detached' });
  await page.locator('.timeline').getByText('请住建局三日内明确牵头处室。').waitFor();

  await page.goto('/desk/wall');
  const filed = page.locator('.sums strong').first();
  await page.waitForFunction(() => /^\d+$/.test(document.querySelector('.sums strong')?.textContent ?? ''));
  const was = Number(await filed.innerText());
  await fetch(`${city.address}/api/v1/matters`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ procedure: 'appeal', form: { title: '路灯不亮', body: '三天了。', channel: 'web' } }) });
  await page.waitForFunction((before) => Number(document.querySelector('.sums strong')?.textContent) === before + 1, was, { timeout: 15_000 });
  assert.deepEqual(faults, []);
  await close();
});
