// Requests of who files: with an account as that person, else as nobody at all, even where a colleague is signed in to the desks
// in the same browser or somebody looked at another appeal.
import { inItsName, Refused, send, session, Unreachable, type Problem } from '@/api/client';
import { visitor } from './visitor';

export const account = () => visitor.session?.person?.login ?? '';
const asWho = (): RequestInit => (account() ? {} : { credentials: 'omit' });

export async function ask<T>(url: string, body?: string, key?: string): Promise<T> {
  const headers: Record<string, string> = {};
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (body !== undefined && account()) headers['X-CSRF-Token'] = session.csrf;
  if (key) headers['Idempotency-Key'] = key;
  const response = await send(url, { ...asWho(), method: body === undefined ? 'GET' : 'POST', headers, body });
  return (await response.json()) as T;
}

export interface Uploaded {
  file: string;
  until: string;
}

/** Only XMLHttpRequest tells how far an upload is. It has no way to leave a cookie at home, so only a page without one, or of an
    account, uses it; otherwise the upload is told as begun and done. */
export function upload(photo: Blob, told: (percent: number) => void): Promise<Uploaded> {
  const type = photo.type || 'application/octet-stream';
  if (!visitor.asked || visitor.cookie !== Boolean(account())) {
    const headers: Record<string, string> = { 'Content-Type': type };
    if (account()) headers['X-CSRF-Token'] = session.csrf;
    return send('/api/v1/files', { ...asWho(), method: 'POST', headers, body: photo }).then((response) => response.json() as Promise<Uploaded>);
  }
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/api/v1/files');
    request.setRequestHeader('Content-Type', type);
    if (account()) request.setRequestHeader('X-CSRF-Token', session.csrf);
    for (const [name, value] of Object.entries(inItsName())) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => told(Math.floor((loaded / total) * 100));
    request.onerror = () => failed(new Unreachable('upload'));
    request.onload = () => {
      try {
        const answer = JSON.parse(request.responseText) as Uploaded | Problem;
        if (request.status === 201) done(answer as Uploaded);
        else failed(new Refused(answer as Problem));
      } catch {
        failed(new Unreachable(String(request.status)));
      }
    };
    request.send(photo);
  });
}
