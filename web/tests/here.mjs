// The city and the browser of one file of tests: started when it is read, ended after its last test.
import { after } from 'node:test';
import { startBrowser, startCity, windowOf } from './city.mjs';

export const city = await startCity();
export const chromium = await startBrowser();
after(async () => {
  await chromium.stop();
  await city.stop();
});

/** Somebody's own window (windowOf). */
export const open = (options) => windowOf(chromium.browser, city.address, options);
