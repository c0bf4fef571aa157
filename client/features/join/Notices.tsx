import { useWords } from '../../lib/words.ts';
import styles from './join.module.css';
import { joinWords } from './words.ts';

/** Said before one enters: it is by name, no secrets, what is kept. */
export function Notices() {
  const words = useWords(joinWords);
  return (
    <div className={styles.notices}>
      <p>{words.named}</p>
      <p>{words.secrets}</p>
      <details>
        <summary>{words.personalTitle}</summary>
        <p>{words.personal}</p>
      </details>
    </div>
  );
}
