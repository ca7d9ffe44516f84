// The one way to the server: typed by /openapi.json (types.ts), with the session's CSRF token. What is refused is thrown
// as `Refused`, in words for people.
import type { components, paths } from './types';

export type Schemas = components['schemas'];
export type Problem = Schemas['problem'];
export type Matter = Schemas['matter'];
export type MatterRow = Schemas['matter_row'];
export type Share = Schemas['share'];
export type Due = Schemas['due'];
export type Light = Schemas['light'];
export type Offer = Schemas['offer'];
export type Unit = Schemas['unit'];
export type UnitInTree = Schemas['unit_in_tree'];
export type Names = Schemas['names'];
export type Session = Schemas['session'];
export type Outcome = Schemas['outcome'];
export type Entry = Schemas['timeline_entry'];
export type Figures = Schemas['figures'];

type Method = 'get' | 'post' | 'delete';
type With<M extends Method> = { [P in keyof paths]: paths[P] extends Record<M, { responses: unknown }> ? P : never }[keyof paths];
type Operation<P extends keyof paths, M extends Method> = paths[P] extends Record<M, infer O> ? O : never;
type Good<O> = O extends { responses: infer R } ? (R extends { 200: infer G } ? G : R extends { 201: infer G } ? G : never) : never;
type Reply<O> = Good<O> extends { content: { 'application/json': infer B } } ? B : never;
type Query<O> = O extends { parameters: { query?: infer Q } } ? Q : never;
type Path<O> = O extends { parameters: { path: infer Q } } ? { path: Q } : { path?: undefined };
type Body<O> = O extends { requestBody: { content: { 'application/json': infer B } } } ? { body: B } : { body?: undefined };
type Asked<O, M extends Method> = Path<O> & { query?: Query<O>; signal?: AbortSignal } & (M extends 'get' ? object : Body<O> & { key?: string; version?: number });

/** What the server said no to. `key` is stable; `sentence` is for people. */
export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.title);
  }
  get key() {
    return this.problem.key;
  }
  sentence(language: 'zh' | 'en') {
    return this.problem.text[language];
  }
  /** field name → what is wrong with it. */
  fields(language: 'zh' | 'en'): Record<string, string> {
    const all: Record<string, string> = {};
    for (const fault of [this.problem, ...(this.problem.others ?? [])])
      if (fault.field) all[fault.field.replace(/^(form|body|query)\./, '')] ??= fault.text[language];
    return all;
  }
}

/** No answer came: the connection, not the rules. */
export class Unreachable extends Error {}

let csrf = '';
let signedOut: () => void = () => {};
export const session = {
  set(token: string) {
    csrf = token;
  },
  get csrf() {
    return csrf;
  },
  /** Called when the server no longer knows who this is. */
  onEnd(call: () => void) {
    signedOut = call;
  },
};

function address(pattern: string, path?: object, query?: object) {
  const filled = pattern.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String((path as Record<string, unknown>)[name])));
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) if (value !== undefined && value !== '') given.set(name, String(value));
  const text = given.toString();
  return text ? `${filled}?${text}` : filled;
}

/** The company somebody acts for, by its code: every request says so, and the server looks at the mandate each time. */
export const acting = { company: '', ended: (_problem: Problem) => {} };
export const inItsName = (): Record<string, string> => (acting.company ? { 'X-Company': acting.company } : {});

export async function send(url: string, options: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, acting.company ? { ...options, headers: { ...(options.headers as Record<string, string> | undefined), ...inItsName() } } : options);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Unreachable(String(error));
  }
  if (response.ok) return response;
  if (!response.headers.get('Content-Type')?.startsWith('application/problem+json')) throw new Unreachable(String(response.status));
  const problem = (await response.json()) as Problem;
  if (problem.key === 'session.needed') signedOut();
  if (acting.company && /^mandate\.(none|withdrawn|ended)$/.test(problem.key)) acting.ended(problem);
  throw new Refused(problem);
}

type Given = { path?: object; query?: object; body?: unknown; signal?: AbortSignal; key?: string; version?: number };

async function call(method: Method, pattern: string, asked: Given) {
  const headers: Record<string, string> = {};
  if (method !== 'get') {
    headers['X-CSRF-Token'] = csrf;
    headers['Content-Type'] = 'application/json';
  }
  if (asked.key) headers['Idempotency-Key'] = asked.key;
  if (asked.version !== undefined) headers['If-Match'] = `"${asked.version}"`;
  const response = await send(address(pattern, asked.path, asked.query), {
    method: method.toUpperCase(),
    headers,
    body: method === 'get' ? undefined : JSON.stringify(asked.body ?? {}),
    signal: asked.signal,
  });
  if (response.status === 204) return undefined;
  return response.headers.get('Content-Type')?.startsWith('application/json') ? response.json() : response.text();
}

export const api = {
  get: <P extends With<'get'>>(path: P, asked: Asked<Operation<P, 'get'>, 'get'>) => call('get', path, asked as Given) as Promise<Reply<Operation<P, 'get'>>>,
  post: <P extends With<'post'>>(path: P, asked: Asked<Operation<P, 'post'>, 'post'>) => call('post', path, asked as Given) as Promise<Reply<Operation<P, 'post'>>>,
  delete: <P extends With<'delete'>>(path: P, asked: Asked<Operation<P, 'delete'>, 'delete'>) => call('delete', path, asked as Given),
  /** A catalogue, as rows by the names of its columns. */
  async catalogue(name: string): Promise<Record<string, string>[]> {
    const text = (await call('get', '/api/v1/catalogues/{name}', { path: { name } })) as string;
    const [head, ...rows] = text.trim().split('\n').map(csv);
    return rows.map((row) => Object.fromEntries(head!.map((column, n) => [column, row[n] ?? ''])));
  },
  /** Sends a file; its address then stands in a form. */
  async upload(file: File): Promise<{ file: string }> {
    const response = await send('/api/v1/files', { method: 'POST', headers: { 'X-CSRF-Token': csrf, 'Content-Type': file.type || 'application/octet-stream' }, body: file });
    return response.json();
  },
};

function csv(line: string): string[] {
  const cells: string[] = [];
  for (const [, quoted, plain] of line.replace(/\r$/, '').matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)) cells.push(quoted?.replace(/""/g, '"') ?? plain ?? '');
  return cells;
}

/** One for each thing a person means to do once: sent again, it is done once. */
export const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (n) => n.toString(16).padStart(2, '0')).join('');
