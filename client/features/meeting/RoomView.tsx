import { lazy, Suspense, useState } from 'react';
import { ConnectionStrip } from './ConnectionStrip.tsx';
import { DoorStrip } from './DoorLater.tsx';
import { FloorNews } from './FloorNews.tsx';
import { PhoneBar } from './PhoneBar.tsx';
import { PhonePages } from './PhonePages.tsx';
import { Rail } from './RailLater.tsx';
import { type DialogName, useRoom } from './room.ts';
import { RoomHeader } from './RoomHeader.tsx';
import styles from './frame.module.css';
import { SkipLink } from './SkipLink.tsx';
import { StateStrip } from './StateStrip.tsx';
import { Talk } from './Talk.tsx';
import { TurnStrip } from './TurnStrip.tsx';
import { WorkColumn } from './WorkColumn.tsx';

const Keys = lazy(() => import('./Keys.tsx'));
const Dialogs = lazy(() => import('./RoomDialogs.tsx'));

/** Everything side by side on a desk; on a phone two strips, one page at a time and the thumb's bar. */
export function RoomView({
  dialog,
  onDialogClose,
}: {
  dialog: DialogName | undefined;
  onDialogClose: () => void;
}) {
  const room = useRoom();
  const { wide } = room;
  const [keysAsked, askKeys] = useState(false);
  return (
    <div className={styles.page}>
      <SkipLink />
      <RoomHeader onKeys={() => askKeys(true)} />
      <StateStrip />
      <ConnectionStrip />
      <FloorNews />
      <TurnStrip />
      {room.can('session:admit') && <DoorStrip />}
      {wide ? (
        <main className={styles.desk}>
          <Rail />
          <Talk />
          <WorkColumn />
        </main>
      ) : (
        <>
          <PhonePages />
          <PhoneBar />
        </>
      )}
      {wide && (
        <Suspense fallback={null}>
          <Keys asked={keysAsked} onClose={() => askKeys(false)} />
        </Suspense>
      )}
      <Suspense fallback={null}>{dialog && <Dialogs name={dialog} onClose={onDialogClose} />}</Suspense>
    </div>
  );
}
