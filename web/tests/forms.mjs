// The forms of data/hall/forms.toml as the server describes them, for tests without one.
import { readFile } from 'node:fs/promises';

export const from = (path) => readFile(new URL(path, import.meta.url), 'utf8');

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
