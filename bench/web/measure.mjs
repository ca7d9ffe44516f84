// bench/web: how soon a desk shows something and how soon it answers, in Chromium slowed down four times, before a city that has
// a year behind it (made by bench/history --data DIR).
//
//   node bench/web/measure.mjs --data DIR [--times 9] [--slow 4] [--binary build/release/banyan] [--json]
//   node bench/web/measure.mjs --data DIR --scroll 439000      # a list scrolled so far, with its own speed: no slow-down
//
// Largest contentful paint: the page asked for anew without any cache. Interaction: from the key or the click until the next frame is
// painted, as the browser itself counts it (Event Timing, in steps of 8 ms). inp_p75 is Interaction to Next Paint as web.dev/inp defines
// it: a visit's worst, and three visits in four are no worse; painted_p75 likewise. docs/speed.md says what came out.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';

const { chromium } = createRequire(new URL('../../web/package.json', import.meta.url))('playwright-core');
const kPassword = 'bench-12345';  // bench/city.h
const { values: given } = parseArgs({
  options: { data: { type: 'string' }, times: { type: 'string', default: '9' }, slow: { type: 'string', default: '4' }, binary: { type: 'string', default: 'build/release/banyan' }, only: { type: 'string', default: '' }, scroll: { type: 'string' }, json: { type: 'boolean', default: false } },
});
if (!given.data) throw new Error('--data DIR: a city made by bench/history');

const press = (keys, pause = 120) => async (page) => {
  for (const key of keys) {
    await page.keyboard.press(key);
    await page.waitForTimeout(pause);
  }
};
const typed = (where, text) => async (page) => {
  await page.locator(where).first().click();
  for (const sign of text) {
    await page.keyboard.press(sign);
    await page.waitForTimeout(60);
  }
};
const kWords = 'ludengbuliangsantianlemeirenlaixiu';  // a key for each letter, as a Chinese input method takes them
/** What is opened by whom, what must stand there, and what is then done. */
const pages = [
  { name: 'dispatcher: queue', login: 'disp01', path: '/desk/q/to_dispatch', ready: '.matter-rows li', act: press(['j', 'j', 'j', 'k', 'Enter', 'Escape', '?', 'Escape']) },
  { name: 'reviewer: all that is open', login: 'review01', path: '/desk/q/open', ready: '.matter-rows li', act: press(['j', 'j', 'j', 'j', 'j', 'k']) },
  { name: 'unit: in hand', login: 'bench-cg-head', path: '/desk/q/working', ready: '.matter-rows li', act: press(['j', 'j', 'k', '1', 'Escape']) },
  { name: 'found: 路灯', login: 'lead01', path: '/desk/find?q=%E8%B7%AF%E7%81%AF', ready: '.matter-rows li', act: press(['/', 'Escape', 'j', 'j']) },
  { name: 'seat: the form', login: 'seat01', path: '/desk/seat', ready: 'textarea', act: typed('textarea', kWords) },
  { name: 'leader: today', login: 'mayor', path: '/desk/wall', ready: '.wall .sums strong', act: press(['Tab', 'Tab', 'Tab', '?', 'Escape']) },
  { name: 'citizen: say it', login: '', path: '/me/', ready: 'textarea', act: typed('textarea', kWords) },
].filter(({ name }) => name.includes(given.only));

async function served() {
  const program = spawn(given.binary, ['serve', '--data', given.data, '--listen', '127.0.0.1:0', '--access-log', 'false', '--log-file', `${given.data}/bench.log`], { stdio: ['ignore', 'pipe', 'inherit'] });
  const address = await new Promise((ready, failed) => {
    program.stdout.on('data', (bytes) => { const found = `${bytes}`.match(/http:\/\/127\.0\.0\.1:\d+/); if (found) ready(found[0]); });
    program.on('exit', () => failed(new Error('the program ended')));
  });
  return { address, stop: () => new Promise((done) => { program.removeAllListeners('exit').on('exit', done); program.kill('SIGTERM'); }) };
}

async function signIn(page, login) {
  await page.goto('/desk/sign-in');
  await page.fill('#login', login);
  await page.fill('#password', kPassword);
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'));
}

/** In the page: the last largest paint, and each interaction's longest event. */
function watch() {
  window.seen = { painted: 0, acts: {} };
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.seen.painted = entry.startTime; }).observe({ type: 'largest-contentful-paint', buffered: true });
  new PerformanceObserver((list) => {
    for (const { interactionId, duration } of list.getEntries()) if (interactionId) window.seen.acts[interactionId] = Math.max(window.seen.acts[interactionId] ?? 0, duration);
  }).observe({ type: 'event', buffered: true, durationThreshold: 16 });
}

const nearest = (all, part) => [...all].sort((a, b) => a - b)[Math.ceil(all.length * part) - 1];
const middle = (all) => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)];
/** In the page: scrolls to the end of what there is until so many rows are; how long each screen took to stand there. */
async function scrollOn(most) {
  const box = document.querySelector('.queue .rows');
  const end = () => Number(box.querySelector('li:last-child')?.getAttribute('aria-posinset') ?? 0);
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const took = [];
  const began = performance.now();
  for (let before = 0; before < most; ) {
    const from = performance.now();
    do {
      box.scrollTop = box.scrollHeight;  // rows turn out higher than was thought: the end is farther then
      await frame();
    } while (end() <= before && performance.now() - from < 15_000);
    if (end() <= before) break;
    before = end();
    took.push(performance.now() - from);
  }
  const standing = box.querySelectorAll('li').length;
  return { rows: end(), seconds: (performance.now() - began) / 1000, standing, took: took.sort((a, b) => a - b) };
}

async function scrolled(browser, address, most) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN', baseURL: address });
  const page = await context.newPage();
  page.setDefaultTimeout(0);
  await signIn(page, 'lead01');
  await page.goto('/desk/q/latest');
  await page.locator('.matter-rows li').first().waitFor();
  const { took, ...found } = await page.evaluate(scrollOn, most);
  const devtools = await context.newCDPSession(page);
  await devtools.send('HeapProfiler.collectGarbage');
  const heap = await page.evaluate(() => performance.memory.usedJSHeapSize / 1e6);
  await context.close();
  return { ...found, seconds: Math.round(found.seconds), screen_p50_ms: Math.round(middle(took)), screen_p99_ms: Math.round(took[Math.floor(took.length * 0.99)]), heap_mb: Math.round(heap) };
}

const city = await served();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
const results = [];
try {
  if (given.scroll) results.push(await scrolled(browser, city.address, Number(given.scroll)));
  for (const { name, login, path, ready, act } of given.scroll ? [] : pages) {
    const context = await browser.newContext({ viewport: login ? { width: 1440, height: 900 } : { width: 390, height: 844 }, locale: 'zh-CN', baseURL: city.address });
    const page = await context.newPage();
    if (login) await signIn(page, login);
    const devtools = await context.newCDPSession(page);
    await devtools.send('Network.setCacheDisabled', { cacheDisabled: true });
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: Number(given.slow) });
    await page.addInitScript(watch);
    const painted = [], acts = [], visits = [];
    for (let i = 0; i < Number(given.times); ++i) {
      await page.goto('about:blank');
      await page.goto(path);
      await page.locator(ready).first().waitFor();
      await page.waitForTimeout(1500);
      painted.push(await page.evaluate(() => window.seen.painted));  // keys end its counting
      await act(page);
      await page.waitForTimeout(300);
      // Quicker than 16 ms is told nothing of: counted as that.
      const seen = Object.values(await page.evaluate(() => window.seen.acts));
      acts.push(...seen);
      visits.push(Math.max(16, ...seen));
    }
    results.push({ page: name, painted_p50_ms: Math.round(middle(painted)), painted_p75_ms: Math.round(nearest(painted, 0.75)), painted_worst_ms: Math.round(Math.max(...painted)), interactions: acts.length, interaction_p50_ms: middle(acts) ?? 16, inp_p75_ms: nearest(visits, 0.75), interaction_worst_ms: Math.max(16, ...acts) });
    if (!given.json) console.log(results.at(-1));
    await context.close();
  }
} finally {
  await browser.close();
  await city.stop();
}
if (given.json) console.log(JSON.stringify(results));
else console.table(results);
