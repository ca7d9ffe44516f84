// Every word a person reads, from /api/v1/texts; which language; how dates and numbers are said.

let words = {};

export const language = (() => {
  const asked = new URLSearchParams(location.search).get('lang');
  let kept = null;
  try {
    kept = localStorage.getItem('banyan.language');
    if (asked === 'zh' || asked === 'en') localStorage.setItem('banyan.language', asked);
  } catch { /* a browser that keeps nothing still reads */ }
  if (asked === 'zh' || asked === 'en') return asked;
  if (kept === 'zh' || kept === 'en') return kept;
  return (navigator.language || 'zh').toLowerCase().startsWith('zh') ? 'zh' : 'en';
})();

/** The text of a key with its {names} filled in; the key itself when there is none. */
export function say(key, values = {}) {
  return (words[key] ?? key).replace(/\{([a-z0-9_]+)\}/g, (whole, name) => values[name] ?? whole);
}
export const known = (key) => key in words;
export const texts = () => words;

/** A name in both languages ({zh, en}), as the reader reads it. */
export const named = (both) => (both ? both[language] || both.zh || both.en || '' : '');

export async function json(path, options) {
  const answer = await fetch(path, { credentials: 'omit', ...options });
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw Object.assign(new Error(body.key || String(answer.status)), { problem: body, status: answer.status });
  return body;
}

/** What to show for a failed request: the server's own sentence, or that it cannot be reached. */
export const trouble = (error) => named(error.problem?.text) || error.problem?.title || say('ui.retry');

/** Loads the words and puts them where data-text and data-label ask; tries again until the server answers. */
export async function begin() {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  const notice = document.getElementById('trouble');
  for (let waited = 1; ; waited = Math.min(waited * 2, 15)) {
    try {
      words = await json(`/api/v1/texts/${language}`);
      break;
    } catch {
      notice.textContent = '榕 Banyan …';  // no words without the server
      notice.hidden = false;
      await new Promise((resolve) => setTimeout(resolve, waited * 1000));
    }
  }
  notice.hidden = true;
  for (const node of document.querySelectorAll('[data-text]')) node.textContent = say(node.dataset.text);
  for (const node of document.querySelectorAll('[data-label]')) node.setAttribute('aria-label', say(node.dataset.label));
  const other = language === 'zh' ? 'en' : 'zh';
  const button = document.getElementById('language');
  button.lang = other === 'zh' ? 'zh-CN' : 'en';
  button.addEventListener('click', () => {
    const address = new URL(location.href);
    address.searchParams.set('lang', other);
    location.assign(address);
  });
  document.getElementById('page').hidden = false;
}

/** A node with attributes and children; text is only ever set as text. */
export function make(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes))
    if (value !== undefined && value !== null && value !== false) node.setAttribute(key, value === true ? '' : value);
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ''));
  return node;
}

export function draw(name, attributes = {}, ...children) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

export const count = (n) => new Intl.NumberFormat(language).format(n ?? 0);

// Times are shown as the city's clock reads them (the offset they came with), not as the reader's machine would.
const style = (parts) => new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', { timeZone: 'UTC', ...parts });
const on_day = style({ year: 'numeric', month: 'long', day: 'numeric' });
const on_day_short = style({ month: 'long', day: 'numeric' });
const at_time = style({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const at_second = style({ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const of_week = style({ weekday: 'short' });

export const offset_of = (instant) => /([+-]\d\d:\d\d|Z)$/.exec(instant)?.[1].replace('Z', '+00:00') ?? '+08:00';
function as_read(instant, ms = Date.parse(instant)) {
  const [hours, minutes] = offset_of(instant).slice(1).split(':').map(Number);
  return new Date(ms + (offset_of(instant)[0] === '-' ? -1 : 1) * (hours * 60 + minutes) * 60000);
}
export const day = (iso) => on_day.format(new Date(`${iso}T00:00:00Z`));
export const day_short = (iso) => on_day_short.format(new Date(`${iso}T00:00:00Z`));
export const weekday = (iso) => of_week.format(new Date(`${iso}T00:00:00Z`));
export const moment = (instant) => `${on_day.format(as_read(instant))} ${at_time.format(as_read(instant))}`;
export const moment_short = (instant) => `${on_day_short.format(as_read(instant))} ${at_time.format(as_read(instant))}`;
export const clock = (instant, ms) => `${on_day.format(as_read(instant, ms))} ${at_second.format(as_read(instant, ms))}`;

// ---- the band of the demo city, with its clock

let shown_at = null;  // the server's time, and when it came
/** Milliseconds of the server's clock now. */
export const server_now = () => (shown_at ? shown_at.ms + performance.now() - shown_at.mark : Date.now());
const tick = () => {
  const time = document.getElementById('clock');
  if (time && !document.hidden) time.textContent = clock(shown_at.instant, server_now());
};

/** Sets the clock by the city's figures; the band appears when they are a demo's. */
export function set_clock(figures) {
  shown_at = { instant: figures.at, ms: Date.parse(figures.at), mark: performance.now() };
  const band = document.getElementById('band');
  if (!figures.demo || !band.hidden) return;
  const [before, after] = say(figures.practice ? 'ui.practice_band' : 'ui.demo_band').split('{clock}');
  band.replaceChildren(before, make('time', { id: 'clock' }), after ?? '');
  band.hidden = false;
  tick();
  setInterval(tick, 1000);
}
