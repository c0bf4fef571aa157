import { useEffect, useState, useSyncExternalStore } from 'react';
import type { DocStatus } from '../../lib/doc/doc-status.ts';
import { type LiveDocument, openDocument } from '../../lib/doc/open-document.ts';

export interface Live {
  document: LiveDocument;
  status: DocStatus;
  /** The server's state has been here once: what is shown is not just empty. */
  loaded: boolean;
  /** Nothing can be written: by right, or because it would not be saved. */
  readOnly: boolean;
}

interface Wanted {
  /** '' while it is not wanted yet. */
  name: string;
  person: { personId: string; name: string } | undefined;
  readOnly: boolean;
}

/** Opens a live document for as long as the component lives. */
export function useLive({ name, person, readOnly }: Wanted): Live | undefined {
  const [document, setDocument] = useState<LiveDocument>();
  const id = person?.personId;
  const called = person?.name ?? '';
  useEffect(() => {
    if (name === '' || id === undefined) return;
    const opened = openDocument({ name, person: { id, name: called }, readOnly });
    setDocument(opened);
    return () => {
      setDocument(undefined);
      opened.destroy();
    };
  }, [name, id, called, readOnly]);
  const status = useSyncExternalStore(document?.status.subscribe ?? never, document?.status.get ?? nothing);
  const [loaded, setLoaded] = useState<LiveDocument>();
  if (document?.synced && loaded !== document) setLoaded(document);
  if (!document || !status) return undefined;
  return {
    document,
    status,
    loaded: document.synced || loaded === document,
    readOnly: readOnly || status.kind === 'denied',
  };
}

const never = () => () => undefined;
const nothing = () => undefined;
