/**
 * Where each value of a YAML file stands: offsets per path, offsets to line and column (both from 1; columns count UTF-16
 * units, as editors do). A path is spoilt when its value was refused already, so that nothing is said twice.
 */
export type Path = readonly (string | number)[];

interface Place {
  readonly key: number;
  readonly value: number;
  readonly scalar: boolean;
}
interface Found {
  readonly path: Path;
  readonly offset: number;
  readonly scalar: boolean;
}

export class Places {
  readonly #places = new Map<string, Place>();
  readonly #spoilt = new Set<string>();
  readonly #lineOf: (offset: number) => { line: number; column: number };

  constructor(lineOf: (offset: number) => { line: number; column: number }) {
    this.#lineOf = lineOf;
  }
  add(path: Path, place: Place): void {
    this.#places.set(JSON.stringify(path), place);
  }
  spoil(path: Path): void {
    this.#spoilt.add(JSON.stringify(path));
  }
  isSpoilt(path: Path): boolean {
    return this.#spoilt.size > 0 && path.some((_, index) => this.#spoilt.has(JSON.stringify(path.slice(0, index + 1))));
  }
  /** The place of a path, or of the nearest thing above it that is written: a missing key is a fault of its mapping. */
  find(path: Path, at: 'key' | 'value'): Found {
    const own = this.#places.get(JSON.stringify(path));
    if (own) return { path, offset: at === 'key' ? own.key : own.value, scalar: false };
    for (let length = path.length - 1; length >= 0; length--) {
      const above = path.slice(0, length);
      const place = this.#places.get(JSON.stringify(above));
      if (place) return { path: above, offset: place.scalar ? place.value : place.key, scalar: place.scalar };
    }
    return { path: [], offset: 0, scalar: false };
  }
  lineOf(offset: number): { line: number; column: number } {
    return this.#lineOf(offset);
  }
}
