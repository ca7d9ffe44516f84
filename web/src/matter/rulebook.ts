// The rulebooks in force, as the server describes them: stages with their owners, steps with their forms as JSON Schema.
// Everything a desk shows of a matter comes from here; no page knows a procedure.
import { shallowReactive } from 'vue';
import { api } from '@/api/client';

export type FieldType =
  | 'text' | 'choice' | 'flag' | 'integer' | 'day' | 'instant' | 'code' | 'unit' | 'units' | 'region' | 'point' | 'matter' | 'phone'
  | 'identity' | 'object' | 'list' | 'files';

export interface FieldSchema {
  'x-type': FieldType;
  'x-personal'?: boolean;
  'x-shown-when'?: Record<string, string>;
  description?: string;
  enum?: string[];
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  maxItems?: number;
  items?: FormSchema;
}

export interface FormSchema {
  properties?: Record<string, FieldSchema>;
  required?: string[];
}

export interface Step {
  name: string;
  opens: boolean;
  on_assignment: boolean;
  from: string[];
  to?: string;
  undo?: string;
  by: string[];
  form: FormSchema;
}

export interface Rulebook {
  name: string;
  stages: { name: string; final: boolean; owner: string }[];
  steps: Step[];
}

const known = shallowReactive(new Map<string, Rulebook>());
const coming = new Map<string, Promise<Rulebook>>();

export function rulebook(name: string): Promise<Rulebook> {
  let asked = coming.get(name);
  if (!asked) {
    asked = api.get('/api/v1/procedures/{name}', { path: { name } }).then((told) => {
      const book = told as unknown as Rulebook;
      known.set(name, book);
      return book;
    });
    asked.catch(() => coming.delete(name));
    coming.set(name, asked);
  }
  return asked;
}

export async function allRulebooks(): Promise<Rulebook[]> {
  const { procedures } = await api.get('/api/v1/procedures', {});
  return Promise.all(procedures.map(({ name }) => rulebook(name)));
}

export const stepOf = (procedure: string, step: string) => known.get(procedure)?.steps.find(({ name }) => name === step);

/** A form that asks nothing is taken with one key. */
export const asksNothing = (step: Step | undefined) => Object.keys(step?.form.properties ?? {}).length === 0;
