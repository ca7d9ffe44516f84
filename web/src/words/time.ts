// Days and instants as people of the city read them. The city has one zone; its clock is the server's.
import { computed, reactive } from 'vue';
import { t, words } from './words';

export const kZone = 'Asia/Shanghai';
/** Of UTC, the same all year. Days are counted by the thousand for a list, so none is asked of the browser's calendar. */
const kAhead_ms = 8 * 3_600_000;
const clock = reactive({ ahead_ms: 0, minute: 0 });

const kOff_ms = 1000;  // an answer's way here: what shows a time is not drawn anew for less

/** The server's clock at an answer; the demo's is another day than ours. */
export function setClock(at: string) {
  const ahead_ms = Date.parse(at) - Date.now();
  if (Math.abs(ahead_ms - clock.ahead_ms) > kOff_ms) clock.ahead_ms = ahead_ms;
}
setInterval(() => clock.minute++, 20_000);

/** The city's time now; what is shown of it is renewed by itself. */
export function now(): Date {
  void clock.minute;
  return new Date(Date.now() + clock.ahead_ms);
}

const formats = new Map<string, Intl.DateTimeFormat>();
function format(options: Intl.DateTimeFormatOptions) {
  const locale = words.language === 'zh' ? 'zh-CN' : 'en-GB';
  const name = locale + JSON.stringify(options);
  let found = formats.get(name);
  if (!found) formats.set(name, (found = new Intl.DateTimeFormat(locale, { timeZone: kZone, ...options })));
  return found;
}

/** "2026-10-09" of an instant, in the city. */
export function dayOf(at: Date | string): string {
  return new Date(new Date(at).getTime() + kAhead_ms).toISOString().slice(0, 10);
}
const day_now = computed(() => dayOf(now()));
export const today = () => day_now.value;

const noon = (day: string) => new Date(`${day}T12:00:00+08:00`);
export const nextDay = (day: string) => dayOf(new Date(noon(day).getTime() + 86_400_000));

/** 10月13日; with the year when it is another. */
export function showDay(day: string): string {
  const other = day.slice(0, 4) !== today().slice(0, 4);
  return format({ month: words.language === 'zh' ? 'long' : 'short', day: 'numeric', ...(other ? { year: 'numeric' } : {}) }).format(noon(day));
}
export const showFullDay = (day: string) => format({ year: 'numeric', month: words.language === 'zh' ? 'long' : 'short', day: 'numeric' }).format(noon(day));
export const showWeekday = (day: string) => format({ weekday: 'short' }).format(noon(day));
/** 2026年9月 of "2026-09"; below a bar 9月. */
export const monthName = (month: string) => format({ year: 'numeric', month: words.language === 'zh' ? 'long' : 'short' }).format(noon(`${month}-01`));
export const monthShort = (month: string) => format({ month: words.language === 'zh' ? 'numeric' : 'short' }).format(noon(`${month}-01`));
export const showTime = (at: Date | string) => format({ hour: '2-digit', minute: '2-digit', hour12: false }).format(new Date(at));

/** 09:12 today, else 10月8日 09:12. */
export function showInstant(at: string): string {
  const day = dayOf(at);
  return day === today() ? showTime(at) : `${showDay(day)} ${showTime(at)}`;
}

/** 刚刚, 12 分钟, 3 小时, 2 天: how long ago. */
export function showAge(at: string): string {
  const minutes = Math.max(0, Math.floor((now().getTime() - Date.parse(at)) / 60_000));
  if (minutes < 1) return t('web.age_now');
  if (minutes < 60) return t('web.age_minutes', { n: minutes });
  if (minutes < 48 * 60) return t('web.age_hours', { n: Math.floor(minutes / 60) });
  return t('web.age_days', { n: Math.floor(minutes / 1440) });
}

/** A receipt number in groups that can be read aloud: 0000 1055 9284. */
export const showNumber = (number: string) => number.replace(/(\d{4})(?=\d)/g, '$1 ');
