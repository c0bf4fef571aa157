import { Menu } from '@base-ui/react/menu';
import { useLocation } from 'wouter';
import { Button } from './Button.tsx';
import { classes } from './classes.ts';
import { Icon } from './Icon.tsx';
import styles from './Menu.module.css';
import type { MenuProps } from './Menu.tsx';

/** Base UI's menu under our look; opens at once, because it is loaded by the first press. */
export default function MenuParts({ label, children, items, kind, small, className }: MenuProps) {
  const [, go] = useLocation();
  const button = (
    <Button {...(kind && { kind })} {...(small && { small })} {...(className && { className })} />
  );
  return (
    <Menu.Root defaultOpen>
      <Menu.Trigger aria-label={label} render={button}>
        {children}
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className={styles.place} sideOffset={6} align="end">
          <Menu.Popup className={styles.popup}>
            {items.map((item, n) =>
              item.checked === undefined ? (
                <Menu.Item
                  key={n}
                  className={classes(styles.item, item.danger && styles.danger)}
                  disabled={item.disabled === true}
                  onClick={() => (item.href === undefined ? item.onSelect?.() : go(item.href))}
                >
                  {item.label}
                </Menu.Item>
              ) : (
                <Menu.CheckboxItem
                  key={n}
                  className={styles.item}
                  checked={item.checked}
                  closeOnClick={false}
                  onCheckedChange={() => item.onSelect?.()}
                >
                  <span className={styles.tick}>{item.checked && <Icon name="check" size={16} />}</span>
                  {item.label}
                </Menu.CheckboxItem>
              ),
            )}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
