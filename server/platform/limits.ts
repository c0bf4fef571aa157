import { RateLimiterMemory } from 'rate-limiter-flexible';
import { AppError } from '../../shared/errors.ts';

/**
 * Keeps one client from flooding: calls per ten seconds. A device (browser) is counted by its cookie; calls that bring
 * none share a ceiling per address, high because a hall of 300 phones is one address.
 */
export interface FloodGate {
  pass(device: string, ip: string): Promise<void>;
}

export function createFloodGate(perDevice = 300, perAddress = 6000): FloodGate {
  const devices = new RateLimiterMemory({ points: perDevice, duration: 10 });
  const addresses = new RateLimiterMemory({ points: perAddress, duration: 10 });
  return {
    async pass(device, ip) {
      try {
        if (device !== '') await devices.consume(device);
        await addresses.consume(ip);
      } catch (refused) {
        const ms = (refused as { msBeforeNext?: number }).msBeforeNext ?? 1000;
        throw new AppError('RATE_LIMITED', 'tries.many', { facts: { seconds: Math.ceil(ms / 1000) } });
      }
    },
  };
}
