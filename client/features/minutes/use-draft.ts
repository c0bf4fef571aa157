import { useEffect, useState } from 'react';
import type { MinutesView, Paragraph } from '../../../shared/contract/minutes.ts';
import type { Failure } from '../../../shared/errors.ts';
import { LongText } from '../../../shared/fields.ts';
import { newId } from '../../../shared/ids.ts';
import { printedText } from '../../../shared/numbering.ts';
import { api } from '../../lib/api.ts';
import { type FieldError, findErrors } from '../../lib/form.ts';
import { useKept } from '../../lib/kept.ts';
import { usePerson } from '../../lib/me.ts';
import { useAct, useRefresh } from '../../lib/query.ts';
import { askToStay } from '../../lib/stay.ts';
import { keepView } from './use-minutes.ts';

/** A paragraph being edited. `rev` is what the hand has read: another one in the view means that somebody was faster. */
export interface Draft {
  paragraphId: string;
  rev: number;
  text: string;
  /** Set for one that is being written and stands nowhere yet; `paragraphId` is then the id that it will have. */
  add?: Addition;
}

export interface Addition {
  after: string;
  kind: Exclude<Paragraph['kind'], 'fact'>;
}

export interface DraftDesk {
  draft: Draft | undefined;
  busy: boolean;
  failure: Failure | undefined;
  error: FieldError | undefined;
  /** False while the words of another paragraph are not saved. */
  begin: (paragraph: Paragraph) => boolean;
  /** A new one behind this; false as above. */
  beginNew: (after: Paragraph) => boolean;
  /** The new one becomes one of this kind. */
  become: (kind: Addition['kind']) => void;
  write: (text: string) => void;
  /** Saves over `rev`, or over what the hand has read. True when it stands. */
  save: (rev?: number) => Promise<boolean>;
  discard: () => void;
}

/** One paragraph at a time; its words outlive every failure, the paragraph itself and a forced reload. */
export function useDraft(view: MinutesView | undefined, sessionId: string): DraftDesk {
  const [written, kept] = useKept<Draft>(usePerson()?.personId ?? '', `minutes.${sessionId}`);
  const [opened, setOpened] = useState<Draft>();
  const draft = written ?? opened;
  const [error, setError] = useState<FieldError>();
  const { busy, failure, run, clear } = useAct();
  const refresh = useRefresh();

  const original = view?.paragraphs.find((each) => each.id === draft?.paragraphId);
  const dirty =
    draft !== undefined && (original ? printedText(original) : draft.add ? '' : undefined) !== draft.text;
  useEffect(() => {
    if (!dirty) return;
    addEventListener('beforeunload', askToStay);
    return () => removeEventListener('beforeunload', askToStay);
  }, [dirty]);

  const become = (next: Draft | undefined) => {
    clear();
    setError(undefined);
    setOpened(next);
    kept.write(undefined);
  };
  /** What is typed and does not stand yet: written while the rest was on its way, or when a try whose answer was lost had come through. */
  const goOn = ({ paragraphs }: MinutesView, { paragraphId, text, add }: Draft, typed: string) => {
    const id = add ? `hand.${paragraphId}` : paragraphId;
    const found = paragraphs.find((each) => each.id === id);
    const stored = add && found ? printedText(found) : text;
    if (typed !== stored) kept.write({ paragraphId: id, rev: add ? 1 : (found?.rev ?? 0), text: typed });
  };
  const save = async (rev?: number) => {
    if (!draft) return true;
    const wrong = findErrors(LongText, draft.text)[''];
    setError(wrong);
    if (wrong) return false;
    const { paragraphId, text, add } = draft;
    // What it was to stand behind may have gone meanwhile.
    const after = view?.paragraphs.some((each) => each.id === add?.after)
      ? add?.after
      : view?.paragraphs.at(-1)?.id;
    const sent = add
      ? api.minutes.add({ ...{ sessionId, paragraphId, text }, kind: add.kind, after: after ?? '' })
      : api.minutes.edit({ sessionId, paragraphId, text, rev: rev ?? draft.rev });
    const done = await run(async () => keepView(await sent));
    // Whatever stood in the way is read anew; the words stay.
    if (!done) await refresh('minutes.open', 'session.get');
    else {
      const typed = kept.read()?.text ?? text;
      kept.done();
      become(undefined);
      goOn(await sent, draft, typed);
    }
    return done;
  };
  return {
    draft,
    busy,
    failure,
    error,
    begin: (paragraph) => {
      if (dirty) return draft.paragraphId === paragraph.id;
      become({ paragraphId: paragraph.id, rev: paragraph.rev, text: printedText(paragraph) });
      return true;
    },
    beginNew: ({ id: after, kind: beside }) => {
      if (dirty) return false;
      const kind = beside === 'item' ? 'item' : 'text';
      become({ paragraphId: newId(), rev: 0, text: '', add: { after, kind } });
      return true;
    },
    become: (kind) => {
      if (!draft?.add) return;
      const next = { ...draft, add: { ...draft.add, kind } };
      if (written) kept.write(next);
      else setOpened(next);
    },
    write: (text) => {
      setError(undefined);
      if (draft) kept.write({ ...draft, text });
    },
    save,
    discard: () => become(undefined),
  };
}
