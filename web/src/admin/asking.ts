// Something is sent, and the answer or the refusal is shown where it was asked.
import { nextTick, reactive } from 'vue';
import { Refused } from '@/api/client';
import { t, words } from '@/words/words';

export function useAsking() {
  const asking = reactive({ busy: false, refused: '', wrong: {} as Record<string, string> });
  return {
    asking,
    clear() {
      asking.refused = '';
      asking.wrong = {};
    },
    /** Its answer; nothing when it was refused, or nobody answered. */
    async ask<T>(call: () => Promise<T>): Promise<T | undefined> {
      asking.busy = true;
      asking.refused = '';
      asking.wrong = {};
      try {
        return await call();
      } catch (error) {
        if (error instanceof Refused) {
          asking.refused = error.sentence(words.language);
          asking.wrong = error.fields(words.language);
        } else asking.refused = t('web.unreachable_kept');
        return undefined;
      } finally {
        asking.busy = false;
      }
    },
  };
}

/** A list of rows as a file for a spreadsheet program, which begins with a BOM to be read as UTF-8. */
export function saveFile(name: string, text: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob(['\ufeff', text], { type: 'text/csv;charset=utf-8' }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href));
}

/** Where the panel stands above the list (a telephone), what was chosen comes into view. */
export async function showPanel() {
  await nextTick();
  document.querySelector('.admin .panel-box')?.scrollIntoView({ block: 'nearest' });
}

/** One cell of a CSV file. */
export const cell = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);
