// What a drill breaks: a PostgreSQL primary with a synchronous standby, nodes of the program, HAProxy before them. All of it on
// loopback, in a folder that goes with it. Node one reaches the database by 127.0.0.2, so that it alone can be cut off.
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync, appendFileSync, openSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const kPostgres = process.env.BANYAN_POSTGRES_BIN ?? '/usr/lib/postgresql/15/bin';
const kBinary = process.env.BANYAN_BINARY ?? 'build/release/banyan';
export const kCutAddress = '127.0.0.2';

const asPostgres = process.getuid() === 0 ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--init-groups', '--'] : [];
const run = (words, options = {}) => execFileSync(words[0], words.slice(1), { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], ...options });

async function freePort() {
  const server = createServer();
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

export async function until(what, holds, seconds = 60) {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await wait(50)) if (await holds()) return;
  throw new Error(`not within ${seconds} s: ${what}`);
}

/** One PostgreSQL server in `data`, as systemd would keep it: it is started again when it dies. */
class Database {
  constructor(folder, name, port) {
    this.data = join(folder, name, 'data');
    this.log = join(folder, `${name}.log`);
    this.port = port;
    this.process = null;
    this.kept = false;
  }
  url(who = 'postgres', database = 'banyan') { return `postgresql://${who}@127.0.0.1:${this.port}/${database}`; }
  ask(sql, database) { return run(['psql', '-X', '-q', '-A', '-t', '-w', '-c', sql, this.url('postgres', database)]).trim(); }
  up() {
    try { run([`${kPostgres}/pg_isready`, '-q', '-h', '127.0.0.1', '-p', `${this.port}`]); return true; } catch { return false; }
  }
  async start() {
    this.kept = true;
    const log = openSync(this.log, 'a');
    const words = [...asPostgres, `${kPostgres}/postgres`, '-D', this.data];
    this.process = spawn(words[0], words.slice(1), { cwd: '/', stdio: ['ignore', log, log], detached: true });
    this.process.on('exit', async () => {
      this.process = null;
      await wait(1000);
      if (this.kept) await this.start();
    });
    await until(`${this.data} takes connections`, () => this.up());
  }
  /** kill -9 of the server and all its backends: as if its machine had lost power. */
  async die() {
    this.kept = false;
    if (!this.process) return;
    const gone = new Promise((done) => this.process.once('exit', done));
    for (const pid of run(['pgrep', '-f', this.data], { encoding: 'utf8' }).trim().split('\n')) try { process.kill(Number(pid), 'SIGKILL'); } catch { /* gone already */ }
    await gone;
  }
}

/** One program; killed and started again as the drill wants. */
class Node {
  constructor(folder, name, port, db) {
    Object.assign(this, { data: join(folder, name), log: join(folder, `${name}.log`), port, db, process: null });
  }
  get address() { return `http://127.0.0.1:${this.port}`; }
  async start() {
    const log = openSync(this.log, 'a');
    this.process = spawn(kBinary, ['serve', '--data', this.data, '--db', this.db, '--listen', `127.0.0.1:${this.port}`, '--access-log', 'false'], { stdio: ['ignore', log, log] });
    await until(`${this.data} serves`, () => this.well());
  }
  async well() {
    try { return (await fetch(`${this.address}/healthz`, { signal: AbortSignal.timeout(1000) })).ok; } catch { return false; }
  }
  async end(signal) {
    if (this.process.exitCode !== null) return;
    const gone = new Promise((done) => this.process.once('exit', done));
    this.process.kill(signal);
    await gone;
    this.process = null;
  }
}

export class Service {
  /** `room_mb`: the primary's disk is a file system of its own of that size. */
  static async start({ room_mb = 0, connections = 100 } = {}) {
    const service = new Service();
    service.folder = mkdtempSync(join(tmpdir(), 'banyan-drill-'));
    chmodSync(service.folder, 0o755);
    try {
      await service.begin(room_mb, connections);
      return service;
    } catch (error) {
      await service.stop();
      throw error;
    }
  }
  async begin(room_mb, connections) {
    this.primary = new Database(this.folder, 'primary', await freePort());
    this.standby = new Database(this.folder, 'standby', await freePort());
    for (const each of [this.primary, this.standby]) this.room(each.data);
    if (room_mb) {
      this.disk = join(this.folder, 'primary');
      run(['mount', '-t', 'tmpfs', '-o', `size=${room_mb}m,mode=755`, 'tmpfs', this.disk]);
      this.room(this.primary.data);
    }
    run([...asPostgres, `${kPostgres}/initdb`, '-D', this.primary.data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync'], { cwd: '/' });
    appendFileSync(join(this.primary.data, 'postgresql.conf'), [
      `port = ${this.primary.port}`, `listen_addresses = '127.0.0.1, ${kCutAddress}'`, `unix_socket_directories = ''`, `max_connections = ${connections}`,
      'superuser_reserved_connections = 3', 'shared_buffers = 64MB', 'min_wal_size = 32MB', 'max_wal_size = 64MB', 'wal_keep_size = 32MB', 'hot_standby = on', 'fsync = on', 'synchronous_commit = on',
    ].join('\n') + '\n');
    appendFileSync(join(this.primary.data, 'pg_hba.conf'), 'host replication postgres 127.0.0.0/8 trust\n');
    await this.primary.start();
    for (const who of ['banyan', 'stranger']) this.primary.ask(`CREATE ROLE ${who} LOGIN`, 'postgres');
    this.primary.ask('CREATE DATABASE banyan OWNER banyan', 'postgres');
    this.copy(this.primary, this.standby);
    await this.standby.start();
    this.waitForStandby(this.primary);
    await until('the standby follows', () => this.primary.ask('SELECT sync_state FROM pg_stat_replication') === 'sync');

    const hosts = (host) => `postgresql://banyan@${host}:${this.primary.port},${host}:${this.standby.port}/banyan`;
    this.nodes = [new Node(this.folder, 'one', await freePort(), hosts(kCutAddress)), new Node(this.folder, 'two', await freePort(), hosts('127.0.0.1'))];
    await this.nodes[0].start();
    mkdirSync(this.nodes[1].data, { recursive: true, mode: 0o700 });
    cpSync(join(this.nodes[0].data, 'keys'), join(this.nodes[1].data, 'keys'), { recursive: true });  // one city, one set of keys
    await this.nodes[1].start();

    this.port = await freePort();
    const settings = join(this.folder, 'haproxy.cfg');
    writeFileSync(settings, `
defaults
  mode http
  timeout connect 1s
  timeout client 30s
  timeout server 30s
  timeout check 2s
  retries 2
  option redispatch
  retry-on conn-failure
backend nodes
  option httpchk GET /healthz
  default-server check inter 500ms fall 2 rise 1 on-marked-down shutdown-sessions
${this.nodes.map((node, n) => `  server node${n} 127.0.0.1:${node.port}`).join('\n')}
frontend city
  bind 127.0.0.1:${this.port}
  default_backend nodes
`);
    this.proxy = spawn('haproxy', ['-db', '-f', settings], { stdio: ['ignore', openSync(join(this.folder, 'haproxy.log'), 'a'), openSync(join(this.folder, 'haproxy.log'), 'a')] });
    await until('HAProxy serves', async () => {
      try { return (await fetch(`${this.address}/healthz`)).ok; } catch { return false; }
    });
  }
  get address() { return `http://127.0.0.1:${this.port}`; }
  room(data) {
    mkdirSync(data, { recursive: true });
    chmodSync(data, 0o700);
    if (process.getuid() === 0) run(['chown', '-R', 'postgres', join(data, '..')]);
  }
  copy(from, to) {
    rmSync(to.data, { recursive: true, force: true });
    this.room(to.data);
    run([...asPostgres, `${kPostgres}/pg_basebackup`, '-D', to.data, '-d', `${from.url('postgres', 'postgres')}?application_name=standby`, '-R', '-X', 'stream', '--checkpoint=fast', '--no-sync'], { cwd: '/' });
    appendFileSync(join(to.data, 'postgresql.conf'), `port = ${to.port}\nlisten_addresses = '127.0.0.1, ${kCutAddress}'\n`);
  }
  waitForStandby(of) { of.ask("ALTER SYSTEM SET synchronous_standby_names = '*'"); of.ask('SELECT pg_reload_conf()'); }
  /** What Patroni does: the standby takes over, and waits for nobody until there is one again. */
  async promote() {
    run([...asPostgres, `${kPostgres}/pg_ctl`, 'promote', '-D', this.standby.data], { cwd: '/' });
    this.standby.ask("ALTER SYSTEM SET synchronous_standby_names = ''");
    this.standby.ask('SELECT pg_reload_conf()');
    [this.primary, this.standby] = [this.standby, this.primary];
  }
  async rejoin() {
    this.copy(this.primary, this.standby);
    await this.standby.start();
    this.waitForStandby(this.primary);
    await until('the standby follows', () => this.primary.ask("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'") === '1');
  }
  cut() { run(['iptables', '-I', 'OUTPUT', '-d', kCutAddress, '-j', 'DROP']); this.isCut = true; }
  mend() { if (this.isCut) run(['iptables', '-D', 'OUTPUT', '-d', kCutAddress, '-j', 'DROP']); this.isCut = false; }
  /** Empty: all is well. */
  verify() {
    try {
      run([kBinary, 'verify', '--data', this.nodes[1].data, '--db', this.primary.url('banyan')]);
      return '';
    } catch (error) {
      return `${error.stdout}${error.stderr}`;
    }
  }
  async stop() {
    this.mend();
    this.proxy?.kill('SIGKILL');
    for (const node of this.nodes ?? []) if (node.process) await node.end('SIGKILL');
    for (const each of [this.primary, this.standby]) await each?.die();
    if (this.disk) run(['umount', '-l', this.disk]);
    if (!process.env.BANYAN_KEEP && existsSync(this.folder)) rmSync(this.folder, { recursive: true, force: true });
  }
}
