// The lists behind the hall's figures: GET /api/v1/hall/today/cases, and their addresses on the desk.
import type { MatterRow } from '@/api/client';
import type { paths } from '@/api/types';

export type CasesAsked = NonNullable<paths['/api/v1/hall/today/cases']['get']['parameters']['query']>;
export type ListedCase = paths['/api/v1/hall/today/cases']['get']['responses']['200']['content']['application/json']['cases'][number];

const kParameters = ['what', 'way', 'stage', 'unit'] as const;

export const casesOf = (asked: Partial<CasesAsked>) => `/hall/cases?${new URLSearchParams(Object.entries(asked) as [string, string][]).toString()}`;

export const askedOf = (query: Record<string, unknown>) => Object.fromEntries(kParameters.flatMap((name) => (query[name] ? [[name, String(query[name])]] : []))) as unknown as CasesAsked;

/** Its item's name where the viewer may not read the case itself. */
export const shownRow = (row: ListedCase): MatterRow => ({ ...row.case, title: row.case.title || row.name });
