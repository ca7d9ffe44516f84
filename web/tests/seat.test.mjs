// A seat with its keyboard alone: a question answered on the spot from an entry, an appeal registered while the caller talks, an
// emergency handed over. Each call is closed with what became of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serious } from './axe.mjs';
import { open } from './here.mjs';
import { invalid } from './html.mjs';

const press = (page, key) => page.keyboard.press(key);
async function takeCall(page) {
  await page.locator('.call-bar .now').getByText('示闲').waitFor();
  await press(page, 'F2');
  await page.locator('.call-bar.ringing').waitFor();
  await press(page, 'F2');
  await page.locator('.call-bar.talking').waitFor();
}
async function end(page) {
  await press(page, 'F4');
  await page.locator('.call-bar .closing').waitFor();
  await press(page, 'F6');
  await page.locator('.call-bar .closing').waitFor({ state: 'detached' });
}

test('three calls without the mouse', async () => {
  const { page, faults, close } = await open({ login: 'seat01' });
  await page.waitForURL(/desk\/seat/);

  await takeCall(page);  // 江依姆
  await page.locator('.history').getByText('异地住院怎么报销').waitFor();
  assert.equal(await page.locator('#call-language').inputValue(), 'fuzhou');
  await press(page, 'F8');
  await page.keyboard.type('异地 报销');
  await page.locator('.answers li').first().waitFor();
  await press(page, 'Enter');
  await page.locator('.answers .entry').waitFor();
  assert.deepEqual(await serious(page), []);
  assert.deepEqual(await invalid(page), []);
  await press(page, 'Enter');
  await page.locator('.read-aloud').waitFor();
  assert.match(await page.locator('.read-aloud .big').innerText(), /^\d{4} \d{4} \d{4}$/);
  await end(page);

  await takeCall(page);
  const began = Date.now();
  await page.locator('.call-form textarea').first().focus();
  await page.keyboard.type('我刚路过齐安路阳岐路口，消防栓坏了，水一直往外冒，流了一地。');
  await page.locator('.hint-line').getByText('消防栓漏水损坏').waitFor();
  await press(page, 'F3');
  await press(page, 'F7');

  await page.waitForFunction(() => document.querySelector('.of-phone input').value.length > 6);
  await press(page, 'Control+Enter');
  await page.locator('.read-aloud').getByText(/24 时前答复/).waitFor();
  assert.ok(Date.now() - began < 120_000);
  await end(page);

  await takeCall(page);
  await page.locator('.call-form textarea').first().focus();
  await page.keyboard.type('地下室有煤气味，很浓，我们不敢开灯，有人晕倒了');
  await page.locator('.emergency').first().waitFor();
  assert.deepEqual(await serious(page), []);
  assert.deepEqual(await invalid(page), []);
  await press(page, 'F9');
  await page.keyboard.type('119 接警员 08');
  await press(page, 'Enter');
  await page.locator('.read-aloud').getByText('已转紧急热线').waitFor();
  await end(page);
  assert.deepEqual(faults, []);
  await close();
});
