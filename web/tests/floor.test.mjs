// The hall's floor: a time is booked and given back, a number taken by phone and watched, called at a window with the keyboard,
// shown on the hall's screen.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serious } from './axe.mjs';
import { city, open } from './here.mjs';
import { invalid } from './html.mjs';

const kPhone = { width: 390, height: 844 };
const ask = async (path) => (await fetch(`${city.address}/api/v1/floor/${path}`)).json();
const phone = () => `154${String(Date.now()).slice(-8)}`;
/** What somebody who comes back to the page sees: it is asked for at once. */
const comeBack = (page) => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
/** Nothing sticks out at the width of the smallest phone. */
const fits = (page) => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);

test('a time is booked by telephone number, and given back', async () => {
  const { page, faults, close } = await open(kPhone);
  await page.goto('/me/hall');
  await page.getByRole('link', { name: '预约和取号' }).click();
  await page.locator('#service_estate').check();
  await page.locator('.days button:not(:disabled)').last().click();
  const free = page.locator('.slots button:not(:disabled)');
  await free.first().waitFor();
  const before = await free.first().innerText();
  await free.first().click();
  await page.locator('.book .main').click();
  await page.locator('#visit_name_fault').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'visit_name');
  await page.fill('#visit_name', '叶知秋');
  await page.fill('#visit_phone', phone());
  await page.locator('.book .main').click();
  await page.locator('.appointments [data-number]').waitFor();
  const number = await page.locator('.appointments [data-number]').innerText();
  const { appointment } = await ask(`appointments/${number}`);
  assert.deepEqual([appointment.state, appointment.service, appointment.name], ['booked', 'estate', '叶**']);
  const { slots } = await ask(`halls/xz/slots?service=estate&day=${appointment.day}`);
  assert.match(before, new RegExp(`余${slots.find(({ at }) => at === appointment.at).free + 1}`));
  await page.getByRole('button', { name: '取消预约' }).click();
  await page.getByRole('button', { name: '确定' }).click();
  await page.locator('.appointments .cancelled').waitFor();
  assert.equal((await ask(`appointments/${number}`)).appointment.state, 'cancelled');
  assert.deepEqual(faults, []);
  await close();
});

test('a number taken by phone is called with one key, and the phone and the screen say where to go', async () => {
  const visitor = await open(kPhone);
  const screen = await open({ width: 1920, height: 1080 });
  const clerk = await open({ width: 1440, login: 'window02' });
  await clerk.page.goto('/desk/window');
  await clerk.page.locator('.window-desk .columns').waitFor();
  if (!(await clerk.page.locator('.window-desk .at').count())) await clerk.page.getByRole('button', { name: '开A02' }).click();
  await clerk.page.getByRole('heading', { name: 'A02窗口' }).waitFor();
  await visitor.page.goto('/me/hall/visit?way=take');
  await visitor.page.locator('#service_collect').check();
  await visitor.page.selectOption('#visit_ground', 'pregnant');
  await visitor.page.fill('#visit_phone', phone());
  await visitor.page.locator('.take .main').click();
  const number = await visitor.page.locator('[data-ticket]').innerText();
  assert.match(await visitor.page.locator('.ticket').innerText(), /优先：孕妇/);
  await screen.page.goto('/me/hall/screen');
  await screen.page.locator('.windows li').first().waitFor();
  await clerk.page.locator('.lines strong', { hasText: number }).first().waitFor();
  for (let presses = 0; presses < 20 && (await clerk.page.locator('[data-current]').allInnerTexts())[0] !== number; presses++) {
    const said = clerk.page.waitForResponse((response) => response.url().endsWith('/desk/next'));
    await clerk.page.keyboard.press('n');
    assert.equal((await said).status(), 200);
    await clerk.page.locator('.window-desk .big:not(:disabled)').waitFor();  // what was said is shown
  }
  assert.equal(await clerk.page.locator('[data-current]').innerText(), number);
  await screen.page.locator('.windows .fresh', { hasText: number }).waitFor();  // told by the server
  assert.equal(await screen.page.locator('[data-last]').innerText(), number);
  await comeBack(visitor.page);
  await visitor.page.locator('.ticket.called').waitFor({ timeout: 8000 });
  assert.match(await visitor.page.locator('.ticket .go-to').innerText(), /A02/);
  await clerk.page.keyboard.press('x');
  await clerk.page.getByRole('button', { name: `人来了 ${number}` }).waitFor();
  await comeBack(visitor.page);
  await visitor.page.locator('.ticket.passed').waitFor({ timeout: 8000 });
  await visitor.page.getByRole('button', { name: '恢复排队' }).click();
  await visitor.page.locator('.ticket.waiting').waitFor();
  await visitor.page.getByRole('button', { name: '不等了，退号' }).click();
  await visitor.page.getByRole('button', { name: '确定' }).click();
  await visitor.page.locator('.ticket.left').waitFor();
  for (const { faults, close } of [visitor, screen, clerk]) {
    assert.deepEqual(faults, []);
    await close();
  }
});

const kPages = [
  { path: '/me/hall/visit', ready: '.services input', of: {} },
  { path: '/me/hall/screen', ready: '.windows li', of: {} },
  { path: '/desk/window', ready: '.window-desk .sums', of: { login: 'window01' } },
];
for (const { path, ready, of } of kPages)
  test(`${path}: nothing serious, well formed, in both languages and themes, down to 320 px`, async () => {
    for (const [language, theme] of [['zh', 'light'], ['en', 'dark']]) {
      const { page, faults, close } = await open({ language, theme, ...of });
      await page.goto(path);
      await page.locator(ready).first().waitFor();
      assert.deepEqual(await serious(page), []);
      assert.doesNotMatch(await page.locator('main').innerText(), /floorweb\.|floor\./);
      if (language === 'zh') assert.deepEqual(await invalid(page), []);
      await page.setViewportSize({ width: 320, height: 700 });
      assert.ok(await fits(page), `${path} sticks out at 320 px`);
      assert.deepEqual(faults, []);
      await close();
    }
  });
