import { useRef, useState } from 'react';
import { copyText } from '../lib/clipboard.ts';
import { useWords } from '../lib/words.ts';
import { Button, type ButtonKind } from './Button.tsx';
import { Icon } from './Icon.tsx';
import { uiWords } from './words.ts';

/** Copies `text` and says so in its own words; where copying is refused it says how to do it by hand. */
export function CopyButton({
  text,
  label,
  kind,
  small,
}: {
  text: string;
  label?: string;
  kind?: ButtonKind;
  small?: boolean;
}) {
  const words = useWords(uiWords);
  const self = useRef<HTMLButtonElement>(null);
  const [said, setSaid] = useState<'' | 'copied' | 'copyByHand'>('');
  const copy = async () => {
    const done = await copyText(text, self.current?.parentElement ?? undefined);
    setSaid(done ? 'copied' : 'copyByHand');
    setTimeout(() => setSaid(''), 3000);
    self.current?.focus();
  };
  return (
    <Button ref={self} {...(kind && { kind })} {...(small && { small })} onClick={() => void copy()}>
      <Icon name={said === 'copied' ? 'check' : 'copy'} size={16} />
      <span aria-live="polite">{said === '' ? (label ?? words.copy) : words[said]}</span>
    </Button>
  );
}
