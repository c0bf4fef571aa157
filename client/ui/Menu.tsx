import { lazy, type ReactNode, Suspense, useState } from 'react';
import { Button, type ButtonKind } from './Button.tsx';

export interface MenuItem {
  label: ReactNode;
  /** Goes to a page of ours; else `onSelect` runs. */
  href?: string;
  onSelect?: () => void;
  danger?: boolean;
  /** Set: it is switched on and off, and the list stays open. */
  checked?: boolean;
  disabled?: boolean;
}
export interface MenuProps {
  /** Name of the button for readers when `children` is a picture. */
  label: string;
  children: ReactNode;
  items: readonly MenuItem[];
  kind?: ButtonKind;
  small?: boolean;
  className?: string | undefined;
}

const load = () => import('./MenuParts.tsx');
const Parts = lazy(load);

/** A button with a list of actions. Until its first use it is a plain button; the list is loaded on the way to it. */
export function Menu(props: MenuProps) {
  const [used, setUsed] = useState(false);
  const { label, children, kind, small, className } = props;
  const plain = (
    <Button
      {...(kind && { kind })}
      {...(small && { small })}
      {...(className && { className })}
      aria-label={label}
      aria-haspopup="menu"
      aria-expanded={false}
      onPointerEnter={() => void load()}
      onFocus={() => void load()}
      onClick={() => setUsed(true)}
    >
      {children}
    </Button>
  );
  if (!used) return plain;
  return (
    <Suspense fallback={plain}>
      <Parts {...props} />
    </Suspense>
  );
}
