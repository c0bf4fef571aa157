import { useEffect, useRef, useState } from 'react';
import { useWords } from '../../lib/words.ts';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import { chime } from './chime.ts';
import { useLeft } from './Countdown.tsx';
import { useRoom } from './room.ts';
import { meetingWords } from './words.ts';

const NO_TURN = { spentMs: 0 };

/** Tells readers who has the floor; when a turn runs out, the speaker and the moderator also hear it. */
export function FloorNews() {
  const words = useWords(meetingWords);
  const { state, myId, can } = useRoom();
  const { floor } = state;
  const name = floor ? (state.people[floor.personId]?.name ?? '') : '';
  const left = useLeft(floor?.clock ?? NO_TURN, floor?.seconds ?? 1);
  const out = floor !== undefined && left <= 0;
  const [news, setNews] = useState('');
  const turn = floor?.seq;
  const minutes = Math.round((floor?.seconds ?? 0) / 60);
  const told = useRef(turn);
  useEffect(() => {
    if (told.current === turn) return;
    told.current = turn;
    setNews(turn === undefined ? words.floorFree : words.floorGiven(name, minutes));
  }, [turn, words, name, minutes]);
  const concerned = floor?.personId === myId || can('session:steer');
  const wasOut = useRef(out);
  useEffect(() => {
    if (out && !wasOut.current) {
      setNews(words.timeOut(name));
      if (concerned) chime();
    }
    wasOut.current = out;
  }, [out, words, name, concerned]);
  return (
    <VisuallyHidden>
      <span role="status">{news}</span>
    </VisuallyHidden>
  );
}
