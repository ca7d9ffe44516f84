// What a draft asks, in the order and the groups in which a clerk can say it. Names are those of the item (src/systems/hall/item.h); words:
// items.field.NAME, items.hint.NAME, items.group.NAME.
export type Sort = 'text' | 'long' | 'lines' | 'number' | 'day' | 'flag' | 'choice' | 'many' | 'region' | 'file' | 'fixed' | 'code';
export interface Field {
  path: string;  // within the item, or within a part of a list
  sort: Sort;
  choices?: readonly string[];
  /** Key of a choice's words; left out: the code itself. */
  words?: (code: string) => string;
  least?: number;
  most?: number;
  hint?: boolean;
  required?: boolean;
  wide?: boolean;
}
export interface Parts {
  path: string;
  parts: Field[];
  first: Record<string, unknown>;
}
export interface Group {
  name: string;
  fields: (Field | Parts)[];
}
export const isParts = (each: Field | Parts): each is Parts => 'parts' in each;

const types = ['XK', 'XF', 'XZ', 'XS', 'XG', 'XC', 'QR', 'JL', 'CJ', 'GF', 'QT'] as const;
const options = ['appointment', 'self_service', 'pay_on_line', 'proxy', 'missing_papers', 'promise', 'any_place', 'across_provinces', 'collect_elsewhere', 'one_window', 'together', 'joint', 'by_phone', 'without_asking', 'at_once', 'no_materials'] as const;

export const groups: Group[] = [
  { name: 'general', fields: [
    { path: 'name', sort: 'text', required: true, wide: true },
    { path: 'name_en', sort: 'text', wide: true },
    { path: 'type', sort: 'choice', choices: types, words: (code) => `hallweb.type.${code}`, required: true },
    { path: 'code', sort: 'code', required: true, hint: true },
    { path: 'catalogue', sort: 'text', hint: true },
    { path: 'audience', sort: 'many', choices: ['person', 'company'], words: (code) => `items.audience.${code}`, required: true },
    { path: 'classes', sort: 'many', required: true, hint: true, wide: true },
    { path: 'scenes', sort: 'many', wide: true },
    { path: 'keywords', sort: 'lines', hint: true, wide: true },
  ] },
  { name: 'situation', fields: [
    { path: 'situation', sort: 'choice', choices: ['whole', 'new', 'change', 'renew', 'cancel'], words: (code) => `items.situation.${code}`, hint: true },
    { path: 'situation_name', sort: 'text' },
    { path: 'situation_name_en', sort: 'text' },
  ] },
  { name: 'where', fields: [
    { path: 'unit_name', sort: 'fixed' },
    { path: 'level', sort: 'choice', choices: ['province', 'city', 'county', 'town', 'village'], words: (code) => `hallweb.level.${code}`, required: true },
    { path: 'region', sort: 'region', required: true },
    { path: 'valid_from', sort: 'day', hint: true },
  ] },
  { name: 'limits', fields: [
    { path: 'kind', sort: 'choice', choices: ['instant', 'promised'], words: (code) => `items.kind.${code}`, required: true },
    { path: 'promised_days', sort: 'number', least: 0, most: 3660 },
    { path: 'legal_days', sort: 'number', least: -1, most: 3660, hint: true },
    { path: 'legal_over', sort: 'text', hint: true },
    { path: 'pre_review_days', sort: 'number', least: 0, most: 3660 },
    { path: 'receive_days', sort: 'number', least: 0, most: 3660 },
    { path: 'special', first: { name: '', days: 1 }, parts: [
      { path: 'name', sort: 'text', required: true },
      { path: 'days', sort: 'number', least: 0, most: 3660, required: true },
      { path: 'basis', sort: 'text', required: true },
      { path: 'when', sort: 'text' },
    ] },
  ] },
  { name: 'basis', fields: [
    { path: 'basis', first: { law: '' }, parts: [
      { path: 'law', sort: 'text', required: true },
      { path: 'article', sort: 'text' },
    ] },
    { path: 'conditions', sort: 'lines', wide: true },
    { path: 'steps', sort: 'lines', wide: true },
  ] },
  { name: 'materials', fields: [
    { path: 'materials', first: { code: '', name: '', form: 'upload', from: 'applicant', shared: false, copies: 1 }, parts: [
      { path: 'name', sort: 'text', required: true },
      { path: 'code', sort: 'text', required: true },
      { path: 'form', sort: 'choice', choices: ['noneed', 'upload', 'paper', 'form', 'licence'], words: (code) => `hallweb.form.${code}`, required: true },
      { path: 'grade', sort: 'choice', choices: ['A', 'B', 'C', 'D'], words: (code) => `items.grade.${code}` },
      { path: 'from', sort: 'text' },
      { path: 'copies', sort: 'number', least: 0, most: 99 },
      { path: 'shared', sort: 'flag' },
      { path: 'when', sort: 'text' },
      { path: 'note', sort: 'text' },
      { path: 'sample', sort: 'file' },
      { path: 'template', sort: 'file' },
    ] },
  ] },
  { name: 'result', fields: [
    { path: 'fee.charged', sort: 'flag' },
    { path: 'fee.standard', sort: 'long', wide: true },
    { path: 'fee.basis', sort: 'text', wide: true },
    { path: 'result.name', sort: 'text' },
    { path: 'result.name_en', sort: 'text' },
    { path: 'result.type', sort: 'choice', choices: ['licence', 'approval', 'certificate', 'none'], words: (code) => `items.result.${code}` },
    { path: 'result.electronic', sort: 'flag' },
    { path: 'delivery', sort: 'many', choices: ['courier', 'pickup', 'electronic'], words: (code) => `hallweb.delivery.${code}`, wide: true },
  ] },
  { name: 'online', fields: [
    { path: 'star', sort: 'choice', choices: ['1', '2', '3', '4', '5'], words: (code) => `items.star.${code}`, required: true },
    { path: 'in_person', sort: 'number', least: 0, most: 20 },
    { path: 'account', sort: 'choice', choices: ['plain', 'real_name', 'ca'], words: (code) => `hallweb.account.${code}` },
    { path: 'options', sort: 'many', choices: options, words: (code) => `hallweb.option.${code}`, wide: true },
  ] },
  { name: 'window', fields: [
    { path: 'window.place', sort: 'text' },
    { path: 'window.address', sort: 'text', wide: true },
    { path: 'window.traffic', sort: 'text', wide: true },
    { path: 'window.hours', sort: 'text' },
    { path: 'phone', sort: 'text' },
    { path: 'complaint_phone', sort: 'text' },
    { path: 'window.lat', sort: 'number', least: -90, most: 90, hint: true },
    { path: 'window.lon', sort: 'number', least: -180, most: 180 },
  ] },
];

/** How an item ends: what each kind is asked. */
export function endingFields(kind: string, materials: readonly string[]): Field[] {
  const all: Field[] = [
    { path: 'basis', sort: 'long', required: true, wide: true, hint: true },
    { path: 'day', sort: 'day', required: true },
  ];
  if (kind === 'merged') all.push({ path: 'into', sort: 'text', required: true, hint: true });
  if (kind === 'struck') all.push({ path: 'material', sort: 'choice', choices: materials, required: true });
  return [...all, { path: 'zh', sort: 'long', wide: true, required: kind === 'delegated', hint: true }, { path: 'en', sort: 'long', wide: true }];
}

/** Words of a member: those of a part stand below the part's name (materials[2].name → materials.name). */
export const nameOf = (path: string) => path.replace(/\[\d+\]/g, '');
