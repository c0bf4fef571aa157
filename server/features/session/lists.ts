import { DONE } from '../../../shared/contract/answers.ts';
import type { session, SessionCard, SessionOverview } from '../../../shared/contract/session.ts';
import { can } from '../../../shared/policy.ts';
import type { HandlersOf } from '../../platform/handler.ts';
import { type KeptCard, placeOf } from './cards.ts';
import { type Core, type Person, personOf } from './core.ts';
import { foremost, figuresOf } from './overview.ts';
import { permit } from '../../platform/permit.ts';
import { carriedItems } from './carried.ts';
import { known } from './settings.ts';
import { cardsChannel } from './telling.ts';

type Lists = Pick<HandlersOf<typeof session>, 'list' | 'overview' | 'watch' | 'carried'>;
/** Cards of a page when nobody says how many. */
const PAGE = 50;

const readsAll = (person: Person, campaignId: string) => can(person, 'session:read', { campaignId });

/** The meetings of a campaign as lists, each person's own. */
export function createLists(core: Core): Lists {
  async function readable(person: Person, campaignId: string): Promise<readonly KeptCard[]> {
    known(person, campaignId);
    const all = await core.cards.of(campaignId);
    if (readsAll(person, campaignId)) return all;
    const held = new Set(person.grants.map((grant) => grant.scopeId));
    return all.filter(
      ({ sessionId }) => held.has(sessionId) && can(person, 'session:read', { campaignId, sessionId }),
    );
  }

  const shown = (card: KeptCard): SessionCard => ({
    ...card,
    present: core.presence.count(card.sessionId),
  });

  return {
    async list(context, { campaignId, roomId, cursor, limit = PAGE }) {
      const all = await readable(personOf(context), campaignId);
      const asked = all.filter(
        (card) =>
          (roomId === undefined || card.roomId === roomId) &&
          (cursor === undefined || placeOf(card) < cursor),
      );
      const page = asked.slice(0, limit);
      const last = page.at(-1);
      return {
        cards: page.map(shown),
        ...(last && asked.length > page.length ? { next: placeOf(last) } : {}),
      };
    },
    async overview(context, { campaignId }): Promise<SessionOverview> {
      const all = await readable(personOf(context), campaignId);
      const first = foremost(all, core.now());
      return { ...(first ? { foremost: shown(first) } : {}), rooms: figuresOf(all, core.now()) };
    },
    async carried(context, input) {
      const { campaignId } = input;
      const person = personOf(context);
      known(person, campaignId);
      permit(context, 'session:create', { campaignId });
      return carriedItems(core, input);
    },
    async watch(context, { campaignId, on }) {
      const person = personOf(context);
      const { connection } = context;
      const own = await readable(person, campaignId);
      const channels = readsAll(person, campaignId)
        ? [cardsChannel(campaignId)]
        : own.map(({ sessionId }) => cardsChannel(campaignId, sessionId));
      for (const channel of channels)
        if (on) connection?.join(channel);
        else connection?.leave(channel);
      return DONE;
    },
  };
}
