import type { ComponentPropsWithRef, ReactNode } from 'react';
import { Link } from 'wouter';
import styles from './Button.module.css';
import { classes } from './classes.ts';

/** `primary` is vermilion, at most one a view; `li` establishes (green); `quiet` has no border; `danger` removes. */
export type ButtonKind = 'plain' | 'primary' | 'li' | 'quiet' | 'danger';
interface Shape {
  kind?: ButtonKind;
  small?: boolean;
  wide?: boolean;
}

const shape = ({ kind = 'plain', small, wide }: Shape, more?: string) =>
  classes(styles.button, styles[kind], small && styles.small, wide && styles.wide, more);

type ButtonProps = Omit<ComponentPropsWithRef<'button'>, 'className'> &
  Shape & { busy?: boolean; className?: string | undefined };

/** `busy` keeps the words, refuses a second press and says so to readers. */
export function Button({
  kind,
  small,
  wide,
  busy,
  className,
  type = 'button',
  disabled,
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      disabled={disabled === true || busy === true}
      aria-busy={busy || undefined}
      className={shape({ ...(kind && { kind }), ...(small && { small }), ...(wide && { wide }) }, className)}
    />
  );
}

/** A way to another page that looks like a button. */
export function LinkButton({
  href,
  children,
  className,
  ...form
}: Shape & { href: string; children: ReactNode; className?: string | undefined }) {
  return (
    <Link href={href} className={shape(form, className)}>
      {children}
    </Link>
  );
}

/** A square button with a picture; `label` is its name. */
export function IconButton({ label, children, ...rest }: ButtonProps & { label: string }) {
  return (
    <Button
      kind="quiet"
      small
      {...rest}
      aria-label={label}
      title={label}
      className={classes(styles.icon, rest.className)}
    >
      {children}
    </Button>
  );
}
