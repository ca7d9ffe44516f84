// How high each row of a list is, and so where it begins. Sums are kept in a tree (Fenwick's): another row, another height, where a row
// begins and which row is at a place cost some twenty steps each, however long the list is.
export class Heights {
  private each: number[] = [];
  private sums = [0];  // sums[n]: of so many rows before row n as the lowest bit of n says

  get length() {
    return this.each.length;
  }
  of(at: number): number {
    return this.each[at]!;
  }
  /** Where a row begins; of the one behind the last: where the list ends. */
  top(at: number): number {
    let y = 0;
    for (let n = at; n > 0; n &= n - 1) y += this.sums[n]!;
    return y;
  }
  /** The row at a place; above all of them the first, below the last. */
  at(y: number): number {
    let row = 0;
    for (let step = 2 ** Math.floor(Math.log2(this.length || 1)); step; step >>= 1) {
      const next = row + step;
      if (next > this.length || this.sums[next]! > y) continue;
      row = next;
      y -= this.sums[next]!;
    }
    return Math.max(0, Math.min(row, this.length - 1));
  }
  put(at: number, height: number) {
    const more = height - this.each[at]!;
    this.each[at] = height;
    for (let n = at + 1; n < this.sums.length; n += n & -n) this.sums[n]! += more;
  }
  add(height: number) {
    this.each.push(height);
    const n = this.each.length;
    let sum = height;
    for (let step = 1; step < (n & -n); step <<= 1) sum += this.sums[n - step]!;
    this.sums.push(sum);
  }
  cut(length: number) {
    this.each.length = length;
    this.sums.length = length + 1;
  }
  /** So many rows, all as high as this. */
  fill(length: number, height: number) {
    this.each = new Array<number>(length).fill(height);
    this.sums = Array.from({ length: length + 1 }, (_, n) => (n & -n) * height);
  }
}
