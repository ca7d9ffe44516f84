// Pictures of the desks for docs/pictures: node tools/pictures.mjs ADDRESS FOLDER. docs/pictures/make calls it.
import { join } from 'node:path';
import { startBrowser, windowOf } from '../tests/city.mjs';

const [address, folder] = process.argv.slice(2);
const { browser, stop } = await startBrowser();

/** Somebody's window as it looks after these keys. */
async function picture(name, options, path, act = async () => {}) {
  const { page, close } = await windowOf(browser, address, { width: 1440, height: 900, ...options });
  await page.goto(path);
  await page.locator('main').first().waitFor();
  await page.waitForTimeout(1500);
  await act(page);
  await page.waitForTimeout(1200);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  console.log(`docs/pictures/${name}.png`);
  await close();
}

await picture('desk', { login: 'disp01' }, '/desk/q/to_dispatch', async (page) => {
  await page.keyboard.press('j');
  await page.waitForTimeout(900);
  await page.keyboard.press('1');
});
await picture('desk_unit', { login: 'unit-cg-head', language: 'en', theme: 'dark' }, '/desk/q/working', (page) => page.keyboard.press('j'));
await picture('wall', { login: 'mayor', height: 1080 }, '/desk/wall');
await picture('seat', { login: 'seat02' }, '/desk/seat', async (page) => {
  for (const key of ['F2', 'F2']) {
    await page.keyboard.press(key);
    await page.waitForTimeout(900);
  }
  await page.locator('.call-form textarea').first().focus();
  await page.keyboard.type('我刚路过齐安路阳岐路口，消防栓坏了，水一直往外冒。');
  await page.waitForTimeout(1500);
  await page.keyboard.press('F3');
});
await picture('callback', { login: 'callback01' }, '/desk/q/to_call_back', async (page) => {
  await page.keyboard.press('j');
  await page.waitForTimeout(900);
  await page.keyboard.press('1');
});
await picture('months', { login: 'appraise01', height: 1000 }, '/desk/months/2026-09');
await picture('brief', { login: 'mayor', height: 1000 }, '/desk/brief');
await picture('review', { login: 'review01' }, '/desk/q/to_review', async (page) => {
  await page.keyboard.press('j');
  await page.waitForTimeout(900);
  await page.keyboard.press('1');
});
await picture('supervision', { login: 'sup01' }, '/desk/supervision');
await picture('rulebook', { login: 'sys', height: 1000 }, '/desk/admin/rulebooks/appeal?part=picture', async (page) => {
  await page.locator('.stage-box', { hasText: '办理中' }).first().click();
});
await picture('journal', { login: 'audit' }, '/desk/admin/journal');
// On a telephone: what is said, and where.
await picture('citizen', { width: 390, height: 844 }, '/me/', async (page) => {
  await page.locator('#body').fill('我家楼下整排路灯三天不亮了，老人晚上看不见台阶。');
  await page.waitForTimeout(1500);
});
await picture('citizen_map', { width: 390, height: 844 }, '/me/', async (page) => {
  await page.locator('#body').fill('我家楼下整排路灯三天不亮了。');
  await page.locator('button[aria-expanded]', { hasText: '地图' }).click();
  await page.locator('.place-picker svg').waitFor();
  await page.locator('.place-picker').scrollIntoViewIfNeeded();
});
await picture('hall', { width: 390, height: 844 }, '/me/hall');
await picture('hall_guide', { width: 1200, height: 900 }, '/me/hall', async (page) => {
  await page.locator('input[role="combobox"]').fill('开饭店');
  await page.keyboard.press('Enter');
  await page.locator('main a[href*="/me/hall/items/"]').first().click();
});
await stop();
