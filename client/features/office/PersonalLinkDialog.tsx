import { useEffect, useRef, useState } from 'react';
import type { LinkMade } from '../../../shared/contract/identity.ts';
import { api } from '../../lib/api.ts';
import { dateTimeText } from '../../lib/dates.ts';
import { useAct } from '../../lib/query.ts';
import { useLanguage, useWords } from '../../lib/words.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { QrCode } from '../../ui/QrCode.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import styles from './Office.module.css';
import { officeWords } from './words.ts';

/** Makes a personal link and shows it once: to be copied or scanned by its one person. */
export function PersonalLinkDialog({
  campaignId,
  personId,
  name,
  onClose,
}: {
  campaignId: string;
  personId: string;
  name: string;
  onClose: () => void;
}) {
  const words = useWords(officeWords);
  const language = useLanguage();
  const { failure, run } = useAct();
  const [link, setLink] = useState<LinkMade>();
  const asked = useRef(false);
  const make = () => run(async () => setLink(await api.identity.personalLink({ campaignId, personId })));
  useEffect(() => {
    if (asked.current) return;
    asked.current = true;
    void make();
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={words.personalLinkOf(name)}
      note={words.personalNote(name)}
      size="narrow"
    >
      {failure && <ErrorNote failure={failure} onRetry={() => void make()} />}
      {!link && !failure && <Skeleton height={240} />}
      {link && (
        <div className={styles.sheet}>
          <QrCode text={link.url} className={styles.qr} />
          <span className={styles.link}>{link.url}</span>
          <CopyButton text={link.url} label={words.copyLink} />
          <small>{words.validUntil(dateTimeText(link.expiresAt, language))}</small>
        </div>
      )}
    </Dialog>
  );
}
