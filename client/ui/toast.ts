export interface Notice {
  text: string;
  kind: 'done' | 'bad';
}
type Listener = (notice: Notice) => void;

const waiting: Notice[] = [];
let listener: Listener | undefined;
let wake: () => void = () => undefined;

/** Says something in passing from anywhere: `toast('已保存')`. What must not be missed belongs beside its control. */
export function toast(text: string, kind: Notice['kind'] = 'done'): void {
  const notice: Notice = { text, kind };
  if (listener) listener(notice);
  else {
    waiting.push(notice);
    wake();
  }
}

/** The shell loads what shows notices when the first one comes. */
export function onFirstNotice(then: () => void): () => void {
  wake = then;
  if (waiting.length > 0) then();
  return () => {
    wake = () => undefined;
  };
}

export function takeNotices(next: Listener): () => void {
  listener = next;
  for (const notice of waiting.splice(0)) next(notice);
  return () => {
    if (listener === next) listener = undefined;
  };
}
