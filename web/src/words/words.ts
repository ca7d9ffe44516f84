// Every word people read comes from texts/*.json of the server, in Chinese and English. Keys of the pages begin with
// `web.`; a rulebook's stages, steps and fields have theirs in groups (docs/words.md).
import { shallowReactive, watchEffect } from 'vue';
import { Refused, send, type Names } from '@/api/client';

export type Language = 'zh' | 'en';
type Texts = Record<string, string>;

const stored = localStorage.getItem('banyan.language');
// A page shows hundreds of texts: what is drawn follows the language and its list, not each text of it.
export const words = shallowReactive({
  language: (stored === 'zh' || stored === 'en' ? stored : navigator.language.startsWith('en') ? 'en' : 'zh') as Language,
  texts: shallowReactive({} as Partial<Record<Language, Texts>>),
});

export async function loadWords(language: Language = words.language) {
  words.texts[language] ??= (await (await send(`/api/v1/texts/${language}`, {})).json()) as Texts;
}

export async function speak(language: Language) {
  await loadWords(language);
  words.language = language;
  localStorage.setItem('banyan.language', language);
}

watchEffect(() => {
  document.documentElement.lang = words.language === 'zh' ? 'zh-CN' : 'en';
});

/** The sentence of a key, its {names} filled in. */
export function t(key: string, params: Record<string, string | number> = {}): string {
  const text = words.texts[words.language]?.[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}

export const has = (key: string) => words.texts[words.language]?.[key] !== undefined;

/** A word of a group, or the code itself where the city's texts do not know it. */
export const word = (group: string, code: string | null | undefined) => (code ? (words.texts[words.language]?.[`${group}.${code}`] ?? code) : '');

export const named = (names: Names | undefined) => names?.[words.language] ?? '';

/** What is said of something that failed: the server's sentence, or that nobody answered. `kept`: what was written is still there. */
export const sentenceOf = (error: unknown, kept = false) => (error instanceof Refused ? error.sentence(words.language) : t(kept ? 'web.unreachable_kept' : 'web.unreachable'));

/** Several parts as people list them. */
export const joined = (all: string[]) => all.reduce((a, b) => (a ? t('web.both', { a, b }) : b), '');
