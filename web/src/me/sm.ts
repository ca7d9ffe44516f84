// SM3 (GB/T 32905) and the verification of an SM2 signature (GB/T 32918), as far as a receipt needs them. Browsers have neither.
const rotate = (x: number, n: number) => ((x << (n & 31)) | (x >>> (32 - (n & 31)))) >>> 0;

export function sm3(message: Uint8Array): Uint8Array {
  const blocks = new Uint8Array((((message.length + 8) >> 6) + 1) * 64);
  blocks.set(message);
  blocks[message.length] = 0x80;
  const view = new DataView(blocks.buffer);
  view.setUint32(blocks.length - 8, Math.floor(message.length / 0x20000000));
  view.setUint32(blocks.length - 4, (message.length << 3) >>> 0);
  const state = [0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e];
  const w = new Array<number>(68);
  const p0 = (x: number) => x ^ rotate(x, 9) ^ rotate(x, 17);
  const p1 = (x: number) => x ^ rotate(x, 15) ^ rotate(x, 23);
  for (let at = 0; at < blocks.length; at += 64) {
    for (let j = 0; j < 16; j++) w[j] = view.getUint32(at + j * 4);
    for (let j = 16; j < 68; j++) w[j] = (p1(w[j - 16]! ^ w[j - 9]! ^ rotate(w[j - 3]!, 15)) ^ rotate(w[j - 13]!, 7) ^ w[j - 6]!) >>> 0;
    let [a, b, c, d, e, f, g, h] = state as [number, number, number, number, number, number, number, number];
    for (let j = 0; j < 64; j++) {
      const first = rotate((rotate(a, 12) + e + rotate(j < 16 ? 0x79cc4519 : 0x7a879d8a, j)) >>> 0, 7);
      const second = first ^ rotate(a, 12);
      const t1 = ((j < 16 ? a ^ b ^ c : (a & b) | (a & c) | (b & c)) + d + second + (w[j]! ^ w[j + 4]!)) >>> 0;
      const t2 = ((j < 16 ? e ^ f ^ g : (e & f) | (~e & g)) + h + first + w[j]!) >>> 0;
      [d, c, b, a, h, g, f, e] = [c, rotate(b, 9), a, t1, g, rotate(f, 19), e, p0(t2) >>> 0];
    }
    [a, b, c, d, e, f, g, h].forEach((x, n) => (state[n] = (state[n]! ^ x) >>> 0));
  }
  const out = new DataView(new ArrayBuffer(32));
  state.forEach((x, n) => out.setUint32(n * 4, x));
  return new Uint8Array(out.buffer);
}

export const bytes = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
export const hex = (all: Uint8Array) => Array.from(all, (each) => each.toString(16).padStart(2, '0')).join('');
const number = (all: Uint8Array) => BigInt(`0x${hex(all) || '0'}`);
export const join = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));

// The recommended curve.
const p = BigInt('0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffff');
const a = p - 3n;
const b = BigInt('0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93');
const n = BigInt('0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123');
const gx = BigInt('0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7');
const gy = BigInt('0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0');
type Spot = [bigint, bigint] | undefined;  // undefined: at infinity

const mod = (x: bigint) => ((x % p) + p) % p;
function inverse(x: bigint): bigint {
  let [low, high, one, none] = [mod(x), p, 1n, 0n];
  while (low > 1n) {
    const times = high / low;
    [high, low, none, one] = [low, high - times * low, one, none - times * one];
  }
  return mod(one);
}
function add(s: Spot, t: Spot): Spot {
  if (!s || !t) return s ?? t;
  if (s[0] === t[0] && mod(s[1] + t[1]) === 0n) return undefined;
  const slope = s[0] === t[0] ? mod((3n * s[0] * s[0] + a) * inverse(2n * s[1])) : mod((t[1] - s[1]) * inverse(t[0] - s[0]));
  const x = mod(slope * slope - s[0] - t[0]);
  return [x, mod(slope * (s[0] - x) - s[1])];
}
function times(k: bigint, at: Spot): Spot {
  let sum: Spot;
  for (let rest = k, double = at; rest > 0n; rest >>= 1n, double = add(double, double)) if (rest & 1n) sum = add(sum, double);
  return sum;
}

/** r and s of SEQUENCE { INTEGER, INTEGER }; undefined for anything else. */
function pair(der: Uint8Array): [bigint, bigint] | undefined {
  if (der[0] !== 0x30 || der[1] !== der.length - 2 || der[2] !== 2) return undefined;
  const first = der[3]!;
  if (der[4 + first] !== 2 || der[5 + first] !== der.length - 6 - first) return undefined;
  return [number(der.slice(4, 4 + first)), number(der.slice(6 + first))];
}

const kId = new TextEncoder().encode('1234567812345678');
const wide = (x: bigint) => bytes(x.toString(16).padStart(64, '0'));

/** `key`: 04 ‖ x ‖ y. */
export function sm2Verifies(message: Uint8Array, signature: Uint8Array, key: Uint8Array): boolean {
  const rs = pair(signature);
  if (!rs || key.length !== 65 || key[0] !== 4) return false;
  const [r, s] = rs;
  const [x, y] = [number(key.slice(1, 33)), number(key.slice(33))];
  if (r < 1n || r >= n || s < 1n || s >= n || mod(x * x * x + a * x + b) !== mod(y * y)) return false;
  const who = sm3(join(Uint8Array.of(0, kId.length * 8), kId, wide(a), wide(b), wide(gx), wide(gy), wide(x), wide(y)));
  const e = number(sm3(join(who, message)));
  const t = (r + s) % n;
  const spot = t ? add(times(s, [gx, gy]), times(t, [x, y])) : undefined;
  return spot !== undefined && (e + spot[0]) % n === r;
}
