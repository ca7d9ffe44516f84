// The API reference: /openapi.json for people, in their language, with a search and a link to each operation.
import { begin, count, json, known, language, make, say, set_clock, texts, trouble } from '/page/words.js';

const at = (id) => document.getElementById(id);
const or_else = (key, other) => (known(key) ? say(key) : other);
const group_order = ['sessions', 'matters', 'figures', 'rules', 'about', 'pages'];
const and = language === 'zh' ? '、' : ', ';
const in_brackets = (text) => (language === 'zh' ? `（${text}）` : ` (${text})`);

let description;
const resolve = (node) => (node?.$ref ? node.$ref.slice(2).split('/').reduce((found, part) => found[part], description) : node);
const headers_meaning = { 'Idempotency-Key': 'ui.docs_once', 'If-Match': 'ui.docs_version' };

// ---- one field

const name_of = (schema) => schema.$ref?.split('/').pop();

function type_of(given) {
  const schema = resolve(given);
  if (Array.isArray(schema.type)) return type_of({ ...schema, type: schema.type[0] });  // or null
  if (schema.oneOf) return schema.oneOf.map(type_of).join(' / ');
  if (schema.type === 'boolean' && schema.enum?.length === 1) return String(schema.enum[0]);
  if (schema.enum) return say('ui.docs_type_choice');
  if (schema.format === 'date') return say('ui.docs_type_date');
  if (schema.format === 'date-time') return say('ui.docs_type_instant');
  if (schema.type === 'string' && schema.pattern) return say('ui.docs_type_code');
  const type = say(`ui.docs_type_${schema.type ?? 'object'}`);
  return schema.type === 'array' && schema.items ? `${type}${in_brackets(type_of(schema.items))}` : type;
}

function bounds_of(schema, name) {
  const all = [];
  if (schema.enum) {
    all.push(...schema.enum.flatMap((choice, i) => {
      const meaning = or_else(`choice.${name}.${choice}`, '');
      return [i ? and : '', make('code', {}, choice), meaning && meaning !== choice ? in_brackets(meaning) : ''];
    }));
  }
  if (schema.maxLength !== undefined)
    all.push(schema.minLength ? say('ui.docs_chars', { least: schema.minLength, most: count(schema.maxLength) }) : say('ui.docs_chars_most', { most: count(schema.maxLength) }));
  if (schema.minimum !== undefined && schema.maximum !== undefined) all.push(say('ui.docs_range', { least: schema.minimum, most: count(schema.maximum) }));
  if (schema.maxItems !== undefined) all.push(say('ui.docs_items_most', { most: count(schema.maxItems) }));
  const pattern = schema.pattern ?? schema.items?.pattern;
  if (pattern) all.push(...(all.length ? [and] : []), make('code', {}, pattern));
  if (schema.type === 'object' && schema.properties) all.push(make('code', {}, `{ ${Object.keys(schema.properties).join(', ')} }`));
  return all;
}

/** What a field means: a sentence of its own for the API's fields, the form's label for the rulebook's. */
function meaning_of(name, schema, { operation, described } = {}) {
  const all = [];
  const say_next = (part) => all.push(...(all.length ? [make('br')] : []), part);
  const own = operation && [headers_meaning[name], `ui.docs_param_${operation.operationId.replace(/\W/g, '_')}_${name}`, `ui.docs_param_${name}`].find((key) => key && known(key));
  if (own) say_next(say(own));
  else {
    if (known(`field.${name}`)) say_next(say(`field.${name}`));
    const about = schema.description ?? described;
    if (about) say_next(make('span', { class: 'faint', lang: 'en' }, about));
  }
  for (const [field, value] of Object.entries(schema['x-shown-when'] ?? {})) say_next(make('span', { class: 'faint' }, say('ui.docs_shown_when', { field, value })));
  if (schema['x-personal']) say_next(make('span', { class: 'faint' }, say('ui.docs_personal')));
  return all;
}

function table(heads, rows) {
  return make('div', { class: 'scroll' }, make('table', {},
    make('thead', {}, make('tr', {}, heads.map((head) => make('th', { scope: 'col' }, head)))),
    make('tbody', {}, rows.map((cells) => make('tr', {}, cells.map((cell, i) => make('td', { 'data-head': heads[i] }, cell)))))));
}

const needed = (yes) => (yes ? make('span', { class: 'required' }, say('ui.docs_required')) : make('span', { class: 'faint whole' }, say('ui.docs_optional')));

function field_table(schema, operation) {
  const fields = Object.entries(schema.properties ?? {});
  if (!fields.length) return make('p', { class: 'faint' }, say('ui.docs_no_fields'));
  const first = (name) => (schema.required ?? []).includes(name) ? 0 : 1;
  fields.sort((a, b) => first(a[0]) - first(b[0]));
  return table(['ui.docs_field', 'ui.docs_type', 'ui.docs_required', 'ui.docs_bounds', 'ui.docs_meaning'].map((key) => say(key)),
    fields.map(([name, field]) => [make('code', {}, name), type_of(field), needed(!first(name)), bounds_of(field, name), meaning_of(name, field, { operation })]));
}

// ---- one operation

/** A value that fits, for the example. */
function sample(name, schema, operation) {
  const given = { procedure: 'appeal', step: operation.operationId === 'matter.open' ? 'file' : 'sign', login: 'seat01', password: '…', limit: '3 working days', language, id: '000009943073', label: 'open311', reason: '回电核实' };
  if (name === 'name') return operation.operationId.startsWith('catalogue') ? 'classes' : 'appeal';
  if (name === 'form' && operation.operationId === 'matter.open') return { title: '楼下路灯不亮', body: '我家楼下的路灯坏了三天了。', kind: 'help', channel: 'web' };
  if (name === 'commands') return [{ procedure: 'appeal', step: 'file', form: { title: '楼下路灯不亮', body: '我家楼下的路灯坏了三天了。', channel: 'web' } }];
  if (name in given) return given[name];
  if (schema.enum) return schema.enum[0];
  return { integer: schema.minimum ?? 1, boolean: true, array: [], object: {} }[schema.type] ?? '…';
}

function example(method, path, operation, parameters) {
  const filled = path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(sample(name, {}, operation)));
  const asked = parameters.filter((p) => p.in === 'query' && p.required).map((p) => `${p.name}=${encodeURIComponent(sample(p.name, p.schema, operation))}`);
  const address = location.origin + filled + (asked.length ? `?${asked.join('&')}` : '');
  const lines = [`curl ${method === 'get' ? '' : `-X ${method.toUpperCase()} `}'${address}'`];
  if (!operation.security) lines.push(`-H "Authorization: Bearer $TOKEN"`);
  if (parameters.some((p) => p.name === 'Idempotency-Key')) lines.push(`-H "Idempotency-Key: $(cat /proc/sys/kernel/random/uuid)"`);
  const body = operation.requestBody?.content['application/json']?.schema;
  if (body) {
    const wanted = new Set([...(body.required ?? []), ...(body.properties?.form ? ['form'] : []), ...(operation.operationId === 'matter.open' ? ['step'] : []), ...(operation.operationId === 'session.begin' ? ['login', 'password'] : [])]);
    const values = Object.fromEntries(Object.entries(body.properties ?? {}).filter(([name]) => wanted.has(name)).map(([name, schema]) => [name, sample(name, schema, operation)]));
    lines.push(`-H 'Content-Type: application/json'`, `-d '${JSON.stringify(values)}'`);
  }
  const text = lines.join(' \\\n  ');
  const button = make('button', { type: 'button', class: 'quiet' }, say('ui.docs_copy'));
  const code = make('code', {}, text);
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {  // no clipboard without https: select it instead
      getSelection().selectAllChildren(code);
      return;
    }
    button.textContent = say('ui.docs_copied');
    setTimeout(() => { button.textContent = say('ui.docs_copy'); }, 2000);
  });
  return make('div', { class: 'example' }, make('pre', { tabindex: '0' }, code), button);
}

const role = (name) => or_else(`role.${name}`, name);

function who_may(operation) {
  if (operation['x-roles']?.length) return operation['x-roles'].map(role).join(and);
  return say(operation.security?.length === 0 ? 'ui.docs_anyone' : 'ui.docs_signed_in');
}

/** Every member of an answer; of the shapes inside, their members too, each shape once. */
function reply_rows(given, before = '', known = new Set()) {
  const schema = resolve(given);
  if (name_of(given)) known.add(name_of(given));
  const inside = (member) => (name_of(member) && known.has(name_of(member)) ? [] : null);
  if (schema.oneOf) return schema.oneOf.flatMap((way) => reply_rows(way, before, known));
  if (schema.items) return inside(schema.items) ?? reply_rows(schema.items, `${before}[]`, known);
  return Object.entries(schema.properties ?? {}).flatMap(([name, member]) => {
    const path = before ? `${before}.${name}` : name;
    const row = { path, name, member, needed: (schema.required ?? []).includes(name) };
    return [row, ...(inside(member) ?? reply_rows(member, path, known))];
  });
}

function reply_table(operation) {
  const schema = Object.entries(operation.responses).filter(([status]) => status < 300).map(([, reply]) => reply.content?.['application/json']?.schema).find(Boolean);
  const rows = schema ? reply_rows(schema) : [];
  if (!rows.length) return '';
  return make('details', {}, make('summary', {}, say('ui.docs_reply', { n: count(rows.length) })),
    table(['ui.docs_field', 'ui.docs_type', 'ui.docs_required', 'ui.docs_meaning'].map((key) => say(key)),
      rows.map(({ path, name, member, needed: always }) => {
        const of = resolve(member);
        const choices = of.type === 'string' && of.enum ? of.enum.flatMap((choice, i) => [i ? ' ' : '', make('code', {}, choice)]) : [];
        return [make('code', {}, path), type_of(member), needed(always), [...meaning_of(name, { description: of.description }), ' ', ...choices]];
      })));
}

function answers(operation) {
  const own = Object.entries(operation.responses).filter(([status, reply]) => status === 'default' || !reply.$ref);  // the usual refusals are said once
  return make('ul', { class: 'answers' }, own.map(([status, reply]) => {
    if (status === 'default') return make('li', {}, make('code', {}, '4xx, 5xx'), make('a', { href: '#refusals' }, say('ui.docs_refused')));
    const plain = or_else(`ui.docs_status_${status}`, '');
    const type = Object.keys(reply.content ?? {})[0];
    const detail = language === 'zh' && plain ? [plain, ' ', make('span', { class: 'faint', lang: 'en' }, reply.description)] : [reply.description];
    return make('li', {}, make('code', {}, status), make('span', {}, detail, type && type !== 'application/json' ? make('span', { class: 'faint' }, in_brackets(type)) : ''));
  }));
}

const heading = (level, id, ...text) => make(level, {}, text, make('a', { class: 'anchor', href: `#${id}`, 'aria-label': `${say('ui.docs_link')}: ${id}` }, '#'));
const method_mark = (method) => make('span', { class: `method ${method}` }, method.toUpperCase());
const title_of = (operation) => or_else(`ui.docs_op_${operation.operationId.replace(/\W/g, '_')}`, operation.summary);

function operation_entry({ method, path, operation }) {
  const parameters = (operation.parameters ?? []).map(resolve).filter((p) => p.name !== 'lang');  // said once, at the top
  const body = operation.requestBody?.content['application/json']?.schema;
  return make('article', { class: 'entry card', id: operation.operationId },
    heading('h3', operation.operationId, title_of(operation)),
    make('p', { class: 'call' }, method_mark(method), make('code', {}, path), make('span', { class: 'faint' }, operation.operationId)),
    make('p', { class: 'who' }, make('b', {}, say('ui.docs_who')), language === 'zh' ? '：' : ': ', who_may(operation)),
    parameters.length ? [make('h4', {}, say('ui.docs_parameters')),
      table(['ui.docs_field', 'ui.docs_where', 'ui.docs_type', 'ui.docs_required', 'ui.docs_bounds', 'ui.docs_meaning'].map((key) => say(key)),
        parameters.map((p) => [make('code', {}, p.name), say(`ui.docs_in_${p.in}`), type_of(p.schema), needed(p.required), bounds_of(p.schema, p.name), meaning_of(p.name, p.schema, { operation, described: p.description })]))] : '',
    body ? [make('h4', {}, say('ui.docs_body')), field_table(body, operation)] : '',
    make('h4', {}, say('ui.docs_answers')), answers(operation), reply_table(operation),
    make('h4', {}, say('ui.docs_example')), example(method, path, operation, parameters));
}

// ---- the forms of the steps, and the refusals

function taken_by(schema) {
  return (schema['x-by'] ?? []).map((rule) => {
    const [who, tie] = rule.split('@');
    return tie ? `${role(who)}${in_brackets(or_else(`ui.docs_tie_${tie}`, tie))}` : role(who);
  }).join(and);
}

function form_entry([name, schema]) {
  const [, procedure, step] = name.split('.');
  return make('article', { class: 'entry card', id: name },
    heading('h3', name, `${or_else(`procedure.${procedure}`, procedure)} · ${or_else(`step.${step}`, step)}`),
    make('p', { class: 'call' }, make('code', {}, step), make('span', { class: 'faint' }, name)),
    schema['x-by']?.length ? make('p', { class: 'who' }, make('b', {}, say('ui.docs_by')), language === 'zh' ? '：' : ': ', taken_by(schema)) : '',
    field_table(schema));
}

function refusals_entry() {
  const schema = description.components.schemas.problem;
  const all = Object.entries(texts()).filter(([key]) => key.startsWith('refusal.')).sort((a, b) => (a[0] < b[0] ? -1 : 1));
  return [
    make('p', {}, say('ui.docs_refusals_what')),
    make('article', { class: 'entry card', id: 'problem' },
      heading('h3', 'problem', 'application/problem+json'),
      table(['ui.docs_field', 'ui.docs_type', 'ui.docs_meaning'].map((key) => say(key)),
        Object.entries(schema.properties).map(([name, field]) => [make('code', {}, name), type_of(field), or_else(`ui.docs_refusal_${name}`, field.description ?? '')])),
      make('div', { class: 'example' }, make('pre', { tabindex: '0' }, make('code', {}, JSON.stringify({
        type: '/errors/code.wrong', status: 401, key: 'code.wrong', title: say('refusal.code.wrong'), field: 'code',
        ...(language === 'zh' ? { text: { zh: say('refusal.code.wrong'), en: '…' } } : { text: { zh: '…', en: say('refusal.code.wrong') } }) }, null, 2))))),
    make('article', { class: 'entry card', id: 'refusal.all' },
      make('details', { id: 'all_refusals' }, make('summary', {}, say('ui.docs_all_refusals', { n: count(all.length) })),
        table(['key', say('ui.docs_meaning')], all.map(([key, text]) => [make('code', {}, key.slice('refusal.'.length)), text]))))];
}

// ---- the page

function group(id, title, entries, links) {
  at('contents').append(make('h2', {}, make('a', { href: `#${id}` }, title)), make('ul', {}, links.map((link) => make('li', {}, link))));
  return make('section', { class: 'group', id }, make('h2', {}, title), entries);
}

function build() {
  const groups = new Map();
  for (const [path, methods] of Object.entries(description.paths))
    for (const [method, operation] of Object.entries(methods)) {
      const tag = operation.tags?.[0] ?? 'about';
      groups.set(tag, [...(groups.get(tag) ?? []), { method, path, operation }]);
    }
  const place = (tag) => (group_order.includes(tag) ? group_order.indexOf(tag) : group_order.length - 1.5);
  const sections = [...groups].filter(([tag]) => tag !== 'pages').sort((a, b) => place(a[0]) - place(b[0])).map(([tag, operations]) =>
    group(`group.${tag}`, or_else(`ui.docs_group_${tag}`, tag), operations.map(operation_entry), operations.map(({ method, operation }) =>
      make('a', { href: `#${operation.operationId}` }, method_mark(method), title_of(operation).split(/[:：;；]/)[0]))));
  const forms = Object.entries(description.components.schemas).filter(([name]) => name.startsWith('form.'));
  sections.push(group('forms', say('ui.docs_forms'), [make('p', {}, say('ui.docs_forms_what')), ...forms.map(form_entry)],
    forms.map(([name]) => make('a', { href: `#${name}` }, or_else(`step.${name.split('.')[2]}`, name)))));
  sections.push(group('refusals', say('ui.docs_refusals'), refusals_entry(), [make('a', { href: '#problem' }, 'application/problem+json')]));
  const pages = groups.get('pages');
  if (pages) sections.push(make('section', { class: 'group' }, make('h2', {}, say('ui.docs_group_pages')),
    make('ul', {}, pages.filter(({ path }) => !path.startsWith('/page/') && !path.includes('{')).map(({ path }) => make('li', {}, make('a', { href: path }, make('code', {}, path)))))));
  at('reference').replaceChildren(...sections);
  at('reference').removeAttribute('aria-busy');
}

function search() {
  const wanted = at('search').value.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (node) => wanted.every((word) => node.textContent.toLowerCase().includes(word));
  let found = 0;
  for (const section of at('reference').children) {
    const entries = [...section.querySelectorAll('.entry')];
    let here = 0;
    for (const entry of entries) {
      entry.hidden = !fits(entry);
      if (!entry.hidden) here++;
    }
    section.hidden = wanted.length > 0 && here === 0;
    found += here;
  }
  const rows = at('all_refusals').querySelectorAll('tbody tr');
  for (const row of rows) row.hidden = wanted.length > 0 && !fits(row);
  const named = [...rows].some((row) => !row.hidden);
  at('all_refusals').open = wanted.length > 0 && named;
  if (wanted.length > 0) at('all_refusals').closest('.entry').hidden = !named;
  at('search_found').textContent = !wanted.length ? '' : found ? say('ui.docs_found', { n: count(found) }) : say('ui.docs_none');
}

function go_there() {
  const id = decodeURIComponent(location.hash.slice(1));
  const place = id && at(id);
  if (!place) return;
  if (place.hidden || place.closest('[hidden]')) {
    at('search').value = '';
    search();
  }
  place.scrollIntoView();
}

await begin();
document.title = `${say('ui.api_docs')} · ${say('ui.name')}`;
at('base').textContent = location.origin;
at('contents_fold').open = matchMedia('(min-width: 60.01rem)').matches;
try {
  description = await json('/openapi.json');
  build();
  at('footer').textContent = say('ui.footer', { version: description.info.version });
  if (location.hash) location.replace(location.hash);  // so that :target finds what was not there before
  go_there();
} catch (error) {
  if (!error.problem && !(error instanceof TypeError)) throw error;
  at('reference').replaceChildren(make('p', { class: 'wrong', role: 'alert' }, trouble(error)));
}
json('/api/v1/figures').then(set_clock, () => {});
at('search').addEventListener('input', search);
addEventListener('hashchange', go_there);
