// The words of these pages, kept in the browser, so that they can be read without a connection. They are asked for anew
// behind what is shown.
import { send } from '@/api/client';
import { words, type Language } from '@/words/words';

const groups = /^(web\.(both|yes$|no$|me\.|theme\.|age_|unreachable|again|remove|to_start|close)|ui\.(code|number|language|loop_|story|skip|emergency|with_|last_day|track|name|sign_in|login|password)|step\.|stage\.|choice\.|procedure\.|apply\.|hall\.(group|licence|rating)\.|refusal\.(field|material|agent|rating)\.|kind\.|report\.map|hints\.emergency|role\.|refusal\.http|field\.|hallweb\.|hallhome\.|floorweb\.|floor\.)/;
const place = (language: Language) => `banyan.words.${language}`;

async function ask(language: Language) {
  const all = (await (await send(`/api/v1/texts/${language}`, {})).json()) as Record<string, string>;
  const mine = Object.fromEntries(Object.entries(all).filter(([key]) => groups.test(key)));
  words.texts[language] = mine;
  localStorage.setItem(place(language), JSON.stringify(mine));
}

export async function loadKeptWords(language: Language = words.language) {
  const kept = localStorage.getItem(place(language));
  if (!kept) return ask(language);
  words.texts[language] ??= JSON.parse(kept) as Record<string, string>;
  void ask(language).catch(() => {});
}
