// The city and the browser of one file of tests: started when it is read, ended after its last test.
import assert from 'node:assert/strict';
import { after } from 'node:test';
import { kPassword, startBrowser, startCity, windowOf } from './city.mjs';

export const city = await startCity();
export const chromium = await startBrowser();
after(async () => {
  await chromium.stop();
  await city.stop();
});

/** Somebody's own window (windowOf). */
export const open = (options) => windowOf(chromium.browser, city.address, options);

const tokens = {};
/** Asked of the API as somebody ('': nobody): status and body, whatever they are. */
export async function answer(login, method, path, body, more = {}) {
  const headers = { ...(body === undefined && method !== 'POST' ? {} : { 'Content-Type': 'application/json' }), ...more };
  if (login) headers.Authorization = `Bearer ${(tokens[login] ??= await ask('', 'POST', '/api/v1/sessions', { login, password: kPassword })).token}`;
  const told = await fetch(city.address + path, { method, headers, body: headers['Content-Type'] ? JSON.stringify(body ?? {}) : undefined });
  const text = await told.text();
  return { status: told.status, body: text ? JSON.parse(text) : undefined };
}
/** Likewise, and it must be done. */
export async function ask(login, method, path, body, more) {
  const told = await answer(login, method, path, body, more);
  assert.ok(told.status < 300, `${method} ${path}: ${JSON.stringify(told.body)}`);
  return told.body;
}
