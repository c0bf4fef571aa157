import { createContext, useContext, useSyncExternalStore } from 'react';
import type { CellPresence, Other } from './cell-presence.ts';
import type { ProblemList } from './problem-list.ts';

/** A topic of the campaign as a cell shows it. */
export interface TopicChoice {
  roomId: string;
  name: string;
}

export interface BoardParts {
  list: ProblemList;
  presence: CellPresence;
  readOnly: boolean;
  topics: readonly TopicChoice[];
  /** The room this board is seen from; '' outside of a room. */
  topicId: string;
  /** Something was not accepted; said beside the list, in words. */
  refuse(sentence: string): void;
  withdraw(rowId: string, n: number): void;
  /** Goes to the message a row was taken up from. */
  showMessage: ((messageId: string) => void) | undefined;
}

export const BoardContext = createContext<BoardParts | undefined>(undefined);

export function useBoard(): BoardParts {
  return useContext(BoardContext)!;
}

/** Who else is in this cell. */
export function useOther(key: string): Other | undefined {
  const { presence } = useBoard();
  return useSyncExternalStore(presence.subscribe, presence.get).get(key);
}
