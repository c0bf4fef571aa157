import { RateLimiterMemory } from 'rate-limiter-flexible';
import { AppError } from '../../shared/errors.ts';
import type { Context } from './handler.ts';
import { networkOf } from './network.ts';

/** Keeps one client from flooding: calls per ten seconds. */
export interface FloodGate {
  /** RATE_LIMITED `tries.many` {seconds} for who has called too often. */
  pass(who: Pick<Context, 'actor' | 'tokenId' | 'device' | 'issued' | 'ip'>): Promise<void>;
}

export interface FloodLimits {
  /** One device that has come in, or one browser. */
  each: number;
  /** All of one address that have not come in. High, because a hall of 500 phones is one address. */
  address: number;
}

/**
 * Who has come in pays alone: no flood of others is theirs, wherever it comes from. Who has not is counted by the browser and at the
 * address; browsers that bear our signature apart from those that bring nothing or something made up, so that a flood of the second
 * kind is not paid by phones that are about to come in.
 */
export function createFloodGate({ each = 300, address = 6000 }: Partial<FloodLimits> = {}): FloodGate {
  const alone = new RateLimiterMemory({ points: each, duration: 10 });
  const addresses = new RateLimiterMemory({ points: address, duration: 10 });
  return {
    async pass({ actor, tokenId, device, issued, ip }) {
      try {
        if (actor.kind === 'person') {
          await alone.consume(`token ${tokenId}`);
          return;
        }
        if (issued) await alone.consume(`device ${device}`);
        await addresses.consume(`${issued ? 'browsers' : 'others'} ${networkOf(ip)}`);
      } catch (refused) {
        const ms = (refused as { msBeforeNext?: number }).msBeforeNext ?? 1000;
        throw new AppError('RATE_LIMITED', 'tries.many', { facts: { seconds: Math.ceil(ms / 1000) } });
      }
    },
  };
}
