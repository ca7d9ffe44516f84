// A month of the appraisal as its pages hold it: the indicators, and each part asked for when it is looked at.
import { reactive } from 'vue';
import { api, type Schemas } from '@/api/client';
import { words } from '@/words/words';

export type Figure = Schemas['figure'];
export type UnitClass = Schemas['unit_class'];
type Replies<P extends keyof Asked> = Asked[P];
interface Asked {
  indicators: Awaited<ReturnType<typeof askIndicators>>;
  month: Awaited<ReturnType<typeof askMonth>>;
}
export type Month = Replies<'month'>;
export type Indicator = Replies<'indicators'>['indicators'][number];

const askIndicators = () => api.get('/api/v1/figures/indicators', {});
export const askMonth = (month: string) => api.get('/api/v1/figures/months/{month}', { path: { month } });
export const askMonths = () => api.get('/api/v1/figures/months', {}).then(({ months }) => months);
export const askClasses = (month: string) => api.get('/api/v1/figures/months/{month}/units', { path: { month } }).then(({ classes }) => classes);
export type By = 'kind' | 'class' | 'region' | 'channel';
export const askValues = (month: string, by: By, unit?: string) => api.get('/api/v1/figures/months/{month}/values', { path: { month }, query: { by, unit } }).then(({ values }) => values);

export const formulas = reactive({ told: undefined as Replies<'indicators'> | undefined });
/** Asked for once: they change with the program. */
export async function needFormulas() {
  formulas.told ??= await askIndicators();
}
export const indicator = (key: string): Indicator | undefined => formulas.told?.indicators.find((each) => each.key === key);

/** "93.75%", and — where nothing was counted or it is too little to be told. */
export const shown = (figure: Figure | undefined, none: string) => (figure?.value != null ? `${figure.value}%` : none);
export const said = (names: Schemas['names'] | undefined) => names?.[words.language] ?? '';

/** Whether more is better. Of the rest less is; of how often time was asked for, neither. */
const kLess = ['return', 'wrong_return', 'redo', 'extension'];
export const better = (key: string, change: number) => (kLess.includes(key) ? change < 0 : change > 0);
