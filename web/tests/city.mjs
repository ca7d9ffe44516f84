// The real program with the demo city, and Chromium in front of it. BANYAN_BINARY names the program; its data lie in a folder
// that is thrown away.
import { execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

export const kPassword = 'rongzhou-2026';
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--lang=zh-CN'];

/** With BANYAN_TEST_ON=postgresql: an empty database on the server that BANYAN_TEST_POSTGRES names. */
function database() {
  if (process.env.BANYAN_TEST_ON !== 'postgresql') return [];
  const server = process.env.BANYAN_TEST_POSTGRES;
  const name = `pages_${randomUUID().replaceAll('-', '')}`;
  execFileSync('psql', ['-X', '-q', '-c', `CREATE DATABASE ${name}`, server]);
  return ['--db', server.replace('/postgres?', `/${name}?`)];
}

/** Starts the demo; `stop()` ends it and removes its data. With BANYAN_ADDRESS a running one is taken. */
export async function startCity() {
  if (process.env.BANYAN_ADDRESS) return { address: process.env.BANYAN_ADDRESS, stop: async () => {} };
  const folder = await mkdtemp(join(tmpdir(), 'banyan-web-'));
  const program = spawn(process.env.BANYAN_BINARY ?? '../build/release/banyan', ['demo', '--data', join(folder, 'city'), '--listen', '127.0.0.1:0', ...database()], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const address = await new Promise((ready, failed) => {
    const hear = (bytes) => {
      said += bytes;
      const found = said.match(/ready: (http:\/\/127\.0\.0\.1:\d+)/);
      if (found) ready(found[1]);
    };
    program.stdout.on('data', hear);
    program.stderr.on('data', (bytes) => (said += bytes));
    program.on('exit', () => failed(new Error(`the program ended:\n${said}`)));
  });
  return {
    address,
    async stop() {
      program.removeAllListeners('exit');
      program.kill('SIGTERM');
      await new Promise((done) => program.on('exit', done));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export async function startBrowser() {
  const profile = await mkdtemp(join(tmpdir(), 'banyan-chromium-'));
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true, args: [...flags, `--user-data-dir=${profile}`].filter((flag) => !flag.startsWith('--user-data-dir')) });
  return {
    browser,
    async stop() {
      await browser.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}

/** Somebody's own window: their cookies, their language. What goes to another host, or fails in the page, is a fault. */
export async function windowOf(browser, address, { language = 'zh', theme = 'light', width = 1440, height = 900, login } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, locale: language === 'zh' ? 'zh-CN' : 'en-GB', colorScheme: theme, baseURL: address });
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', (error) => faults.push(`${error}`));
  page.on('console', (message) => message.type() === 'error' && !/40[0-9]|41[0-9]|42[0-9]/.test(message.text()) && faults.push(message.text()));
  page.on('request', (request) => {
    if (!request.url().startsWith(address) && !request.url().startsWith('data:') && !request.url().startsWith('blob:')) faults.push(`asked another host: ${request.url()}`);
  });
  if (login) await signIn(page, login);
  return { context, page, faults, close: () => context.close() };
}

export async function signIn(page, login) {
  await page.goto('/desk/sign-in');
  await page.fill('#login', login);
  await page.fill('#password', kPassword);
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'));
}
