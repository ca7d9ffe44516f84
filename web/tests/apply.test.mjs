// Applying for an item: from the guide to the licence, with a fault on the way, a lost connection, a lost answer; at a window.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serious } from './axe.mjs';
import { kPassword } from './city.mjs';
import { forms, schemaOf } from './forms.mjs';
import { ask as api, city, open } from './here.mjs';
import { invalid } from './html.mjs';

const kPhone = { width: 390, height: 844 };
const kIdentity = '350199190001010014';
const kPicture = { name: 'a.png', mimeType: 'image/png', buffer: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEUlEQVR4nGPQqIjCihiGlgQAX7A+gSZi2JoAAAAASUVORK5CYII=', 'base64') };
const ask = (login, method, path, body) => api(login, method, `/api/v1${path}`, body);
const step = async (login, number, name, form = {}) => {
  const told = await ask(login, 'POST', `/matters/${number}/steps/${name}`, { form });
  assert.ok(told.stage, `${name}: ${told.title}`);
  return told;
};
const itemOf = async (q, more = '') => (await ask('', 'GET', `/hall/items?limit=1&q=${encodeURIComponent(q)}${more}`)).items[0].code;
const food = await itemOf('食品经营许可（餐饮）新办', '&type=XK');
const away = await itemOf('异地就医备案 异地安置退休');
for (const login of ['citizen', 'citizen2']) for (const item of [food, away]) await ask(login, 'DELETE', `/hall/drafts/${item}`);

async function signIn(page, login = 'citizen2') {
  await page.locator('#login').waitFor();
  await page.fill('#login', login);
  await page.fill('#password', kPassword);
  await page.keyboard.press('Enter');
  await page.locator('.apply-form').waitFor();
}
const next = async (page, ready) => {
  await page.locator('.apply-form .main').click();
  await page.locator(ready).first().waitFor();
};
/** A file for each material that must be given, but `later`, which follows. */
async function give(page, item, later) {
  const wanted = (await ask('citizen', 'GET', `/hall/items/${item}/form`)).materials.filter((each) => each.wanted);
  for (const { code } of wanted) {
    const choice = page.locator(`#m_${code}[type=radio]`);
    if (code === later) await page.check(`#m_${code}_follow`);
    else if (await choice.count()) await choice.check();
    if (code !== later) await page.setInputFiles((await choice.count()) ? `#m_${code}_file` : `#m_${code}`, kPicture);
  }
  const sent = wanted.length - Number(Boolean(later));
  if (sent) await page.locator('.uploads .done').nth(sent - 1).waitFor();
  return sent;
}
const numberOn = async (page) => (await page.locator('[data-number]').innerText()).replaceAll(' ', '');
const saved = (page) => page.locator('.kept', { hasText: '已保存' }).waitFor();

let number;
test('from the guide to its number: a fault corrected, a question that comes with an answer, a file, a draft found again', async () => {
  const { page, faults, close } = await open(kPhone);
  await page.goto(`/me/hall/items/${food}`);
  await page.getByRole('link', { name: '在线办理' }).click();
  await signIn(page);
  await next(page, '#f_identity');
  await page.fill('#f_identity', '350199190001010015');
  await page.locator('.apply-form .main').click();
  const fault = page.locator('.faults a');
  await fault.waitFor();
  assert.match(await fault.innerText(), /身份证号：身份证号不对/);
  await fault.click();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'f_identity');
  assert.equal(await page.getAttribute('#f_identity', 'aria-invalid'), 'true');
  assert.match(await page.locator('.part', { has: page.locator('#f_name') }).innerText(), /政府已掌握/);
  await page.fill('#f_identity', kIdentity);
  await next(page, '#f_by_agent');
  await next(page, '#f_shop_name');
  assert.equal(await page.locator('#f_canteen_of').count(), 0);
  await page.fill('#f_shop_name', '榕树下小馆');
  await page.fill('#f_shop_place', '鼓楼区茉莉巷 8 号');
  await page.fill('#f_floor_area', '86');
  await page.getByText('单位食堂').click();
  await page.fill('#f_canteen_of', '榕州第一中学');
  await saved(page);
  await page.waitForFunction(async (item) => (await (await fetch(`/api/v1/hall/items/${item}/form`)).json()).draft?.typed.values.canteen_of === '榕州第一中学', food);
  await page.reload();
  await page.locator('#f_canteen_of').waitFor();
  assert.equal(await page.inputValue('#f_canteen_of'), '榕州第一中学');
  await next(page, '#f_cold_dishes');
  await page.check('#f_cold_dishes');
  await page.fill('#f_cold_room', '4');
  await page.fill('#f_food_manager', '林小茉');
  await page.locator('.apply-form .main').click();
  await page.locator('.faults', { hasText: '应在 5 到 10000 之间' }).waitFor();
  await page.fill('#f_cold_room', '6');
  await next(page, '#m_site-plan');
  const sent = await give(page, food, 'health-cert');
  await next(page, '#delivery');
  await next(page, '#committed');
  await next(page, '.review');
  for (const text of ['榕州第一中学', kIdentity, 'a.png', '以后补交']) assert.ok((await page.locator('.review').innerText()).includes(text), text);
  await page.getByRole('button', { name: '提交申请' }).click();
  await page.locator('[data-number]').waitFor();
  number = await numberOn(page);
  assert.match(await page.locator('[data-code]').innerText(), /^\d{6}$/);
  assert.match(await page.locator('[data-answered]').innerText(), /2026年10月1\d日/);
  assert.match(await page.locator('[data-promised]').innerText(), /2026年10月1\d日/);
  const matter = await ask('window01', 'GET', `/matters/${number}`);
  assert.equal(matter.channel, 'web');
  const { cold_room, canteen_of, floor_area } = JSON.parse(matter.fields.answers);
  assert.deepEqual([cold_room, canteen_of, floor_area], [6, '榕州第一中学', 86]);
  const given = JSON.parse(matter.fields.given);
  assert.equal(given.find(({ code }) => code === 'health-cert').how, 'follow');
  assert.equal(given.filter(({ how, files }) => how === 'upload' && files.length === 1).length, sent);
  assert.deepEqual((await ask('citizen2', 'GET', '/hall/drafts')).drafts, []);
  await page.getByRole('button', { name: /记好了/ }).click();
  await page.locator('.mine a', { hasText: '食品经营许可' }).first().click();
  await page.locator('.case .seven li.now', { hasText: '受理' }).waitFor();
  assert.deepEqual(faults, []);
  await close();
});

test('what is missing is completed; the fee is paid once; the licence is shown, and checked by anybody', async () => {
  const { page, context, faults, close } = await open(kPhone);
  await step('window01', number, 'ask_for_papers', { missing: '场所平面布局图' });
  await page.goto(`/me/look?number=${number}`);
  await page.getByRole('button', { name: /我有账号/ }).click();
  await page.fill('#login', 'citizen2');
  await page.fill('#password', kPassword);
  await page.keyboard.press('Enter');
  await page.locator('blockquote', { hasText: '场所平面布局图' }).waitFor();
  await page.fill('#said_complete_papers', '补了平面图');
  await page.setInputFiles('#files_complete_papers', kPicture);
  await page.locator('.uploads .done').waitFor();
  await page.getByRole('button', { name: '提交补正' }).click();
  await page.locator('.said').waitFor();
  const { stage, fields } = await ask('window01', 'GET', `/matters/${number}`);
  assert.deepEqual([stage, fields.attachments_more.length], ['case_received', 1]);

  await step('window01', number, 'accept_case');
  await step('unit-sj', number, 'begin_examination');
  await step('unit-sj', number, 'special', { special_step: '现场核查', special_until: '2026-10-15', told: true });
  await page.reload();
  await page.locator('.now', { hasText: '计时暂停，预计到 10月15日' }).waitFor();
  await step('unit-sj', number, 'special_done');
  await step('unit-sj', number, 'bill', { amount: 20000, standard: '每证 200 元' });
  await step('unit-sj', number, 'examine_case', { examination: 'agree', finding: '符合要求' });
  await page.reload();
  await page.getByRole('link', { name: '去缴费' }).click();
  await page.locator('[data-amount]', { hasText: '200.00' }).waitFor();
  await page.getByText('演示银行：不会动用真钱').waitFor();
  await page.getByRole('button', { name: '缴纳 200.00 元' }).dblclick();
  await page.locator('.said').waitFor();
  assert.equal((await ask('citizen2', 'GET', `/hall/applications/${number}/payment`)).state, 'paid');
  assert.equal((await ask('window01', 'GET', `/matters/${number}`)).timeline.filter(({ step: name }) => name === 'pay').length, 1);

  await step('unit-sj-head', number, 'grant_case', { licence_number: 'JY1', licence_until: '2031-10-08' });
  await page.goto(`/me/look?number=${number}`);
  await page.locator('.licence', { hasText: 'JY1' }).waitFor();
  assert.equal(await page.locator('.seven li.done').count(), 5);
  const pdf = await page.locator('.licence a[download]').getAttribute('href');
  assert.equal(await page.evaluate(async (address) => (await fetch(address)).headers.get('Content-Type'), pdf), 'application/pdf');
  const check = await page.locator('.licence .buttons a').nth(1).getAttribute('href');
  await page.getByRole('radio', { name: '不满意', exact: true }).check();
  await page.getByRole('checkbox', { name: '未在承诺时间内办结' }).check();
  await page.fill('#rate_said', '现场核查约了两次才来');
  await page.getByRole('button', { name: '提交评价' }).click();
  await page.locator('.said', { hasText: '评价已收到' }).waitFor();
  const ratings = (await ask('hall01', 'GET', '/matters?stage=rated&limit=100')).matters.filter(({ title }) => title.includes('食品经营许可'));
  assert.equal(ratings.length, 1);
  assert.match((await ask('hall01', 'GET', `/matters/${ratings[0].id}`)).fields.body, /两次才来/);
  await page.reload();
  await page.getByRole('radio', { name: '非常满意' }).check();
  await page.getByRole('button', { name: '提交评价' }).click();
  await page.locator('.said', { hasText: '评价已收到' }).waitFor();  // one a service: the first stays
  assert.equal((await ask('hall01', 'GET', `/matters/${ratings[0].id}`)).fields.stars, 2);
  await context.clearCookies();
  await page.goto(check);
  await page.locator('[data-state=good]').waitFor();
  await page.getByText('江**').waitFor();
  await page.fill('#check_code', `${number}-0000000000000000`);
  await page.keyboard.press('Enter');
  await page.locator('[data-state=bad]').waitFor();
  assert.deepEqual(faults, []);
  await close();
});

test('by the keyboard alone; without a connection it is kept here; an answer that was lost makes no second case; a newer version', async () => {
  const { page, context, close } = await open(kPhone);
  const before = (await ask('citizen', 'GET', '/matters?limit=100')).matters.length;
  await page.goto(`/me/hall/apply/${away}`);
  await signIn(page, 'citizen');
  await page.locator('#f_identity').focus();
  await page.keyboard.press('Control+A');
  await page.keyboard.type(kIdentity);
  await page.keyboard.press('Enter');
  await page.locator('#f_by_agent').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H1');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.locator('#f_insured_as').waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  assert.ok(await page.isChecked('#f_insured_as') && (await page.isChecked('#f_away_reason')));
  await saved(page);
  await context.setOffline(true);
  await page.fill('#f_away_place', '厦门市思明区');
  await page.locator('.kept', { hasText: '先存在这台设备上' }).waitFor();
  await context.setOffline(false);
  await saved(page);
  assert.equal((await ask('citizen', 'GET', `/hall/items/${away}/form`)).draft.typed.values.away_place, '厦门市思明区');
  await page.fill('#f_away_from', '2026-11-01');
  await next(page, '.of-materials');
  await give(page, away);
  for (const part of ['commit', 'review']) await next(page, `.of-${part}`);

  let tampered = false;
  await page.route('**/api/v1/hall/applications', async (route) => {
    if (tampered) return void (await route.fetch(), await route.abort());  // it arrives, and the answer does not
    tampered = true;
    await route.continue({ postData: JSON.stringify({ ...route.request().postDataJSON(), version: 99 }) });
  });
  await page.locator('.apply-form .main').click();
  await page.locator('.warn', { hasText: '您填写的内容还在' }).waitFor();
  await page.getByRole('button', { name: '按新的接着填' }).click();
  await page.locator('#f_identity').waitFor();
  assert.equal(await page.inputValue('#f_identity'), kIdentity);
  await page.goto(`/me/hall/apply/${away}?at=review`);
  await page.locator('.review').waitFor();
  await page.locator('.apply-form .main').click();
  await page.locator('.warn', { hasText: '没有收到答复' }).waitFor();
  await page.unroute('**/api/v1/hall/applications');
  await page.reload();
  await page.getByRole('button', { name: '再发一次' }).click();
  await page.locator('[data-number]').waitFor();
  assert.equal((await ask('citizen', 'GET', '/matters?limit=100')).matters.length, before + 1);
  assert.equal((await ask('window01', 'GET', `/matters/${await numberOn(page)}`)).stage, 'case_received');
  await close();
});

test('taken in at a window, for who stands before it; the desk shows what the form said', async () => {
  const { page, faults, close } = await open({ login: 'window01' });
  await page.locator('.rail a', { hasText: '窗口收件' }).click();
  await page.fill('#intake_words', '异地就医备案');
  await page.keyboard.press('Enter');
  await page.locator('.found button', { hasText: '异地安置退休' }).click();
  await page.locator('#f_name').waitFor();
  assert.equal(await page.inputValue('#f_name'), '');  // nobody's details are known at a window
  await page.locator('.apply-form .main').click();
  await page.locator('.faults a').first().waitFor();
  for (const [id, text] of [['name', '陈小榕'], ['identity', kIdentity], ['phone', '15400000001'], ['away_place', '厦门市思明区'], ['away_from', '2026-11-01']]) await page.fill(`#f_${id}`, text);
  await page.locator('#f_insured_as').check();
  await page.locator('#f_away_reason').check();
  await give(page, away);
  assert.deepEqual(await serious(page), []);
  await page.getByRole('button', { name: '收件' }).click();
  await page.locator('[data-number]').waitFor();
  const taken = await numberOn(page);
  assert.match(await page.locator('[data-code]').innerText(), /^\d{6}$/);
  assert.equal((await ask('window01', 'GET', `/matters/${taken}`)).channel, 'counter');
  await page.getByRole('link', { name: '打开这件' }).click();
  await page.locator('.case-answers .answers', { hasText: '厦门市思明区' }).waitFor();
  assert.equal(await page.locator('.strip li').count(), 5);
  assert.match(await page.locator('.contact').innerText(), /350\*{4}0014/);
  await page.goto(`/desk/m/${number}`);
  await page.locator('.given a').first().waitFor();
  assert.match(await page.locator('.case-answers').innerText(), /现场核查（最长 5 个工作日）/);
  assert.match(await page.locator('.timeline').innerText(), /200\.00 元/);
  assert.deepEqual(await serious(page), []);
  assert.deepEqual(faults, []);
  await close();
});

test('the server describes its forms as the vectors are checked by', async () => {
  const { schema } = await ask('citizen', 'GET', `/hall/items/${food}/form?applicant=person`);
  const own = schemaOf([...forms.person, ...forms.food]);
  const plain = ({ 'x-personal': _, ...field }) => field;
  assert.deepEqual(Object.fromEntries(Object.entries(schema.properties).map(([name, field]) => [name, { ...plain(field), type: undefined, format: undefined }])), Object.fromEntries(Object.entries(own.properties).map(([name, field]) => [name, { ...field, type: undefined, format: undefined }])));
  assert.deepEqual([schema.required, schema.allOf], [own.required, own.allOf]);
});

for (const [language, theme, width] of [['zh', 'light', 390], ['en', 'dark', 320]])
  test(`each page: ${language}, ${theme}, ${width} px`, async () => {
    const { page, faults, close } = await open({ language, theme, width, height: 900 });
    const form = `/me/hall/apply/${food}`;
    await page.goto(form);
    await page.locator('#login').waitFor();
    const look = async (name) => {
      assert.deepEqual(await serious(page), [], name);
      if (language === 'zh') assert.deepEqual(await invalid(page), [], name);
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width, `${name} sticks out`);
      assert.equal((await page.locator('body').innerText()).match(/\b(apply|hallweb|web|ui|field|choice|refusal)\.[a-z_.]+/)?.[0], undefined, name);
    };
    await look('sign in');
    await signIn(page);
    for (const part of language === 'zh' ? ['applicant', 'materials', 'commit', 'review'] : ['materials', 'review']) {
      await page.goto(`${form}?at=${part}`);
      await page.locator(`.of-${part}`).waitFor();
      if (part !== 'commit') await page.locator('.apply-form .main').click();  // with what is wrong
      await look(part);
    }
    const pages = { case: [`/me/look?number=${number}`, '.licence'], list: ['/me/look', '.mine'], pay: [`/me/hall/pay/${number}`, '.lines'], check: ['/me/hall/licence', '#check_code'] };
    for (const [name, [path, ready]] of Object.entries(pages)) {
      if (language === 'en' && name === 'list') continue;  // the same as the case's words
      await page.goto(path);
      await page.locator(ready).first().waitFor();
      for (const summary of await page.locator('summary').all()) await summary.click();
      await look(name);
    }
    assert.deepEqual(faults, []);
    await close();
  });
