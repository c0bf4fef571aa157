import { AppError, isError } from '../../../shared/errors.ts';
import { newId } from '../../../shared/ids.ts';
import { digest, newSecret } from '../../platform/secrets.ts';
import type { RecordStore } from '../../storage/port.ts';
import { type LinkRecord, links } from './collections.ts';
import { ADMIN_LINK_LIFE, GUEST_LINK_LIFE, iso, PERSONAL_LINK_LIFE } from './rules.ts';

/** Where a link's secret stands in an address: the client's page of that path opens it. */
export const linkUrl = (origin: string, secret: string): string => `${origin}/l/${secret}`;

export interface MadeLink {
  linkId: string;
  secret: string;
  expiresAt: string;
}

export interface GuestInvitation {
  sessionId: string;
  campaignId: string;
  boardId: string;
  sessionTitle: string;
  /** Whom the link is for, as the moderator calls them. */
  name: string;
}

const ended = (reason: string) => new AppError('WRONG_STATE', reason);
/** The meeting that it led to is over: which one, when, whose. */
const overWith = ({ sessionTitle }: LinkRecord, { at, host }: NonNullable<LinkRecord['over']>) =>
  new AppError('WRONG_STATE', 'session.over', { facts: { title: sessionTitle, at, host } });
const blank = {
  personId: '',
  campaignId: '',
  sessionId: '',
  boardId: '',
  sessionTitle: '',
  name: '',
  usedBy: '',
  unitName: '',
  device: '',
};

type Content = Partial<typeof blank> & Pick<LinkRecord, 'id' | 'kind'>;

/** Links as records: what is known of a secret is its digest, except for guests' (see `LinkRecord`). */
export function createLinks(records: RecordStore, now: () => number) {
  async function write(content: Content, life: number): Promise<MadeLink> {
    const secret = newSecret();
    const draft = {
      ...blank,
      ...content,
      digest: digest(secret),
      secret: content.kind === 'guest' ? secret : '',
      state: 'open' as const,
      expiresAt: iso(now() + life),
    };
    for (;;) {
      const old = await records.get(links, content.id);
      try {
        if (old) await records.replace(links, { ...draft, version: old.version });
        else await records.insert(links, draft);
        return { linkId: content.id, secret, expiresAt: draft.expiresAt };
      } catch (error) {
        if (!isError(error, 'CONFLICT') && !isError(error, 'NOT_FOUND')) throw error;
      }
    }
  }

  /** Everything but who uses it. NOT_FOUND `link.unknown`, WRONG_STATE `link.expired`, `link.used`. */
  async function find(secret: string, device: string): Promise<LinkRecord> {
    const link = await records.find(links, 'digest', { digest: digest(secret) });
    if (!link) throw new AppError('NOT_FOUND', 'link.unknown');
    if (link.over) throw overWith(link, link.over);
    if (link.state === 'ended' || link.expiresAt <= iso(now())) throw ended('link.expired');
    const mine = device !== '' && link.device === device;
    if (link.kind === 'admin' && (link.state === 'used' || (link.state === 'claimed' && !mine)))
      throw ended('link.used');
    return link;
  }

  const personalId = (campaignId: string, personId: string) => `personal.${campaignId}.${personId}`;

  return {
    find,
    /** Compare-and-set; false when somebody was faster. */
    async set(link: LinkRecord, change: Partial<LinkRecord>): Promise<LinkRecord | undefined> {
      try {
        return await records.replace(links, { ...link, ...change });
      } catch (error) {
        if (isError(error, 'CONFLICT') || isError(error, 'NOT_FOUND')) return undefined;
        throw error;
      }
    },
    get: (linkId: string) => records.get(links, linkId),
    ofSession: (sessionId: string) => records.list(links, 'bySession', { sessionId }),
    /** One-time, for a day; takes the place of the one made before. */
    makeAdmin: () => write({ id: 'admin', kind: 'admin' }, ADMIN_LINK_LIFE),
    /** For 30 days and all of the person's devices; takes the place of the one made before. */
    makePersonal: (campaignId: string, personId: string) =>
      write(
        { id: personalId(campaignId, personId), kind: 'personal', campaignId, personId },
        PERSONAL_LINK_LIFE,
      ),
    makeGuest: (invitation: GuestInvitation) =>
      write({ id: newId(now()), kind: 'guest', ...invitation }, GUEST_LINK_LIFE),
    removePersonal: (campaignId: string, personId: string) =>
      records.remove(links, personalId(campaignId, personId)),
  };
}
export type Links = ReturnType<typeof createLinks>;
