// Each role's desk: its lists, a matter, nothing serious for who cannot see well, in both languages and themes; what a person who
// works here relies on: taking back, a stale version, what was typed, a lost connection.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serious } from './axe.mjs';
import { kPassword } from './city.mjs';
import { city, open } from './here.mjs';
import { invalid } from './html.mjs';

const roles = ['seat01', 'lead01', 'disp01', 'review01', 'unit-cg', 'unit-cg-head', 'jinan-centre', 'callback01', 'sup01', 'appraise01', 'mayor'];
roles.forEach((login, n) => {
  const [language, theme] = [['zh', 'light'], ['en', 'dark'], ['zh', 'dark'], ['en', 'light']][n % 4];
  test(`the desk of ${login}, ${language}, ${theme}`, async () => {
    const { page, faults, close } = await open({ login, language, theme });
    await page.locator('.rail .lists a').first().waitFor();
    await page.locator('main#main').waitFor();
    await page.waitForFunction(() => [...document.querySelectorAll('.rail .lists .count')].every((each) => each.textContent));
    assert.deepEqual(await serious(page), []);
    const links = await page.locator('.rail .lists a').evaluateAll((all) => all.map((each) => each.getAttribute('href')));
    for (const link of links.filter((each) => /\/q\//.test(each)).slice(0, 3)) {
      await page.goto(link);
      await page.locator('.queue h1').waitFor();
      await page.locator('.matter-rows li, .queue .note').first().waitFor();
      if (await page.locator('.matter-rows li').count()) {
        await page.keyboard.press('j');
        await page.locator('.matter h1').waitFor();
      }
    }
    assert.deepEqual(await serious(page), []);
    assert.deepEqual(await invalid(page), []);
    assert.equal((await page.locator('body').innerText()).match(/\b(web|ui|stage|step|field|choice|role)\.[a-z_.]+/)?.[0], undefined);
    assert.deepEqual(faults, []);
    await close();
  });
});

async function token(login) {
  const told = await fetch(`${city.address}/api/v1/sessions`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ login, password: kPassword }) });
  return (await told.json()).token;
}
async function take(login, id, step, form = {}) {
  const told = await fetch(`${city.address}/api/v1/matters/${id}/steps/${step}`, { method: 'POST', headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${await token(login)}` }, body: JSON.stringify({ form }) });
  assert.equal(told.status, 200, await told.text());
}
async function accepted(title) {
  const filed = await (await fetch(`${city.address}/api/v1/matters`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ procedure: 'appeal', form: { title, body: '井盖缺了一角，骑车容易摔。', channel: 'web', kind: 'complaint', class: 'road.manhole', region: '350102' } }) })).json();
  await take('seat01', filed.id, 'accept', { kind: 'complaint' });
  return filed.id;
}

test('who made a slip takes it back', async () => {
  const id = await accepted('井盖缺角，批错了');
  const { page, faults, close } = await open({ login: 'disp01' });
  await page.goto(`/desk/m/${id}`);
  await page.locator('.actions').getByRole('button', { name: '批转' }).click();
  const lead = page.locator('.panel').getByLabel('主办单位');
  await lead.fill('水务局');
  await page.getByRole('option', { name: /水务局/ }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+Enter');
  await page.locator('.toasts').getByRole('button', { name: '撤销' }).click();
  await page.locator('.toasts').getByText('已撤销').waitFor();
  await page.locator('.timeline .undone').getByText('批转', { exact: true }).waitFor();
  assert.equal((await page.locator('.matter .ids .tag').first().innerText()).trim(), '待批转');
  assert.deepEqual(faults, []);
  await close();
});

test('who was slower reads what the other did, and keeps what was written', async () => {
  const id = await accepted('井盖缺角，两个人办');
  const { page, close } = await open({ login: 'disp01' });
  await page.route('**/api/v1/events', (route) => route.abort());  // this page hears of nothing by itself
  await page.goto(`/desk/m/${id}`);
  await page.locator('.actions').getByRole('button', { name: '提交会商' }).click();
  await page.locator('.panel textarea').first().fill('权属不清，请会商');
  await take('seat01', id, 'supplement', { text: '是雨水井' });  // the other one is faster
  await page.keyboard.press('Control+Enter');
  const news = page.locator('.panel .news');
  await news.waitFor();
  assert.match(await news.innerText(), /阿榕.*补充/);
  assert.equal(await page.locator('.panel textarea').first().inputValue(), '权属不清，请会商');
  await page.keyboard.press('Control+Enter');
  await page.locator('.matter .ids .tag').filter({ hasText: '会商' }).waitFor();
  await close();
});

test('what is typed is there again after the page was closed; a telephone number is not', async () => {
  const id = await accepted('井盖缺角，写到一半');
  const { page, context, close } = await open({ login: 'disp01' });
  await page.goto(`/desk/m/${id}`);
  await page.locator('.actions').getByRole('button', { name: '提交会商' }).click();
  await page.locator('.panel textarea').first().fill('写到一半');
  await page.reload();
  await page.locator('.actions').getByRole('button', { name: '提交会商' }).click();
  assert.equal(await page.locator('.panel textarea').first().inputValue(), '写到一半');
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }));
  assert.ok(!/154|1540000/.test(kept));
  // A lost connection: it says so, keeps what was written, and the same key is sent again.
  await context.setOffline(true);
  await page.keyboard.press('Control+Enter');
  await page.locator('.panel .refused').waitFor();
  await context.setOffline(false);
  await page.keyboard.press('Control+Enter');
  await page.locator('.panel').waitFor({ state: 'detached' });
  await close();
});

test('a refusal stands at its field', async () => {
  const id = await accepted('井盖缺角，少填了');
  const { page, close } = await open({ login: 'disp01', language: 'en' });
  await page.goto(`/desk/m/${id}`);
  await page.locator('.actions').getByRole('button', { name: 'Dispatch' }).click();
  await page.locator('.panel .of-lead').waitFor();
  await page.keyboard.press('Control+Enter');
  await page.locator('.panel .of-lead p.wrong').waitFor();
  assert.equal(await page.locator('.panel .of-lead input').getAttribute('aria-invalid'), 'true');
  assert.ok(await page.locator('.panel .of-lead input').evaluate((each) => each === document.activeElement));
  await close();
});

test('j and k walk the list, / finds, ? explains', async () => {
  const { page, close } = await open({ login: 'lead01' });
  await page.goto('/desk/q/open');
  await page.locator('.matter-rows li').first().waitFor();
  assert.equal(await page.locator('.matter').count(), 0);  // nothing is read that nobody opened
  await page.keyboard.press('j');
  await page.locator('.matter h1').waitFor();
  const first = await page.locator('.matter h1').innerText();
  await page.keyboard.press('j');
  await page.waitForFunction((was) => document.querySelector('.matter h1')?.textContent && document.querySelector('.matter h1').textContent !== was, first);
  await page.keyboard.press('k');
  await page.getByRole('heading', { level: 1, name: first }).waitFor();
  await page.keyboard.press('/');
  await page.locator('#find').waitFor();
  await page.keyboard.type('白塔新村');
  await page.keyboard.press('Enter');
  await page.locator('.matter-rows .title', { hasText: '停水' }).first().waitFor();
  await page.reload();  // an address that was sent looks as it did
  await page.locator('.matter-rows .title', { hasText: '停水' }).first().waitFor();
  assert.equal(await page.locator('.desk').evaluate((each) => getComputedStyle(each).display), 'grid');
  await close();
});

test('one’s own password is changed, and everybody else who came with it is signed out', async () => {
  const { page, faults, close } = await open({ login: 'unit-water-head', language: 'en' });
  const elsewhere = await open({ login: 'unit-water-head' });
  const chosen = 'the banyan by the river';
  const give = async (old, first, second) => {
    for (const [name, value] of [['old', old], ['new', first], ['again', second]]) await page.fill(`#password-${name}`, value);
    await page.keyboard.press('Enter');
  };
  await page.goto('/desk/');
  await page.getByRole('link', { name: 'Change password' }).click();
  await give(kPassword, chosen, `${chosen}!`);
  await page.locator('#password-again-wrong').getByText('The two differ.').waitFor();
  await give(kPassword, 'too short', 'too short');
  await page.locator('#password-new-wrong').getByText('10').waitFor();
  await give('wrong', chosen, chosen);
  await page.locator('#password-old-wrong').waitFor();
  assert.ok(await page.locator('#password-old').evaluate((each) => each === document.activeElement));
  assert.deepEqual(await serious(page), []);
  await give(kPassword, chosen, chosen);
  await page.locator('.toasts').getByText('The password is changed').waitFor();
  await page.goto('/desk/q/working');  // still signed in
  await page.locator('.queue h1').waitFor();
  await elsewhere.page.goto('/desk/q/working');
  await elsewhere.page.waitForURL(/sign-in/);
  await elsewhere.close();
  await page.goto('/desk/password');
  await give(chosen, kPassword, kPassword);
  await page.locator('.toasts').getByText('The password is changed').waitFor();
  assert.deepEqual(faults, []);
  await close();
});
