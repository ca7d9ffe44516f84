// The citizens' pages on a telephone: said once over a connection that breaks, looked up, urged, rated, checked; for who cannot see
// well, reads large, or has no pointer.
import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { request } from 'node:http';
import { test } from 'node:test';
import { deflateSync, crc32 as crcOfZlib } from 'node:zlib';
import { serious } from './axe.mjs';
import { kPassword } from './city.mjs';
import { chromium, city } from './here.mjs';

const kPhone = { width: 390, height: 844 };
async function telephone({ language = 'zh', theme = 'light', width = kPhone.width, worker = 'block', ...more } = {}) {
  const context = await chromium.browser.newContext({ viewport: { width, height: kPhone.height }, hasTouch: true, locale: language === 'zh' ? 'zh-CN' : 'en-GB', colorScheme: theme, baseURL: city.address, serviceWorkers: worker, ...more });
  const faults = [];
  const open = async (path = '/me/') => {
    const page = await context.newPage();
    page.on('pageerror', (error) => faults.push(`${error}`));
    page.on('console', (message) => message.type() === 'error' && !/40[0-9]|42[0-9]|ERR_INTERNET_DISCONNECTED|ERR_FAILED/.test(message.text()) && faults.push(message.text()));
    page.on('request', (request) => !/^(data|blob):/.test(request.url()) && !request.url().startsWith(city.address) && faults.push(`asked another host: ${request.url()}`));
    await page.goto(path);
    await page.locator('main h1').waitFor();
    return page;
  };
  return { context, open, faults, close: () => context.close() };
}

const json = { 'Content-Type': 'application/json' };
const post = async (path, body, headers = {}) => {
  const told = await fetch(city.address + path, { method: 'POST', headers: { ...json, ...headers }, body: JSON.stringify(body) });
  assert.ok(told.ok, `${path}: ${told.status} ${told.ok ? '' : await told.text()}`);
  return told.json();
};
const signed = async (login) => ({ Authorization: `Bearer ${(await post('/api/v1/sessions', { login, password: kPassword })).token}` });
const take = async (login, id, step, form, version = undefined) => post(`/api/v1/matters/${id}/steps/${step}`, { form, ...(version ? { assignment: version } : {}) }, await signed(login));
async function matter(id, login = 'lead01') {
  return (await fetch(`${city.address}/api/v1/matters/${id}`, { headers: await signed(login) })).json();
}
/** So many open matters have these words in their body. */
async function saying(words) {
  const { matters } = await (await fetch(`${city.address}/api/v1/matters?stage=filed&limit=100`, { headers: await signed('lead01') })).json();
  const all = await Promise.all(matters.map(({ id }) => matter(id)));
  return all.filter(({ fields }) => fields.body?.includes(words));
}

function crc32(bytes) {
  if (crcOfZlib) return crcOfZlib(bytes);
  let crc = ~0;
  for (const byte of bytes) for (let n = 0, x = (crc ^ byte) & 255; n < 8; n++) { x = x & 1 ? (x >>> 1) ^ 0xedb88320 : x >>> 1; if (n === 7) crc = (crc >>> 8) ^ x; }
  return ~crc >>> 0;
}
function png(side = 32) {
  const chunk = (name, data) => {
    const body = Buffer.concat([Buffer.from(name), data]);
    const out = Buffer.alloc(body.length + 8);
    out.writeUInt32BE(data.length);
    body.copy(out, 4);
    out.writeUInt32BE(crc32(body), body.length + 4);
    return out;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const rows = Buffer.concat(Array.from({ length: side }, (_, y) => Buffer.from([0, ...Array.from({ length: side }, (_, x) => [x * 7, y * 7, 120]).flat().map((v) => v & 255)])));
  return Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}
const photo = (name) => ({ name, mimeType: 'image/png', buffer: png() });
const next = (page) => page.locator('form.say button[type=submit]').click();

/** Files without an account, coming from an address of this machine: status and number. */
function fileFrom(localAddress, key, title) {
  const { hostname, port } = new URL(city.address);
  const body = JSON.stringify({ procedure: 'appeal', form: { title, body: title, channel: 'web' } });
  return new Promise((done, failed) => {
    const asked = request({ hostname, port, localAddress, path: '/api/v1/matters', method: 'POST', headers: { ...json, 'Idempotency-Key': key } }, (told) => {
      let text = '';
      told.on('data', (part) => (text += part)).on('end', () => done({ status: told.statusCode, number: JSON.parse(text).number }));
    });
    asked.on('error', failed).end(body);
  });
}

test('who comes back from another address has said it once; a short key is only theirs at one address', async () => {
  const key = 'f0e1d2c3b4a5968778695a4b3c2d1e0f';
  const first = await fileFrom('127.0.0.1', key, '路口积水没过脚踝');
  const again = await fileFrom('127.0.0.2', key, '路口积水没过脚踝');
  assert.deepEqual([first.status, again.status], [201, 200]);
  assert.equal(again.number, first.number);
  const one = await fileFrom('127.0.0.1', '1', '井盖响了一夜');
  const other = await fileFrom('127.0.0.2', '1', '窨井盖松动');
  assert.deepEqual([one.status, other.status], [201, 201]);
  assert.notEqual(one.number, other.number);
});

test('said where there is no connection, the page closed, sent once when there is one', async () => {
  const { context, open, faults, close } = await telephone({ worker: 'allow', geolocation: { latitude: 26.0745, longitude: 119.2965 }, permissions: ['geolocation'] });
  let page = await open();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
  const words = '我刚路过齐安路阳岐路口，消防栓坏了，水一直往外冒，流了一地。';
  const before = (await saying(words)).length;
  await page.fill('#body', words);
  await page.setInputFiles('#photos', [photo('a.png'), photo('b.png')]);
  await page.locator('.photos li').nth(1).getByText('已上传').waitFor();
  await page.getByRole('button', { name: '我在这里' }).click();
  await page.getByText('已附上您的位置').waitFor();
  await next(page);
  await page.locator('.think dl').waitFor();
  await page.getByLabel('对', { exact: true }).check();
  await page.fill('#phone', '13705910001');
  await context.setOffline(true);
  await next(page);
  await page.getByRole('heading', { name: '还没发出去，正在等网络' }).waitFor();
  await page.getByRole('button', { name: '再改改' }).click();
  assert.equal(await page.inputValue('#body'), words);
  await next(page);
  await next(page);
  await page.getByRole('heading', { name: '还没发出去，正在等网络' }).waitFor();
  await page.close();

  page = await open('/me/look');  // from the kept shell: there is no connection
  await page.goto('/me/');
  await page.getByText(words).waitFor();
  assert.equal((await saying(words)).length, before);
  assert.deepEqual(await page.evaluate(async () => (await (await caches.open('banyan-me-1')).keys()).map(({ url }) => new URL(url).pathname).filter((path) => path.startsWith('/api'))), []);
  const second = await open();  // two tabs wait: one sends
  await context.setOffline(false);
  await page.locator('[data-number]').waitFor();
  const shown = await page.locator('[data-number]').innerText();
  assert.match(shown, /^\d{4} \d{4} \d{4}$/);
  const all = await saying(words);
  assert.equal(all.length, before + 1);
  assert.equal(all[0].number, shown.replaceAll(' ', ''));
  assert.equal(all[0].fields.attachments.length, 2);
  assert.ok(Math.abs(all[0].fields.point.lat - 26.0745) < 1e-6);
  assert.equal(all[0].class, 'utility.hydrant');
  assert.ok(all[0].kind);
  await second.close();
  const code = await page.locator('[data-code]').innerText();
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }) + location.href);
  assert.ok(!kept.includes(code) && !kept.includes('13705910001'));
  await page.getByRole('button', { name: /记好了/ }).click();
  await page.locator('#body').waitFor();
  assert.equal(await page.inputValue('#body'), '');
  assert.deepEqual(faults, []);
  await close();
});

test('the answer was lost on its way: asked again, it is the same appeal, and it says that the code is gone', async () => {
  const { open, close } = await telephone();
  const page = await open();
  const words = `通湖路井盖响得厉害，一夜没睡。${Date.now()}`;
  let sent = 0;
  await page.route('**/api/v1/matters', async (route) => {
    if (route.request().method() !== 'POST' || sent++) return route.continue();
    await route.fetch();
    await route.abort('connectionreset');
  });
  await page.fill('#body', words);
  await next(page);
  await next(page);
  await page.locator('[data-number]').waitFor();
  assert.equal(sent, 2);
  assert.equal((await saying(words)).length, 1);
  assert.equal(await page.locator('[data-code]').count(), 0);
  assert.match(await page.locator('.warn').innerText(), /查询码/);
  await close();
});

test('what is not right is said at its field and in a list that leads there', async () => {
  const { open, close } = await telephone();
  const page = await open();
  await next(page);
  assert.ok(await page.locator('.faults').evaluate((each) => each === document.activeElement));
  await page.locator('.faults a').click();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'body');
  await page.fill('#body', '楼道灯不亮');
  await next(page);
  await page.fill('#phone', '没有');
  await next(page);
  assert.equal(await page.locator('#phone').getAttribute('aria-invalid'), 'true');
  await page.locator('#phone').fill('');
  await page.setInputFiles('#photos', []).catch(() => {});
  await page.getByRole('button', { name: '上一步' }).click();
  await page.setInputFiles('#photos', { name: 'a.png', mimeType: 'image/png', buffer: Buffer.from('not a picture') });
  await page.locator('.photos .fault').waitFor();
  await close();
});

test('a point of a Chinese map is turned into WGS-84', async () => {
  const { open, close } = await telephone();
  // A pair that both systems know: Shanghai, 31.1774276, 121.5272106.
  const page = await open('/me/?lat=31.17530398364597&lon=121.531541859215&crs=gcj02');
  await page.getByText('已附上您的位置').waitFor();
  assert.ok(!page.url().includes('lat='));
  await page.fill('#body', '地铁口共享单车乱停');
  await next(page);
  const [asked] = await Promise.all([page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/api/v1/matters')), next(page)]);
  const { point } = asked.postDataJSON().form;
  assert.ok(Math.abs(point.lat - 31.1774276) < 2e-5 && Math.abs(point.lon - 121.5272106) < 2e-5, JSON.stringify(point));
  await page.locator('.faults a[href="#place"]').waitFor();  // not in this province: said at the place
  await close();
  const other = await telephone();
  const rubbish = await other.open('/me/?lat=999&lon=x&crs=gcj02');
  assert.equal(await rubbish.getByText('已附上您的位置').count(), 0);
  await other.close();
});

test('an answer that is there, and who has told it already, are shown before it is sent', async () => {
  const { open, faults, close } = await telephone();
  const { id } = await post('/api/v1/matters', { procedure: 'appeal', form: { title: '乌山路口的信号灯灭了', body: '乌山路口的信号灯灭了，我姓王，住乌山路八号。', channel: 'web', kind: 'help', region: '350102', may_publish: true } });
  await take('seat01', id, 'accept', { kind: 'help' });
  await take('lead01', id, 'release', { public_title: '乌山路口的信号灯灭了', public_text: '乌山路口的信号灯灭了两天。' });
  const page = await open();
  for (let tries = 0; tries < 60 && !(await page.locator('.alike details').count()); tries++) {
    await page.fill('#body', `乌山路口的信号灯灭了${'。'.repeat((tries % 3) + 1)}`);
    await page.waitForTimeout(1000);
  }
  await page.locator('.alike summary').getByText('乌山路口的信号灯灭了').first().click();
  const shown = await page.locator('.alike').innerText();
  assert.ok(shown.includes('灭了两天') && !shown.includes('姓王') && !shown.includes('八号'));
  await page.fill('#body', '异地住院的医保怎么报销');
  await page.locator('.answers summary').first().click();
  assert.ok((await page.locator('.answers .passage').first().innerText()).length > 10);
  assert.deepEqual(await serious(page), []);
  assert.deepEqual(faults, []);
  await close();
});

test('words of danger name the number to ring', async () => {
  const { open, close } = await telephone({ language: 'en' });
  const page = await open();
  await page.fill('#body', '楼下着火了，有人被困在三楼');
  await page.locator('.danger a[href="tel:119"]').waitFor();
  await close();
});

async function filed(words = '金山公园健身器材断裂，小孩差点摔伤。') {
  return post('/api/v1/matters', { procedure: 'appeal', form: { title: '健身器材断裂', body: words, channel: 'web', kind: 'complaint', class: 'road.manhole', region: '350102', phone: '13800000001' } });
}
async function lookedUp(open, { number, code }) {
  const page = await open(`/me/look?number=${number}`);
  await page.fill('#code', code);
  await page.keyboard.press('Enter');
  await page.locator('article.story h1').waitFor();
  return page;
}

test('looked up, urged, supplemented, answered, rated; its receipt is checked here', async () => {
  const { open, faults, close } = await telephone();
  const opened = await filed();
  await take('seat01', opened.id, 'accept', { kind: 'complaint' });
  await take('disp01', opened.id, 'dispatch', { lead: 'cg' }).catch(async () => take('disp01', opened.id, 'dispatch', { lead: (await lead()).code }));
  const page = await lookedUp(open, opened);
  assert.match(await page.locator('div.now').innerText(), /现在在：.*局[\s\S]*最晚 .*24:00 前答复/);
  await page.locator('.act.urge > button').click();
  await page.locator('#act_urge button[type=submit]').click();
  await page.getByText('已催办，承办单位收到了。').waitFor();
  await page.locator('.act.supplement > button').click();
  await page.locator('#act_supplement button[type=submit]').click();
  await page.locator('#fault_supplement').waitFor();
  await page.fill('#said_supplement', '今天又断了一根');
  await page.locator('#act_supplement button[type=submit]').click();
  await page.getByText('补充已转给承办单位。').waitFor();

  await page.getByRole('button', { name: '在这里核对' }).click();
  await page.locator('.checks li').nth(2).waitFor();
  assert.deepEqual(await page.locator('.checks li').evaluateAll((all) => all.map((each) => each.className)), ['good', 'not', 'good']);

  await take('unit-cg', opened.id, 'sign', {});
  await take('unit-cg', opened.id, 'contact', { reached: true });
  const before = await matter(opened.id, 'unit-cg');
  assert.ok(before.steps.some(({ step }) => step === 'reply') || before.steps.some(({ step }) => step === 'draft_reply'));
  await take('unit-cg-head', opened.id, 'reply', { account: '已换', public_reply: '断裂的器材已经换新，周边也查过一遍。' });
  await take('review01', opened.id, 'approve', {});
  await page.reload();
  await page.locator('.reply blockquote').getByText('断裂的器材已经换新').waitFor();
  await page.locator('label[for=rate_fair]').click();
  await page.locator('.rate button[type=submit]').click();
  await page.locator('.said').getByText('评价收到了，谢谢。').waitFor();
  assert.equal(await page.locator('.rate').count(), 0);
  assert.equal((await matter(opened.id)).timeline.find(({ step }) => step === 'rate').form.rating, 'fair');

  await page.getByRole('button', { name: '在这里核对' }).click();
  await page.locator('.checks li.good').nth(2).waitFor();
  // A step that was exchanged behind the citizen's back.
  await page.evaluate((number) => {
    const place = `banyan.receipt.${number}`;
    const kept = JSON.parse(localStorage.getItem(place));
    kept[1] = '0'.repeat(64);
    localStorage.setItem(place, JSON.stringify(kept));
  }, opened.number);
  await page.getByRole('button', { name: '在这里核对' }).click();
  await page.locator('.checks li.bad').waitFor();
  assert.deepEqual(faults, []);
  await close();
});
async function lead() {
  const { units } = await (await fetch(`${city.address}/api/v1/units`)).json();
  return units.find(({ zh }) => zh === '城市管理局');
}

test('an objection to a refusal, what is shown no longer, what is withdrawn', async () => {
  const { open, faults, close } = await telephone();
  const file = (form) => post('/api/v1/matters', { procedure: 'appeal', form: { title: '邻居装修太早', body: '邻居装修太早，七点就敲墙。', channel: 'web', kind: 'help', may_publish: true, ...form } });
  const act = async (page, step, words) => {
    await page.locator(`.act.${step} > button`).click();
    await page.fill(`#said_${step}`, words);
    await page.locator(`#act_${step} button[type=submit]`).click();
    await page.locator(`.act.${step}`).waitFor({ state: 'detached' });  // it is done, and offered no more
  };
  const refused = await file({});
  await take('lead01', refused.id, 'refuse', { ground: 'litigation', route: '请向人民法院起诉。' });
  let page = await lookedUp(open, refused);
  await page.locator('.reply').getByText('请向人民法院起诉。').waitFor();
  await act(page, 'object_refusal', '没有起诉过，是噪声扰民');
  assert.equal((await matter(refused.id)).stage, 'refusal_objected');
  await page.close();

  const shown = await file({});
  await take('seat01', shown.id, 'accept', { kind: 'help' });
  await take('lead01', shown.id, 'release', { public_title: '装修扰民', public_text: '装修太早。' });
  page = await lookedUp(open, shown);
  await act(page, 'retract', '不想公开了');
  await act(page, 'withdraw', '邻居已经改了');
  await page.locator('.said').getByText('已撤回。').waitFor();
  await page.locator('div.now').getByText('已撤回').waitFor();
  assert.equal((await matter(shown.id)).stage, 'withdrawn');
  assert.deepEqual(faults, []);
  await close();
});

test('a signature that is one bit off is said to be wrong', async () => {
  const { open, close } = await telephone();
  const opened = await filed();
  const page = await lookedUp(open, opened);
  await page.route('**/receipt', async (route) => {
    const response = await route.fetch();
    const told = await response.json();
    told.checkpoint.hash = (told.checkpoint.hash[0] === '0' ? '1' : '0') + told.checkpoint.hash.slice(1);
    await route.fulfill({ response, json: told });
  });
  await page.getByRole('button', { name: '在这里核对' }).click();
  await page.locator('.checks li.bad').getByText('签名不对').waitFor();
  await close();
});

test('a city that signs with Ed25519 is believed by its signature, not by its word', async () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const key = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  const signer = createHash('sm3').update(key).digest('hex').slice(0, 16);
  const opened = await filed();
  for (const [said, verdict] of [[(hash) => hash, 'good'], [(hash) => Buffer.concat([hash, hash]), 'bad']]) {
    const { open, close } = await telephone();
    const page = await lookedUp(open, opened);
    await page.route('**/api/v1/heads', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), kind: 'ed25519', public_key: key.toString('hex'), signer } });
    });
    await page.route('**/receipt', async (route) => {
      const response = await route.fetch();
      const told = await response.json();
      told.checkpoint = { ...told.checkpoint, signer, signature: sign(null, said(Buffer.from(told.checkpoint.hash, 'hex')), privateKey).toString('hex') };
      await route.fulfill({ response, json: told });
    });
    await page.getByRole('button', { name: '在这里核对' }).click();
    await page.locator(`.checks li.${verdict}`, { hasText: verdict === 'good' ? /签名/ : '签名不对' }).waitFor();
    await close();
  }
});

test('a wrong code is refused in words; an account sees all of its own', async () => {
  const { open, close } = await telephone();
  const page = await open('/me/look?number=000000000000');
  assert.equal(await page.inputValue('#number'), '0000 0000 0000');
  await page.fill('#code', '000000');
  await page.keyboard.press('Enter');
  await page.locator('.faults').waitFor();
  await page.getByRole('button', { name: '我有账号，登录查看' }).click();
  await page.fill('#login', 'citizen');
  await page.fill('#password', kPassword);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: '我的办件和诉求' }).waitFor();
  await page.locator('.mine a').first().click();
  await page.locator('article.story h1').waitFor();
  await page.getByRole('button', { name: '退出' }).click();
  await page.locator('#login').waitFor();
  await close();
});

for (const [language, theme, width] of [['zh', 'light', 390], ['en', 'dark', 320], ['zh', 'dark', 320], ['en', 'light', 390]])
  test(`each page: ${language}, ${theme}, ${width} px, also large`, async () => {
    const { open, faults, close } = await telephone({ language, theme, width });
    const opened = await filed();
    const fits = async (page, where) => {
      assert.deepEqual(await serious(page), [], where);
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width, `${where} sticks out`);
      assert.equal((await page.locator('body').innerText()).match(/\b(web|ui|stage|step|field|choice|role)\.[a-z_.]+/)?.[0], undefined, where);
    };
    let page = await open();
    await page.fill('#body', '楼下路灯不亮，晋安区岳峰镇桂湖路，有人触电了');
    await page.locator('.danger').first().waitFor();
    await fits(page, 'say');
    await next(page);
    await page.locator('.think dl, .think .hint').first().waitFor();
    await page.locator('#think_no').check({ timeout: 2000 }).catch(() => {});
    await fits(page, 'who');
    await page.locator('.reading').click();
    for (let n = 0; n < 5; n++) {
      assert.equal(await page.locator('main .part').count(), 1);
      await fits(page, `large ${n}`);
      await next(page);
    }
    assert.ok(await page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize) >= 20));
    await next(page);
    await page.locator('[data-number]').waitFor();
    await fits(page, 'sent');
    page = await lookedUp(open, opened);
    await page.locator('.receipt button').first().click();
    await page.locator('.checks li').first().waitFor();
    for (const summary of await page.locator('summary').all()) await summary.click();
    await page.locator('.act > button').first().click();
    await fits(page, 'story');
    assert.deepEqual(faults, []);
    await close();
  });

test('the keyboard alone files an appeal', async () => {
  const { open, close } = await telephone({ width: 800 });
  const page = await open();
  const until = async (name) => {
    for (let n = 0; n < 30; n++) {
      await page.keyboard.press('Tab');
      if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), name)) return;
    }
    assert.fail(`Tab does not come to ${name}`);
  };
  const words = `公交站牌倒了，挡住人行道。${Date.now()}`;
  await until('#body');
  await page.keyboard.type(words);
  await until('#photos');
  await until('button[type=submit]');
  await page.keyboard.press('Enter');
  await page.locator('#phone').waitFor();
  await until('#confidential');
  await page.keyboard.press('Space');
  await until('button[type=submit]');
  await page.keyboard.press('Enter');
  await page.locator('[data-number]').waitFor();
  assert.equal((await saying(words))[0].confidential, true);
  await close();
});

test('the first load is under 120 KB; it can be installed', async () => {
  const { open, context, close } = await telephone();
  let bytes = 0;
  const sizes = [];
  context.on('response', (response) => response.url().includes('/web/') && sizes.push(response.request().sizes().then(({ responseBodySize }) => (bytes += responseBodySize))));
  const page = await open();
  await page.waitForLoadState('networkidle');
  await Promise.all(sizes);
  assert.ok(bytes > 10_000 && bytes < 120 * 1024, `${bytes} bytes`);
  const manifest = await page.evaluate(async () => {
    const response = await fetch(document.querySelector('link[rel=manifest]').href);
    return { type: response.headers.get('content-type'), told: await response.json() };
  });
  assert.equal(manifest.type, 'application/manifest+json');
  assert.equal(manifest.told.start_url, '/me/');
  const worker = await fetch(`${city.address}/me/sw.js`);
  assert.equal(worker.headers.get('cache-control'), 'no-cache');
  assert.match(worker.headers.get('content-type'), /javascript/);
  await page.goto('/');
  await page.locator('a[href="/me/"]').first().click();
  await page.locator('#body').waitFor();
  await close();
});
