// Items somebody keeps at hand: by the server for an account, on this device for everybody else.
import { reactive, watch } from 'vue';
import { account } from '@/me/ask';
import { visitor } from '@/me/visitor';
import { onBehalf } from './acting';
import { askFavourites, dropFavourite, keepFavourite, type Favourite } from './server';

export interface KeptHere {
  item: string;
  name: string;
  kept_at: string;
}
const kName = 'banyan.favourites';
function read(): KeptHere[] {
  try {
    const found = JSON.parse(localStorage.getItem(kName) ?? '[]') as KeptHere[];
    return Array.isArray(found) ? found : [];
  } catch {
    return [];
  }
}
export const favourites = reactive({ here: read(), told: undefined as Favourite[] | undefined });
watch(() => favourites.here, (all) => {
  try {
    localStorage.setItem(kName, JSON.stringify(all));
  } catch {
    // a browser that keeps nothing: they are there as long as the page
  }
}, { deep: true });

export async function load() {
  favourites.told = account() ? await askFavourites() : undefined;
}
watch(() => [visitor.asked, account(), onBehalf.company?.code], ([asked]) => void (asked && load().catch(() => (favourites.told = undefined))), { immediate: true });

export const isKept = (code: string) => (account() ? Boolean(favourites.told?.some(({ item }) => item === code)) : favourites.here.some(({ item }) => item === code));
export async function keep(code: string, name: string) {
  if (account()) {
    await keepFavourite(code);
    await load();
  } else if (!isKept(code)) favourites.here.unshift({ item: code, name, kept_at: new Date().toISOString() });
}
export async function drop(code: string) {
  if (account()) {
    await dropFavourite(code);
    await load();
  } else favourites.here = favourites.here.filter(({ item }) => item !== code);
}
/** What this device has goes to the account, and is kept here no longer. */
export async function moveHere() {
  for (const { item } of [...favourites.here]) {
    await keepFavourite(item);
    favourites.here = favourites.here.filter((each) => each.item !== item);
  }
  await load();
}
