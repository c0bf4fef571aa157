import { useState } from 'react';
import type { Ticket } from '../../../shared/contract/answers.ts';
import { failureText } from '../../../shared/labels.ts';
import { askForFile } from '../../lib/download.ts';
import { failureOf, noticeFailure } from '../../lib/errors.ts';
import { useLanguage } from '../../lib/words.ts';
import { toast } from '../../ui/toast.ts';

const inWeChat = (): boolean => /MicroMessenger/i.test(navigator.userAgent);

export interface TakeAway {
  take: (ask: () => Promise<Ticket>) => void;
  /** Where the file is, when this browser cannot save it by itself. */
  link: string;
  close: () => void;
}

/** A file from a ticket: opened in this tab, which stays where it is; inside WeChat the way out is shown. */
export function useTakeAway(): TakeAway {
  const language = useLanguage();
  const [link, setLink] = useState('');
  const take = async (ask: () => Promise<Ticket>) => {
    try {
      const { url } = await askForFile(ask, (busy) => toast(failureText(busy.failure, language)));
      if (inWeChat()) setLink(new URL(url, location.href).href);
      else location.assign(url);
    } catch (error) {
      noticeFailure(error);
      toast(failureText(failureOf(error), language), 'bad');
    }
  };
  return { take: (ask) => void take(ask), link, close: () => setLink('') };
}
