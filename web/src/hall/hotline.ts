// From the hall to the hotline's one box, with the words taken along. Not in the address: they are a person's own.
import { draft } from '@/me/draft';
import { go } from '@/me/route';

export function tellHotline(words: string) {
  if (!draft.body.includes(words)) draft.body = draft.body.trim() ? `${draft.body.trimEnd()}\n${words}` : words;
  return go('/');
}
