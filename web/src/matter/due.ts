// Until when, in words: how much is left of a limit, and each day on the way there.
import { computed } from 'vue';
import type { Due, Light } from '@/api/client';
import { calendar, dayKind } from '@/words/catalogues';
import { nextDay, showDay, today } from '@/words/time';
import { t } from '@/words/words';

/** Working days from each last day to today, counted once; again on another day or with another calendar. */
const behind = computed(() => {
  void today();
  void calendar();
  return new Map<string, number>();
});

/** Working days behind the last one, today included. */
function lateBy(due: Due): number {
  const known = behind.value.get(due.last_day);
  if (known !== undefined) return known;
  const now = today();
  let days = 0;
  for (let day = nextDay(due.last_day), most = 400; day <= now && most > 0; day = nextDay(day), most--) if (dayKind(day).worked) days++;
  behind.value.set(due.last_day, days);
  return days;
}

export function leftOf(due: Due, light?: Light): string {
  const late = lateBy(due);
  if (light === 'grey') return t('light.grey');
  if (due.last_day < today()) return late ? t('web.late_by', { days: late }) : t('light.red');
  if (due.last_day === today()) return t('web.due_today');
  return t('web.days_left', { days: due.working_days_left });
}

/** In a list: the last day, and in words only what presses. */
export function shortOf(due: Due, light?: Light): string {
  const late = lateBy(due);
  if (light === 'grey') return t('light.grey');
  if (due.last_day < today()) return late ? t('web.short_late', { days: late }) : t('light.red');
  return due.last_day === today() ? t('web.short_today') : showDay(due.last_day);
}

export const kMostDays = 21;

/** From today on, or from the last day on where that is over. */
export function daysOf(due: Due) {
  const all: { day: string; worked: boolean; note: string; today: boolean }[] = [];
  const late = due.last_day < today();
  for (let day = late ? due.last_day : today(); day <= (late ? today() : due.last_day) && all.length < kMostDays; day = nextDay(day)) all.push({ day, ...dayKind(day), today: day === today() });
  return all;
}
