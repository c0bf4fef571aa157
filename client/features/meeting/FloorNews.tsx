import { useEffect, useRef, useState } from 'react';
import { useWords } from '../../lib/words.ts';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import { buzz, chime } from './chime.ts';
import { useLeft } from './Countdown.tsx';
import { useRoom } from './room.ts';
import { meetingWords } from './words.ts';

const NO_TURN = { spentMs: 0 };

const LAST_MINUTE_MS = 60_000;

/**
 * Tells readers who has the floor, once when its last minute begins, and when it runs out. Who is given the floor hears
 * and feels it; when the time is out the moderator hears it too.
 */
export function FloorNews() {
  const words = useWords(meetingWords);
  const { state, myId, can } = useRoom();
  const { floor } = state;
  const name = floor ? (state.people[floor.personId]?.name ?? '') : '';
  const left = useLeft(floor?.clock ?? NO_TURN, floor?.seconds ?? 1);
  const out = floor !== undefined && left <= 0;
  const [news, setNews] = useState('');
  const turn = floor?.seq;
  const mine = floor?.personId === myId;
  const minutes = Math.round((floor?.seconds ?? 0) / 60);
  const told = useRef(turn);
  useEffect(() => {
    if (told.current === turn) return;
    told.current = turn;
    setNews(
      turn === undefined
        ? words.floorFree
        : mine
          ? words.floorYours(minutes)
          : words.floorGiven(name, minutes),
    );
    if (!mine) return;
    chime();
    buzz();
  }, [turn, mine, words, name, minutes]);
  const concerned = mine || can('session:steer');
  const last = floor !== undefined && left > 0 && left <= LAST_MINUTE_MS;
  const wasLast = useRef(last);
  useEffect(() => {
    if (last && !wasLast.current && concerned && minutes > 1) setNews(words.lastMinute);
    wasLast.current = last;
  }, [last, words, concerned, minutes]);
  const wasOut = useRef(out);
  useEffect(() => {
    if (out && !wasOut.current) {
      setNews(words.timeOut(name));
      if (concerned) chime();
      if (mine) buzz();
    }
    wasOut.current = out;
  }, [out, words, name, concerned, mine]);
  return (
    <VisuallyHidden>
      <span role="status">{news}</span>
    </VisuallyHidden>
  );
}
