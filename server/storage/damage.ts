import { AppError } from '../../shared/errors.ts';

/** A stored row that is not what was stored: it is left as it is and given to nobody. */
export interface Damage {
  kind: 'record' | 'update' | 'blob' | 'file';
  /** The collection of a record, the document of an update; empty for a blob and for the file of all. */
  place: string;
  id: string;
  why: string;
}

/** What has been found damaged since the storage was opened, each row once. */
export interface DamageList {
  found(): readonly Damage[];
  /** `tell` hears of everything that is found, also of what was found before. */
  watch(tell: (damage: Damage) => void): void;
}

/** As an engine keeps it. */
export class Damages implements DamageList {
  readonly #found = new Map<string, Damage>();
  readonly #watchers: ((damage: Damage) => void)[] = [];

  found(): readonly Damage[] {
    return [...this.#found.values()];
  }

  watch(tell: (damage: Damage) => void): void {
    this.#watchers.push(tell);
    for (const damage of this.#found.values()) tell(damage);
  }

  /** Notes it; the error is for whoever asked for exactly this. */
  note(damage: Damage): AppError {
    const key = JSON.stringify([damage.kind, damage.place, damage.id]);
    if (!this.#found.has(key)) {
      this.#found.set(key, damage);
      for (const tell of this.#watchers) tell(damage);
    }
    const { kind, place, id } = damage;
    return new AppError('UNAVAILABLE', 'storage.damaged', { facts: { kind, place, id } });
  }
}

const PLACES = {
  record: '记录 record',
  update: '文档 document',
  blob: '文件 stored file',
  file: '数据库 database',
} as const;

/** A damaged row in words, for the command line. */
export const inWords = ({ kind, place, id, why }: Damage): string =>
  `${[PLACES[kind], place, id].filter(Boolean).join(' ')}: ${why}`;
