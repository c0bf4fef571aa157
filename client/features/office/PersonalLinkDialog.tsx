import { useState } from 'react';
import type { LinkMade } from '../../../shared/contract/identity.ts';
import { api } from '../../lib/api.ts';
import { dateTimeText } from '../../lib/dates.ts';
import { useAct } from '../../lib/query.ts';
import { useLanguage, useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { Actions, Dialog } from '../../ui/Dialog.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { QrCode } from '../../ui/QrCode.tsx';
import { uiWords } from '../../ui/words.ts';
import styles from './Office.module.css';
import { officeWords } from './words.ts';

/**
 * Makes a personal link, once asked for, and shows it once: to be copied or scanned by its one person. Making it ends the one before
 * and the devices that came by that, so looking alone must not.
 */
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
  const common = useWords(uiWords);
  const language = useLanguage();
  const { busy, failure, run } = useAct();
  const [link, setLink] = useState<LinkMade>();
  const make = () => run(async () => setLink(await api.identity.personalLink({ campaignId, personId })));
  return (
    <Dialog
      open
      onClose={onClose}
      title={words.personalLinkOf(name)}
      note={words.personalNote(name)}
      size="narrow"
    >
      {failure && <ErrorNote failure={failure} onRetry={() => void make()} />}
      {!link && (
        <Actions>
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button kind="primary" busy={busy} onClick={() => void make()}>
            {words.makeLink}
          </Button>
        </Actions>
      )}
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
