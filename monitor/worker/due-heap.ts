/** A binary heap by due time: the next of ten thousand checks in O(log n). An entry's `due` must not change while it is inside. */
export interface Due {
  due: number;
}

export class DueHeap<T extends Due> {
  #items: T[] = [];

  get size(): number {
    return this.#items.length;
  }
  peek(): T | undefined {
    return this.#items[0];
  }
  push(item: T): void {
    const items = this.#items;
    let at = items.length;
    items.push(item);
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = items[above] as T;
      if (parent.due <= item.due) break;
      items[at] = parent;
      at = above;
    }
    items[at] = item;
  }
  pop(): T | undefined {
    const items = this.#items;
    const first = items[0];
    const last = items.pop();
    if (first === undefined || last === undefined || items.length === 0) return first;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= items.length) break;
      if (below + 1 < items.length && (items[below + 1] as T).due < (items[below] as T).due) below++;
      const child = items[below] as T;
      if (child.due >= last.due) break;
      items[at] = child;
      at = below;
    }
    items[at] = last;
    return first;
  }
  /** How many are due by `now`; visits only those. */
  countDue(now: number, at = 0): number {
    const item = this.#items[at];
    if (item === undefined || item.due > now) return 0;
    return 1 + this.countDue(now, 2 * at + 1) + this.countDue(now, 2 * at + 2);
  }
  /** Empties the heap and answers what was inside, in no order. */
  drain(): T[] {
    const items = this.#items;
    this.#items = [];
    return items;
  }
}
