import { lazy, Suspense } from 'react';
import { useWords } from '../lib/words.ts';
import { classes } from './classes.ts';
import styles from './QrCode.module.css';
import { uiWords } from './words.ts';

const Svg = lazy(() => import('./QrSvg.tsx'));

/** A QR code as wide as its place; the encoder is loaded when one is shown. */
export function QrCode({ text, className }: { text: string; className?: string | undefined }) {
  const words = useWords(uiWords);
  return (
    <div className={classes(styles.qr, className)}>
      <Suspense fallback={null}>
        <Svg text={text} label={words.qr(text)} />
      </Suspense>
    </div>
  );
}
