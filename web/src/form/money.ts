// Money is fen, an integer, wherever it is kept and sent; people write and read yuan with two decimals. No floating point in between.

/** 12050 of "120.5"; undefined: it is no amount. Commas and spaces between digits are passed over, as people paste them. */
export function fenOf(text: string): number | undefined {
  const found = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(text.normalize('NFKC').replace(/[\s,]/g, ''));
  return found ? Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0')) : undefined;
}

/** "120.50" of 12050. */
export const yuanOf = (fen: number) => `${Math.trunc(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;
