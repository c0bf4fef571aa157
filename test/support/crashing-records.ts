import type { RecordStore } from '../../server/storage/port.ts';

/** The storage as a process sees it that is killed after so many writes: the next one never happens, nor any after it. */
export function crashingRecords(records: RecordStore, writes: number): RecordStore {
  let left = writes;
  const write = <A extends unknown[], R>(work: (...given: A) => Promise<R>) => {
    return async (...given: A): Promise<R> => {
      if (left-- <= 0) throw new Error('killed');
      return work(...given);
    };
  };
  return {
    ...records,
    insert: write(records.insert) as RecordStore['insert'],
    insertMany: write(records.insertMany) as RecordStore['insertMany'],
    replace: write(records.replace) as RecordStore['replace'],
    remove: write(records.remove) as RecordStore['remove'],
  };
}
