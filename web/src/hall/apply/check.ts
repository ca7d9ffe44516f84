// What the server will say of a form, said here first: its JSON Schema with x-type, field by field, by the rules and with the keys
// of kernel/procedure/fields.h. tests/forms/vectors.json holds both to the same answers. Imports nothing, so that it is tested alone.
export interface FieldSchema {
  'x-type': string;
  'x-shown-when'?: Record<string, string>;
  'x-personal'?: boolean;
  description?: string;
  enum?: string[];
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
}
interface Rule {
  if: { properties: Record<string, { const: unknown }> };
  then?: { required: string[] };
  else: { properties: Record<string, false> };
}
export interface Schema {
  properties: Record<string, FieldSchema>;
  required?: string[];
  allOf?: Rule[];
  'x-layout'?: { group: string; fields: string[] }[];
}
export type Values = Record<string, unknown>;
export interface Fault {
  field: string;  // form.NAME
  key: string;  // text refusal.KEY
  params: Record<string, string | number>;
}

/** The rule by which a field is asked with another answer only. */
const ruleOf = (schema: Schema, name: string) => schema.allOf?.find((rule) => name in rule.else.properties);
/** What is asked as things stand. */
export function isAsked(schema: Schema, name: string, values: Values): boolean {
  const rule = ruleOf(schema, name);
  // As the server reads it: "true" is a wrong flag, and what hangs on it is asked for all the same.
  return !rule || Object.entries(rule.if.properties).every(([other, { const: wanted }]) => ['string', 'boolean'].includes(typeof values[other]) && String(values[other]) === String(wanted));
}
/** Whether an answer is wanted, where it is asked. */
export const isRequired = (schema: Schema, name: string) => Boolean(schema.required?.includes(name) || ruleOf(schema, name)?.then?.required.includes(name));

const trimmed = (text: string) => text.replace(/^[ \t\r\n\u3000]+|[ \t\r\n\u3000]+$/g, '');
const length = (text: string) => [...text].length;
/** No half of a pair of surrogates: what has none can be written as UTF-8. */
const isWhole = (text: string) => ![...text].some((sign) => sign >= '\ud800' && sign <= '\udfff' && sign.length === 1);
const first = (text: string, most: number) => [...text].slice(0, most).join('');

/** GB 11643: the seventeen digits weighted by 2^(17-i) mod 11, with the check digit the sum is 1 mod 11. */
export function isIdentity(text: string): boolean {
  if (!/^\d{17}[\dXx]$/.test(text)) return false;
  const sum = [...text].reduce((all, sign, i) => all + (/\d/.test(sign) ? Number(sign) : 10) * (2 ** (17 - i) % 11), 0);
  return sum % 11 === 1;
}
export function isDay(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)?.map(Number) ?? [];
  if (!year || !month || !day || month > 12) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return day <= (month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31);
}
const isPhone = (text: string) => {
  const digits = text.replace(/\D/g, '').length;
  return digits >= 3 && digits <= 20 && /^[\d +()-]*$/.test(text);
};

type Wrong = Omit<Fault, 'field'>;
const wrong = (key: string, params: Fault['params'] = {}): Wrong => ({ key: `field.${key}`, params });

function textFault(schema: FieldSchema, required: boolean, value: unknown): Wrong | undefined {
  const type = schema['x-type'];
  if (typeof value !== 'string') return wrong('type', { type });
  if (value.includes('\0') || !isWhole(value)) return wrong('utf8');
  const text = trimmed(value);
  const signs = length(text);
  const most = schema.maxLength ?? (type === 'identity' ? 18 : undefined);
  const least = schema.minLength ?? 0;
  if (most !== undefined && signs > most) return wrong('too_long', { most });
  if (signs < least || (required && !signs)) return wrong(signs ? 'too_short' : 'required', { least });
  if (type === 'choice' && !schema.enum?.includes(text)) return wrong('choice', { value: first(text, 40), choices: schema.enum?.join(', ') ?? '' });
  if (type === 'identity' && !isIdentity(text)) return wrong('identity');
  if (type === 'day' && !isDay(text)) return wrong('format', { type });
  if (type === 'phone' && !isPhone(text)) return wrong('format', { type });
  if (schema.pattern && type !== 'identity' && !new RegExp(schema.pattern).test(text)) return wrong('format', { type });
  return undefined;
}

function fieldFault(schema: FieldSchema, required: boolean, value: unknown): Wrong | undefined {
  const type = schema['x-type'];
  if (type === 'flag') return typeof value === 'boolean' ? undefined : wrong('type', { type });
  if (type !== 'integer') return textFault(schema, required, value);
  if (typeof value !== 'number' || !Number.isInteger(value)) return wrong('type', { type });
  const [least, most] = [schema.minimum ?? 0, schema.maximum ?? 0];
  return value < least || value > most ? wrong('range', { least, most }) : undefined;
}

const isEmpty = (value: unknown, required: boolean) => value === undefined || value === null || (typeof value === 'string' && !required && !trimmed(value));

/** All that is wrong: what is unknown first, then field by field in the schema's order. */
export function faultsOf(schema: Schema, values: Values): Fault[] {
  const all: Fault[] = [];
  for (const name of Object.keys(values)) if (!(name in schema.properties)) all.push({ field: `form.${first(name, 40)}`, ...wrong('unknown') });
  for (const [name, field] of Object.entries(schema.properties)) {
    const [value, asked, required] = [values[name], isAsked(schema, name, values), isRequired(schema, name)];
    const found = isEmpty(value, required)
      ? required && asked && wrong('required')
      : asked ? fieldFault(field, required, value) : wrong('not_asked', { when: Object.entries(field['x-shown-when'] ?? {}).map((each) => each.join(' = ')).join() });
    if (found) all.push({ field: `form.${name}`, ...found });
  }
  return all;
}

/** As it is sent: what is asked and was answered, each text without the spaces around it. */
export function answered(schema: Schema, values: Values): Values {
  const kept: Values = {};
  for (const name of Object.keys(schema.properties)) {
    const value = typeof values[name] === 'string' ? trimmed(values[name]) : values[name];
    if (value !== undefined && value !== null && value !== '' && isAsked(schema, name, values)) kept[name] = value;
  }
  return kept;
}
