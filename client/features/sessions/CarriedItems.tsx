import { newId } from '../../../shared/ids.ts';
import { serverNow } from '../../lib/clock.ts';
import { dayText } from '../../lib/dates.ts';
import { useAsk } from '../../lib/query.ts';
import { useLanguage, useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import styles from './AgendaEditor.module.css';
import { type ItemDraft, inserted } from './agenda.ts';
import { sessionWords } from './words.ts';

interface CarriedProps {
  campaignId: string;
  unitId: string;
  /** The meeting whose agenda this is, once it exists. */
  sessionId?: string | undefined;
  items: readonly ItemDraft[];
  onChange: (items: ItemDraft[]) => void;
}

/** What earlier meetings of the unit have left for this one: taken onto the agenda with one press. */
export function CarriedItems({ campaignId, unitId, sessionId, items, onChange }: CarriedProps) {
  const words = useWords(sessionWords);
  const language = useLanguage();
  const asked = { campaignId, unitId, ...(sessionId !== undefined && { sessionId }) };
  const { data } = useAsk('session.carried', asked, { when: unitId !== '' });
  const here = new Set(items.map(({ from }) => from && `${from.sessionId} ${from.itemId}`));
  const offers = (data ?? [])
    .map((offer) => ({
      ...offer,
      items: offer.items.filter((item) => !here.has(`${offer.sessionId} ${item.id}`)),
    }))
    .filter((offer) => offer.items.length > 0);
  if (offers.length === 0) return null;
  return (
    <section className={styles.carried} aria-label={words.carried}>
      <h3>{words.carried}</h3>
      <ul>
        {offers.map((offer) => (
          <li key={offer.sessionId}>
            <span className={styles.left}>
              <b>{offer.items.map((item) => item.title).join('、')}</b>
              <small>
                {dayText(offer.at, language, serverNow())} · {offer.title}
              </small>
            </span>
            <Button
              small
              onClick={() =>
                onChange(
                  inserted(
                    items,
                    offer.items.map(({ id: itemId, title, minutes }) => ({
                      ...{ id: newId(), title, minutes: String(minutes) },
                      from: { sessionId: offer.sessionId, itemId },
                    })),
                  ),
                )
              }
            >
              <Icon name="plus" size={16} />
              {words.takeCarried}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
