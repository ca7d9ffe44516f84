// Appeals through HAProxy, as a page sends them: each with a key, asked again with the same key until it is answered.
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';

export class Load {
  constructor(address, people = 12) {
    this.address = address;
    this.acknowledged = new Map();  // key: id of the matter
    this.answered = [];             // when each was asked and answered, ms
    this.tries = 0;
    this.over = false;
    this.people = Array.from({ length: people }, () => this.person());
  }
  async person() {
    while (!this.over) {
      const key = randomUUID();
      const body = JSON.stringify({ procedure: 'appeal', form: { title: '路灯不亮', body: '整排不亮', channel: 'web', kind: 'complaint' } });
      for (let begun = Date.now(); ; await wait(100), begun = Date.now()) {
        ++this.tries;
        try {
          const told = await fetch(`${this.address}/api/v1/matters`, { method: 'POST', headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key }, body, signal: AbortSignal.timeout(20_000) });
          const said = await told.json();
          if (told.ok) {
            this.acknowledged.set(key, said.id);
            this.answered.push([begun, Date.now()]);
            break;
          }
          if (told.status < 500 && told.status !== 429) throw Object.assign(new Error(`refused: ${told.status} ${JSON.stringify(said)}`), { refused: true });
        } catch (error) {
          if (error.refused) { this.broken = error; return; }
        }
      }
    }
  }
  /** How long after `from` the first was answered that was asked after it; nothing: none yet. */
  firstSuccess(from) {
    const after = this.answered.filter(([begun]) => begun >= from).map(([, answered]) => answered - from);
    return after.length ? Math.min(...after) : null;
  }
  /** Whoever has asked waits for the answer. */
  async stop() {
    this.over = true;
    await Promise.all(this.people);
    if (this.broken) throw this.broken;
  }
}
