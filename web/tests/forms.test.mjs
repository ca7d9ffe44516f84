// The checker of application forms, without a browser: it says of each vector what the server says (tests/forms/vectors.json).
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import ts from 'typescript';

const from = (path) => readFile(new URL(path, import.meta.url), 'utf8');
const script = ts.transpileModule(await from('../src/hall/apply/check.ts'), { compilerOptions: { module: 'ESNext', target: 'ES2022' } }).outputText;
const { answered, faultsOf, isAsked } = await import(`data:text/javascript,${encodeURIComponent(script)}`);
const vectors = JSON.parse(await from('../../tests/forms/vectors.json'));

/** data/hall/forms.toml, as far as it is forms: the fields of each, with their words. */
function fieldsOf(toml) {
  const forms = {};
  let field;
  for (const line of toml.split('\n')) {
    const [, form] = /^\[\[form\.(\w+)\]\]$/.exec(line) ?? [];
    const [, word, value] = /^(\w+) = (.+)$/.exec(line) ?? [];
    if (form) (forms[form] ??= []).push((field = {}));
    else if (line.startsWith('[')) field = undefined;
    else if (field && word) field[word] = JSON.parse(value.replace(/^\{ (\w+) = (.+) \}$/, '{"$1": $2}'));
  }
  return forms;
}

/** As the server describes them (json_schema of kernel/procedure/fields.cpp, schema_of of systems/hall/cases/sheet.cpp). */
export function schemaOf(fields) {
  const schema = { properties: {}, required: [], allOf: [] };
  for (const { name, type = 'text', required, least, most, choices, shown_when: shown } of fields) {
    const field = (schema.properties[name] = { 'x-type': type });
    if (type === 'text') Object.assign(field, { ...(least && { minLength: least }), maxLength: most ?? 2000 });
    if (type === 'phone') field.maxLength = 24;
    if (type === 'identity') field.pattern = '^[0-9]{17}[0-9Xx]$';
    if (type === 'choice') field.enum = choices;
    if (type === 'integer') Object.assign(field, { minimum: least ?? 0, maximum: most ?? 1e9 });
    if (required && !shown) schema.required.push(name);
    if (!shown) continue;
    const [[other, value]] = Object.entries(shown);
    field['x-shown-when'] = { [other]: String(value) };
    schema.allOf.push({ if: { properties: { [other]: { const: value } }, required: [other] }, else: { properties: { [name]: false } }, ...(required && { then: { required: [name] } }) });
  }
  return schema;
}
export const forms = fieldsOf(await from('../../data/hall/forms.toml'));

const sorted = (faults) => faults.map(({ field, key }) => `${field} ${key}`).sort();
test('each vector has the faults the server finds', () => {
  assert.ok(vectors.length >= 25);
  for (const { form, values, faults } of vectors) assert.deepEqual(sorted(faultsOf(schemaOf(forms[form]), values)), sorted(faults), JSON.stringify({ form, values }));
});

test('what is sent is what is asked and was answered; sent so, a form without faults stays one', () => {
  const food = schemaOf(forms.food);
  assert.equal(isAsked(food, 'canteen_of', { food_business: 'canteen' }), true);
  assert.deepEqual(answered(food, { shop_name: ' 榕 ', food_business: 'snack', canteen_of: '中学', opens_on: '', cold_dishes: true, cold_room: 6 }), { shop_name: '榕', food_business: 'snack', cold_dishes: true, cold_room: 6 });
  for (const { form, values, faults } of vectors) if (!faults.length) assert.deepEqual(faultsOf(schemaOf(forms[form]), answered(schemaOf(forms[form]), values)), []);
});
