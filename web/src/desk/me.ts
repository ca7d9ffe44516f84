// Who works here: the session, and what the desks show of the city.
import { reactive } from 'vue';
import { api, Refused, session, type Session } from '@/api/client';
import { begin, end } from '@/api/events';
import { setClock } from '@/words/time';

export const me = reactive({
  session: undefined as Session | undefined,
  city: '',
  demo: false,
  practice: false,
});

export const role = () => me.session?.role ?? '';

function take(given: Session) {
  session.set(given.csrf);
  me.session = given;
  begin(given.person?.login ?? '');
}

export async function loadCity() {
  const figures = await api.get('/api/v1/figures', {});
  setClock(figures.at);
  me.city = figures.city;
  me.demo = figures.demo;
  me.practice = figures.practice;
}

/** Whether somebody is signed in. */
export async function resume(): Promise<boolean> {
  try {
    take(await api.get('/api/v1/sessions/current', {}));
    return true;
  } catch (error) {
    if (error instanceof Refused) return false;
    throw error;
  }
}

export async function signIn(login: string, password: string) {
  take(await api.post('/api/v1/sessions', { body: { login, password } }));
}

/** The session it was changed in ends with all others; this one begins. */
export async function changePassword(old: string, chosen: string) {
  const { csrf } = await api.post('/api/v1/sessions/current/password', { body: { old, new: chosen } });
  session.set(csrf);
  await resume();
}

export async function signOut() {
  end();
  await api.delete('/api/v1/sessions/current', {});
  me.session = undefined;
}
