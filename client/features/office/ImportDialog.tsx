import { useState } from 'react';
import type { RosterImport } from '../../../shared/contract/campaigns.ts';
import { newId } from '../../../shared/ids.ts';
import { api } from '../../lib/api.ts';
import { useAct, useRefresh } from '../../lib/query.ts';
import { useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { Actions, Dialog } from '../../ui/Dialog.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Field, TextInput } from '../../ui/Field.tsx';
import { toast } from '../../ui/toast.ts';
import { ImportPreview, isReady } from './ImportPreview.tsx';
import { officeWords } from './words.ts';

interface Chosen {
  file: File;
  importId: string;
  preview: RosterImport | undefined;
  /** What the office has chosen otherwise than it is by itself. */
  taken: ReadonlyMap<string, boolean>;
}

const written = (taken: ReadonlyMap<string, boolean>) =>
  [...taken].map(([key, yes]) => `${yes ? '+' : '-'}${key}`).join(',');

// A title takes 120 characters; a file may be called anything.
const titleOf = (file: File) => [...(file.name.trim() || 'roster')].slice(-120).join('');

/** A roster file is read and shown first; only then, and only whole, is it imported. */
export function ImportDialog({ campaignId, onClose }: { campaignId: string; onClose: () => void }) {
  const words = useWords(officeWords);
  const refresh = useRefresh();
  const { busy, failure, run } = useAct();
  const [chosen, setChosen] = useState<Chosen>();
  const send = ({ file, importId, taken }: Chosen, apply: boolean) => {
    const choices = taken.size > 0 ? { chosen: written(taken) } : {};
    return api.campaigns.importRoster(
      { campaignId, importId, fileName: titleOf(file), apply, ...choices },
      file,
    );
  };
  const look = (next: Chosen) => {
    setChosen(next);
    return run(async () => {
      const preview = await send(next, false);
      setChosen({ ...next, preview });
    });
  };
  const choose = async (file: File | undefined) => {
    if (file) await look({ file, importId: newId(), preview: undefined, taken: new Map() });
  };
  const take = async (key: string, yes: boolean) => {
    if (!chosen) return;
    const ticked = chosen.preview?.choices?.map((one) => (one.key === key ? { ...one, taken: yes } : one));
    const preview = chosen.preview && { ...chosen.preview, choices: ticked };
    // Other people make it another import.
    await look({ ...chosen, preview, importId: newId(), taken: new Map(chosen.taken).set(key, yes) });
  };
  const apply = async () => {
    if (!chosen) return;
    await run(async () => {
      const answer = await send(chosen, true);
      if (!answer.applied) return setChosen({ ...chosen, preview: answer });
      await refresh('campaigns.people', 'campaigns.units');
      toast(words.imported(answer.rows.length));
      onClose();
    });
  };
  const preview = chosen?.preview;
  const ready = preview !== undefined && isReady(preview);
  return (
    <Dialog open onClose={onClose} title={words.importRoster} note={words.importNote} size="wide" keep>
      <Field label={chosen ? words.otherFile : words.chooseFile}>
        <TextInput
          type="file"
          accept=".xlsx,.csv,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
          disabled={busy}
          onChange={(event) => void choose(event.target.files?.[0])}
        />
      </Field>
      {busy && !preview && <p role="status">{words.reading}</p>}
      {failure && <ErrorNote failure={failure} />}
      {preview && (
        <ImportPreview preview={preview} busy={busy} onChoose={(key, yes) => void take(key, yes)} />
      )}
      <Actions>
        <Button kind="primary" disabled={!ready} busy={busy} onClick={() => void apply()}>
          {words.doImport(ready ? preview.rows.length : 0)}
        </Button>
      </Actions>
    </Dialog>
  );
}
