// The start page: the city's numbers as they are now, one's own appeal, the last day of a limit.
import { begin, count, day_short, draw, json, known, language, make, moment, moment_short, named, offset_of, say, server_now, set_clock, trouble, weekday, day } from '/page/words.js';

const at = (id) => document.getElementById(id);
const put = (id, text) => { if (at(id).textContent !== text) at(id).textContent = text; };

// ---- lights: a shape and a word each, so that colour is never alone

const shapes = {
  green: () => draw('circle', { cx: 8, cy: 8, r: 6.5 }),
  yellow: () => draw('path', { d: 'M8 1.5 15 14.5H1z' }),
  red: () => draw('path', { d: 'M8 .5 15.5 8 8 15.5 .5 8z' }),
  grey: () => draw('path', { d: 'M3 2h3.5v12H3zM9.5 2H13v12H9.5z' }),
};
const shape = (light) => draw('svg', { viewBox: '0 0 16 16', class: `shape ${light}`, 'aria-hidden': 'true' }, shapes[light]());

/** A horizontal bar, `share` of its full width. */
function bar(share, kind = '') {
  const width = share > 0 ? Math.max(share * 100, 1.5) : 0;
  return draw('svg', { class: `bar ${kind}`, 'aria-hidden': 'true' },
    draw('rect', { class: 'ground', width: '100%', height: '100%', rx: 5 }),
    draw('rect', { class: 'full', width: `${width}%`, height: '100%', rx: 5 }));
}

function show_lights(lights) {
  const names = Object.keys(shapes);
  const all = names.reduce((sum, name) => sum + (lights[name] ?? 0), 0);
  put('lights_what', say('ui.lights_what', { n: count(all) }));
  at('lights').replaceChildren(...names.map((name) =>
    make('li', {}, shape(name), make('span', { class: 'name' }, say(`light.${name}`)), make('strong', {}, count(lights[name])))));
  let x = 0;
  const picture = draw('svg', {});
  for (const name of names) {
    const width = all ? (lights[name] ?? 0) / all * 100 : 0;
    picture.append(draw('rect', { class: name, x: `${x}%`, width: `${width}%`, height: '100%' }));
    x += width;
  }
  at('lights_bar').replaceChildren(picture);
}

// ---- the seven steps and what waits for each

const waiting = [[], ['filed'], ['accepted', 'consultation'], ['handling'], ['review'], ['rating'], ['call_back', 'promised']];

function show_loop(figures) {
  const rows = waiting.map((stages, i) => {
    const parts = stages.filter((stage, k) => k === 0 || figures.stages[stage]);
    return {
      n: i === 0 ? figures.today.filed ?? 0 : stages.reduce((sum, stage) => sum + (figures.stages[stage] ?? 0), 0),
      what: i === 0 ? say('ui.filed_today') : parts.map((stage) => parts.length > 1 ? `${say(`stage.${stage}`)} ${count(figures.stages[stage] ?? 0)}` : say(`stage.${stage}`)).join(language === 'zh' ? '、' : ', '),
    };
  });
  const most = Math.max(1, ...rows.map((row) => row.n));
  at('loop').replaceChildren(...rows.map((row, i) => make('li', {},
    make('span', { class: 'turn', 'aria-hidden': 'true' }, String(i + 1)),
    make('span', { class: 'name' }, say(`ui.loop_${i + 1}`)),
    make('span', { class: 'faint' }, row.what),
    make('strong', {}, count(row.n)), bar(row.n / most, i === 0 ? 'new' : ''))));
}

function show_kinds(kinds) {
  const rows = Object.entries(kinds).sort((a, b) => (a[0] === 'none') - (b[0] === 'none') || b[1] - a[1]);
  const most = Math.max(1, ...rows.map((row) => row[1]));
  put('kinds_what', say('ui.kinds_what', { n: count(rows.reduce((sum, row) => sum + row[1], 0)) }));
  at('kinds').replaceChildren(...rows.map(([kind, n]) => make('li', {},
    make('span', { class: 'name' }, say(kind === 'none' ? 'ui.kind_none' : `kind.${kind}`)), make('strong', {}, count(n)), bar(n / most, kind === 'none' ? 'none' : ''))));
}

// ---- the numbers, every five seconds while somebody looks

let shown = '';   // what is on the page
let latest = '';  // the instant of the last figures
function show(figures) {
  latest = figures.at;
  set_clock(figures);
  put('as_of', say('ui.as_of', { time: moment(figures.at) }));
  at('as_of').classList.remove('stale');
  const { at: _, ...numbers } = figures;
  if (JSON.stringify(numbers) === shown) return;
  shown = JSON.stringify(numbers);
  put('open', count(figures.open));
  put('closed', count(figures.closed));
  for (const measure of ['filed', 'accepted', 'on_the_spot', 'answered']) put(measure, count(figures.today[measure]));
  put('spoken', say('ui.spoken', { open: count(figures.open), filed: count(figures.today.filed), answered: count(figures.today.answered), red: count(figures.lights.red) }));
  show_lights(figures.lights);
  show_loop(figures);
  show_kinds(figures.kinds);
}

let asking = false;
async function poll() {
  if (document.hidden || asking) return;
  asking = true;
  try {
    show(await json('/api/v1/figures', { signal: AbortSignal.timeout(10000) }));
  } catch {
    if (latest) put('as_of', say('ui.stale', { time: moment(latest) }));
    else put('as_of', say('ui.words_failed'));
    at('as_of').classList.add('stale');
  }
  asking = false;
}

async function show_head() {
  const { checkpoint } = await json('/api/v1/heads').catch(() => ({}));
  put('head_at', checkpoint ? `${say('ui.last_head', { time: moment(checkpoint.at) })} · ${say('ui.head_events', { n: count(checkpoint.events) })}` : say('ui.head_none'));
  put('head_hash', checkpoint?.hash ?? '');
}

// ---- one's own appeal

function due_words(matter) {
  if (matter.closed_at) return say('ui.ended_on', { day: moment(matter.closed_at) });
  if (!matter.due || (matter.light === 'grey' && !matter.held_since)) return '';  // no clock runs that the citizen waits for
  const { last_day, working_days_left: left, provisional } = matter.due;
  const late = Date.parse(matter.due.at) <= server_now();
  const words = late ? say('ui.late_by', { days: Math.max(1, Math.abs(left)) })
    : say('ui.due_on', { last_day: day_short(last_day), weekday: weekday(last_day), days: left });
  return provisional ? `${words} (${say('ui.provisional')})` : words;
}

/** What of a step the citizen reads: the answers and grounds, not the workings. */
const told = ['answer', 'route', 'text', 'words'];
function story_line(entry, shares, approved) {
  const form = entry.form ?? {};
  const quote = (words) => make('blockquote', {}, words);
  const quoted = told.filter((field) => typeof form[field] === 'string' && form[field]).map((field) => quote(form[field]));
  if (approved?.public_reply) quoted.push(quote(approved.public_reply));
  if (approved?.promise_day) quoted.push(quote(`${say('field.promise_day')}: ${day(approved.promise_day)}`));
  const rating = form.final ?? form.rating;
  if (rating) quoted.push(quote(say(`choice.rating.${rating}`)));
  if (form.ground && known(`choice.ground.${form.ground}`)) quoted.unshift(quote(say(`choice.ground.${form.ground}`)));
  // Who it went to, or which unit did it; that the centre acts is in the sentence.
  const given = shares.filter((share) => share.offered_at === entry.at), held = shares.some((share) => share.unit?.code === entry.unit?.code);
  const who = given.length ? given.map((share) => named(share.unit)).join(language === 'zh' ? '、' : ', ') : held ? named(entry.unit) : '';
  return make('li', {},
    make('time', { class: 'faint', datetime: entry.at }, moment_short(entry.at)),
    make('div', {}, make('strong', {}, say(known(`ui.story_${entry.step}`) ? `ui.story_${entry.step}` : `step.${entry.step}`)), ' ', make('span', { class: 'faint' }, who), ...quoted));
}

/** The timeline without reminders; a reply's words stand where it was approved, not before. */
function story(matter) {
  let replied;
  return (matter.timeline ?? []).filter((entry) => !entry.step.startsWith('remind_') && entry.step !== 'redate').map((entry) => {
    if (entry.step === 'reply') replied = entry.form;
    return story_line(entry, matter.assignments ?? [], entry.step === 'approve' ? replied : undefined);
  });
}

function show_matter(matter) {
  const holders = (matter.assignments ?? []).filter((share) => !['returned', 'waived', 'ended'].includes(share.progress));
  const lead = holders.find((share) => share.share === 'lead');
  const with_unit = ['handling', 'review', 'promised'].includes(matter.stage);
  const where = !matter.open || matter.stage === 'rating' ? '' : with_unit && lead?.unit ? say('ui.with_unit', { unit: named(lead.unit) }) : say('ui.with_centre');
  const light = matter.open && (matter.light !== 'grey' || matter.held_since) ? make('span', { class: 'light' }, shape(matter.light), say(`light.${matter.light}`)) : null;
  at('found').replaceChildren(
    make('p', { class: 'faint' }, `${say('ui.number')} ${matter.number}`),
    make('h2', { id: 'found_title' }, matter.title || say('procedure.appeal')),
    make('p', { class: 'state' }, make('span', { class: 'stage' }, say(`stage.${matter.stage}`)), light, where && make('span', {}, where), make('span', {}, due_words(matter))),
    matter.first_due && matter.due ? make('p', { class: 'faint' }, `${say('ui.story_grant_extension')}: ${day(matter.first_due.last_day)} → ${day(matter.due.last_day)}`) : '',
    make('h3', {}, say('ui.story')),
    make('ol', { class: 'story' }, story(matter)));
  at('found').hidden = false;
  at('found').focus({ preventScroll: true });
  at('found').scrollIntoView({ block: 'start', behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
}

function track_trouble(text, field) {
  put('track_trouble', text);
  for (const id of ['number', 'code']) at(id).toggleAttribute('aria-invalid', id === field);
  if (field) at(field).focus();
}

async function track(submit) {
  submit.preventDefault();
  const number = at('number').value.replace(/\s/g, ''), code = at('code').value.replace(/\s/g, '');
  if (!number) return track_trouble(say('ui.number_missing'), 'number');
  if (!code) return track_trouble(say('ui.code_missing'), 'code');
  const button = submit.submitter ?? at('track').querySelector('button');
  button.disabled = true;
  at('found').hidden = true;
  track_trouble('');
  put('track_trouble', say('ui.asking'));
  try {
    const session = await json('/api/v1/sessions', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ number, code }) });
    const headers = { Authorization: `Bearer ${session.token}` };
    try {
      const matter = await json(`/api/v1/matters/${encodeURIComponent(session.matter ?? number)}`, { headers });
      track_trouble('');
      show_matter(matter);
    } finally {  // on a shared computer nobody stays signed in
      fetch('/api/v1/sessions/current', { method: 'DELETE', headers, credentials: 'omit' }).catch(() => {});
    }
  } catch (error) {
    track_trouble(trouble(error), error.problem?.field === 'code' ? 'code' : undefined);
  }
  button.disabled = false;
}

// ---- until when

async function work_out(submit) {
  submit?.preventDefault();
  if (!at('due').reportValidity()) return;
  const unit = at('limit_unit').value;
  const asked = new URLSearchParams({ limit: `${at('amount').value} ${unit}s`, lang: language });
  if (at('from').value) asked.set('from', `${at('from').value}:00${offset_of(latest)}`);
  const answer = at('due_answer');
  try {
    const due = await json(`/api/v1/due?${asked}`);
    const words = unit.endsWith('day') ? say('ui.until_day', { last_day: day(due.last_day), weekday: weekday(due.last_day) }) : say('ui.until_time', { time: moment(due.due) });
    answer.classList.remove('wrong');
    answer.textContent = due.provisional ? `${words} (${say('ui.provisional')})` : words;
  } catch (error) {
    answer.classList.add('wrong');
    answer.textContent = trouble(error);
  }
}

await begin();
document.title = say('ui.name');
put('footer', say('ui.footer', { version: '' }));
at('number').value = new URLSearchParams(location.hash.slice(1)).get('number') ?? '';  // a link in a message: /#number=…; the code is typed
at('track').addEventListener('submit', track);
at('due').addEventListener('submit', work_out);
document.addEventListener('visibilitychange', poll);
await poll();
show_head();
work_out();
setInterval(poll, 5000);
setInterval(show_head, 30000);
