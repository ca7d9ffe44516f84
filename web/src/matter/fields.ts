// What sort of field a name is, learned from the rulebooks that were asked for: a matter's view names fields, not types.
import { reactive } from 'vue';
import type { FieldType, Rulebook } from './rulebook';

const types = reactive(new Map<string, FieldType>());

export function learnFields(book: Rulebook) {
  for (const step of book.steps) for (const [name, schema] of Object.entries(step.form.properties ?? {})) if (!types.has(name)) types.set(name, schema['x-type']);
}

export const fieldType = (name: string): FieldType => types.get(name) ?? 'text';
export const isLong = (name: string) => ['body', 'account', 'public_reply', 'summary', 'answer', 'text', 'words', 'reason', 'opinion', 'note', 'progress', 'question', 'explanation'].includes(name);
