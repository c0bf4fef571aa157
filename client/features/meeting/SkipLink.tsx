import { useWords } from '../../lib/words.ts';
import { COMPOSER, STREAM } from './places.ts';
import styles from './frame.module.css';
import { meetingWords } from './words.ts';

/** The first Tab stop of the room: on to where one speaks, or reads where one only listens. */
export function SkipLink() {
  const words = useWords(meetingWords);
  const skip = (): void => {
    (document.getElementById(COMPOSER) ?? document.getElementById(STREAM))?.focus();
  };
  return (
    <button type="button" className={styles.skip} onClick={skip}>
      {words.skip}
    </button>
  );
}
