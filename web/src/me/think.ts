// While somebody writes: what the knowledge base answers, what others have said, where it seems to belong, and whether it is
// something for an emergency line.
import { reactive } from 'vue';
import type { Schemas } from '@/api/client';
import { ask } from './ask';

type Intake = Schemas['intake_hints'];
type Answer = Schemas['knowledge_answer'];
type Public = Schemas['PublicMatter'];

export const thought = reactive({ intake: undefined as Intake | undefined, answers: [] as Answer[], alike: [] as Public[], of: '' });
let turn = 0;
let later: ReturnType<typeof setTimeout> | undefined;

async function think(body: string, place: string) {
  const mine = ++turn;
  const post = JSON.stringify({ body, place: place || undefined });
  const [intake, answers, alike] = await Promise.all([
    ask<Intake>('/api/v1/hints/intake', post).catch(() => undefined),
    ask<{ good: boolean; answers: Answer[] }>(`/api/v1/knowledge/search?limit=3&q=${encodeURIComponent([...body].slice(0, 100).join(''))}`).catch(() => undefined),
    ask<{ matters: { public?: Public }[] }>('/api/v1/hints/alike', JSON.stringify({ body, place: place || undefined, limit: 3 })).catch(() => undefined),
  ]);
  if (mine !== turn) return;
  thought.intake = intake;
  thought.answers = answers?.answers.filter(({ good, kind }) => good && kind === 'entry').slice(0, 2) ?? [];
  thought.alike = alike?.matters.flatMap((each) => (each.public ? [each.public] : [])) ?? [];
  thought.of = body;
}

export function thinkAbout(body: string, place: string, wait_ms = 600) {
  clearTimeout(later);
  if ([...body.trim()].length < 4) {
    turn++;
    Object.assign(thought, { intake: undefined, answers: [], alike: [], of: '' });
    return;
  }
  later = setTimeout(() => void think(body.trim(), place.trim()), wait_ms);
}
