import { type FormEvent, useState } from 'react';
import { useLocation } from 'wouter';
import { reasonText } from '../../../shared/labels.ts';
import { useTitle } from '../../lib/title.ts';
import { useLanguage, useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { Field, TextInput } from '../../ui/Field.tsx';
import { JoinFrame } from './JoinFrame.tsx';
import styles from './join.module.css';
import { joinWords } from './words.ts';

/** Digits of any keyboard: full-width ones of an input method count too, blanks do not. */
export function digitsOf(text: string): string {
  return text.normalize('NFKC').replace(/\D/g, '').slice(0, 6);
}

export function CodeEntry() {
  const words = useWords(joinWords);
  const language = useLanguage();
  const [, navigate] = useLocation();
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState(false);
  useTitle(words.codeTitle);
  const code = digitsOf(text);
  const go = (event: FormEvent): void => {
    event.preventDefault();
    if (code.length === 6) navigate(`/j/${code}`);
    else setWrong(true);
  };
  return (
    <JoinFrame>
      <form className={styles.who} onSubmit={go} noValidate>
        <h1 className={styles.heading}>{words.codeTitle}</h1>
        <p className={styles.meta}>{words.codeNote}</p>
        <Field label={words.code} error={wrong ? reasonText('code.form', language) : undefined}>
          <TextInput
            className={styles.code}
            inputMode="numeric"
            autoComplete="off"
            pattern="[0-9 ]*"
            autoFocus
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setWrong(false);
            }}
          />
        </Field>
        <Button type="submit" kind="primary" className={styles.go ?? ''}>
          {words.next}
        </Button>
      </form>
      <p className={styles.small}>{words.secrets}</p>
    </JoinFrame>
  );
}
