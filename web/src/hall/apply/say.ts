// What was answered, as people read it: without a schema, since a case keeps answers and no types.
import { showFullDay } from '@/words/time';
import { has, t, word } from '@/words/words';

export function showAnswer(name: string, value: unknown): string {
  if (typeof value === 'boolean') return t(value ? 'web.yes' : 'web.no');
  if (typeof value !== 'string') return value === undefined || value === null ? '' : String(value);
  if (has(`choice.${name}.${value}`)) return word(`choice.${name}`, value);
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? showFullDay(value) : value;
}

/** 200.00 元 of 20000 fen. */
export const showYuan = (fen: number) => t('apply.yuan', { yuan: (fen / 100).toLocaleString('en-US', { minimumFractionDigits: 2 }) });

/** A check code in groups that can be read aloud: d655 7ecc 596c d6c1. */
export const showCheck = (code: string) => code.replace(/(.{4})(?=.)/g, '$1 ');

export interface GivenRow {
  code: string;
  name: string;
  how: string;
  files: string[];
}
const parsed = (text: unknown): unknown => {
  try {
    return typeof text === 'string' ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
};
/** What a form asked, as a case keeps it; nothing: it is no such text, or masked. */
export function answersIn(text: unknown): [string, unknown][] | undefined {
  const read = parsed(text);
  return read && typeof read === 'object' && !Array.isArray(read) ? Object.entries(read).filter(([name]) => name !== 'applicant') : undefined;
}
export function givenIn(text: unknown): GivenRow[] | undefined {
  const read = parsed(text);
  return Array.isArray(read) ? (read as GivenRow[]) : undefined;
}
