interface Key {
  key: string;
  keyCode?: number;
  nativeEvent?: { isComposing?: boolean };
}

/** True for a key that belongs to an input method. Safari sends the confirming Enter after the composition, as 229. */
export const isComposing = (event: Key): boolean =>
  event.nativeEvent?.isComposing === true || event.keyCode === 229 || event.key === 'Process';
