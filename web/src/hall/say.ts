// The hall's words: days, situations, names in the language that is read. What a guide says is Chinese; where it stands in an
// English page it is marked so.
import { computed } from 'vue';
import { has, t, words } from '@/words/words';
import type { Row, Trips } from './ask';

/** The lang of text that is Chinese whatever the page speaks. */
export const inChinese = computed(() => (words.language === 'en' ? 'zh-CN' : undefined));
export const english = () => words.language === 'en';

export const showDays = (n: number) => (n === 1 ? t('hallweb.day') : t('hallweb.days', { n }));
export const count = (n: number) => n.toLocaleString('en-US');
export const share = (part: number, of: number) => `${of ? ((part / of) * 100).toFixed(part === of || !part ? 0 : 2) : 0}%`;

/** A name in the language of the page; a place may have a Chinese one only. */
export const nameOf = (each: { zh: string; en?: string } | undefined) => (each ? (english() && each.en) || each.zh : '');
export const langOf = (each: { zh: string; en?: string } | undefined) => (english() && each && !each.en ? 'zh-CN' : undefined);

export const titleOf = (item: { name: string; name_en?: string }) => nameOf({ zh: item.name, en: item.name_en });
export const titleLang = (item: { name: string; name_en?: string }) => langOf({ zh: item.name, en: item.name_en });

type Situated = { situation: string; situation_name?: string; situation_name_en?: string };
/** Empty where an item has one situation only. */
export function situationOf({ situation, situation_name, situation_name_en }: Situated): string {
  if (situation === 'whole') return '';
  const key = `hallweb.situation.${situation}`;
  if (english()) return situation_name_en || (has(key) ? t(key) : (situation_name ?? ''));
  return situation_name || (has(key) ? t(key) : '');
}
export const situationLang = (each: Situated) => (english() && !each.situation_name_en && !has(`hallweb.situation.${each.situation}`) ? 'zh-CN' : undefined);

export const tripsWord = (trips: Trips) => t(`hallweb.trips.${trips}`);
export const limitOf = ({ kind, promised_days }: Pick<Row, 'kind' | 'promised_days'>) => (kind === 'instant' ? t('hallweb.on_the_spot') : showDays(promised_days));
/** A telephone's number stays on one line, and is dialled by its digits. */
export const showPhone = (phone: string) => phone.replace(/-/g, '\u2011').replace(/ /g, '\u00a0');
export const dial = (phone: string) => `tel:${phone.replace(/[^\d+]/g, '')}`;

/** A word of one of the hall's closed lists; a code that came later is shown as it is. */
export const wordOr = (key: string, code: string) => (has(key) ? t(key) : code);
