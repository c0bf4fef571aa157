import { lazy, type ReactNode, Suspense, useRef } from 'react';
import styles from './Dialog.module.css';

export interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  note?: ReactNode;
  size?: 'narrow' | 'wide';
  /** A press beside the dialog does not close it: it holds what somebody typed. */
  keep?: boolean;
  children?: ReactNode;
}

const Parts = lazy(() => import('./DialogParts.tsx'));

/** A modal sheet. Costs nothing until it first opens; focus goes in and comes back. */
export function Dialog(props: DialogProps) {
  const used = useRef(false);
  used.current ||= props.open;
  if (!used.current) return null;
  return (
    <Suspense fallback={null}>
      <Parts {...props} />
    </Suspense>
  );
}

/** The row of buttons at the end of a dialog or a form; the last one is the action. */
export function Actions({ children }: { children: ReactNode }) {
  return <div className={styles.actions}>{children}</div>;
}
