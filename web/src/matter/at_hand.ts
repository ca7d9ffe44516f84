// The matter whose form is open: what a field offers may depend on it.
import { inject, provide, type InjectionKey, type Ref } from 'vue';
import type { Matter, MatterRow } from '@/api/client';

interface AtHand {
  matter: Matter;
  step: string;
}
const key: InjectionKey<Readonly<Ref<AtHand | undefined>>> = Symbol('at hand');
export const provideAtHand = (given: Readonly<Ref<AtHand | undefined>>) => provide(key, given);
export const atHand = () => inject(key, undefined);

/** What two matters have in common as far as a list tells it: text key and what fills it. */
export function common(one: MatterRow, other: MatterRow): { key: string; data: Record<string, string> }[] {
  const all: { key: string; data: Record<string, string> }[] = [];
  if (one.class && one.class === other.class) all.push({ key: 'work.same.class', data: {} });
  if (one.kind && one.kind === other.kind) all.push({ key: 'work.same.kind', data: {} });
  if (one.region && one.region === other.region) all.push({ key: 'work.same.region', data: {} });
  const lead = (row: MatterRow) => row.assignments?.find(({ share, progress }) => share === 'lead' && progress !== 'returned')?.unit?.code;
  if (lead(one) && lead(one) === lead(other)) all.push({ key: 'work.same.unit', data: {} });
  const days = Math.round(Math.abs(Date.parse(one.filed_at) - Date.parse(other.filed_at)) / 86_400_000);
  if (days <= 30) all.push({ key: 'alike.days', data: { days: String(days) } });
  return all;
}
