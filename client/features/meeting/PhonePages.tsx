import { useRef } from 'react';
import { NowStrip } from './NowStrip.tsx';
import { Me } from './MeLater.tsx';
import { Rail } from './RailLater.tsx';
import { useRoom } from './room.ts';
import styles from './phone.module.css';
import { Steering } from './StateStrip.tsx';
import { Talk } from './Talk.tsx';
import { Records } from './RecordsLater.tsx';
import { WorkColumn } from './WorkColumn.tsx';

/** One page at a time. The list stays as it is once opened, so that no half-typed cell is lost on a look at the talk. */
export function PhonePages() {
  const { tab, can, state } = useRoom();
  const opened = useRef(false);
  opened.current ||= tab === 'list';
  return (
    <main className={styles.phone}>
      <NowStrip />
      <div className={styles.phonePage} hidden={tab !== 'talk'}>
        <Talk />
      </div>
      {tab === 'agenda' && (
        <div className={styles.phoneScroll}>
          {can('session:steer') && state.phase !== 'draft' && (
            <div className={styles.phoneSteer}>
              <Steering />
            </div>
          )}
          <Rail />
          <Records />
        </div>
      )}
      {opened.current && (
        <div className={styles.phoneScroll} hidden={tab !== 'list'}>
          <WorkColumn />
        </div>
      )}
      {tab === 'me' && (
        <div className={styles.phoneScroll}>
          <Me />
        </div>
      )}
    </main>
  );
}
