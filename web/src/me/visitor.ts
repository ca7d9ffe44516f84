// Who looks: by receipt number and query code, or with an account. Staff who come here are nobody in particular.
import { reactive } from 'vue';
import { api, Refused, session, type Session } from '@/api/client';
import { toMyself } from '@/mine/acting';

export const visitor = reactive({ session: undefined as Session | undefined, cookie: false, asked: false });

function take(given: Session) {
  session.set(given.csrf);
  visitor.cookie = true;
  visitor.session = given.role === 'appellant' ? given : undefined;
}

export async function resume() {
  try {
    take(await api.get('/api/v1/sessions/current', {}));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  } finally {
    visitor.asked = true;
  }
}

export async function enter(by: { number: string; code: string } | { login: string; password: string }) {
  toMyself();
  take(await api.post('/api/v1/sessions', { body: by }));
}

export async function leave() {
  toMyself();
  visitor.session = undefined;
  visitor.cookie = false;
  await api.delete('/api/v1/sessions/current', {}).catch(() => {});
  session.set('');
}
session.onEnd(() => (visitor.session = undefined));
