// The shell of the citizens' pages without a connection: the page, its mark, its scripts and styles, also those of the hall. An
// answer of the API is never kept: what a citizen reads of a matter is the server's, now.
interface Fetching extends Event {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Working extends Event {
  waitUntil(done: Promise<unknown>): void;
}
const worker = self as unknown as { skipWaiting(): Promise<void>; clients: { claim(): Promise<void> }; location: Location; addEventListener(name: string, call: (event: never) => void): void };

const kShell = 'banyan-me-1';
const kPage = '/me/';

/** Scripts name what they load later, the hall's pages and the map, as files beside them. */
const kPart = /["'`](?:\.\/|assets\/)([\w.-]+\.(?:js|css))["'`]/g;

/** The page, what it names, and what that names; a newer page's files replace the older ones. */
async function keep(page: Response) {
  const shell = await caches.open(kShell);
  const html = await page.clone().text();
  const files = [...html.matchAll(/(?:src|href)="(\/(?:web\/assets|page)\/[^"]+)"/g)].map(([, file]) => file!);
  for (const file of files) {  // it grows while it is walked
    if (!(await shell.match(file))) await shell.add(file);
    if (!file.endsWith('.js')) continue;
    const script = await (await shell.match(file))!.text();
    for (const [, part] of script.matchAll(kPart)) if (!files.includes(`/web/assets/${part}`)) files.push(`/web/assets/${part}`);
  }
  await shell.put(kPage, page);
  for (const { url } of await shell.keys()) {
    const path = new URL(url).pathname;
    if (path !== kPage && !files.includes(path)) await shell.delete(path);
  }
}

async function page(): Promise<Response> {
  try {
    const told = await fetch(kPage, { cache: 'no-cache' });
    if (told.ok) await keep(told.clone()).catch(() => {});
    return told;
  } catch (error) {
    const kept = await caches.match(kPage);
    if (kept) return kept;
    throw error;
  }
}

worker.addEventListener('install', (event: Working) => event.waitUntil(fetch(kPage, { cache: 'no-cache' }).then(keep).then(() => worker.skipWaiting())));
worker.addEventListener('activate', (event: Working) => event.waitUntil(worker.clients.claim()));
worker.addEventListener('fetch', (event: Fetching) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== 'GET' || origin !== worker.location.origin) return;
  if (event.request.mode === 'navigate' && pathname.startsWith(kPage)) event.respondWith(page());
  else if (pathname.startsWith('/web/assets/') || pathname === '/page/banyan.svg') event.respondWith(caches.match(pathname).then((kept) => kept ?? fetch(event.request)));
});
