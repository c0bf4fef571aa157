import { useState } from 'react';
import { useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { myTurn, useRoom } from './room.ts';
import { meetingWords } from './words.ts';

/** 举手, or 放下 with my place in the queue. */
export function HandButton() {
  const words = useWords(meetingWords);
  const { state, store, run, myId, can, wide } = useRoom();
  const [busy, setBusy] = useState(false);
  const meeting = state.phase === 'live' || state.phase === 'paused';
  if (!can('session:queue') || !meeting || myTurn(state, myId)) return null;
  const place = state.hands.indexOf(myId) + 1;
  const deed = async (): Promise<void> => {
    setBusy(true);
    await run(() =>
      place > 0 ? store.act('session.lowerHand', { personId: myId }) : store.act('session.raiseHand', {}),
    );
    setBusy(false);
  };
  return (
    <Button {...(!wide && place === 0 && { kind: 'li' as const })} busy={busy} onClick={() => void deed()}>
      {place > 0 ? (wide ? words.lowerHand(place) : words.lowerHandBrief(place)) : words.raiseHand}
    </Button>
  );
}
