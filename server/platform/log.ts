import { type DestinationStream, type Logger, pino } from 'pino';

export type Log = Logger;

/** One line of JSON per event. Bodies, passwords, cookies and link secrets are never given to it. */
export function createLog(level: string, destination?: DestinationStream): Log {
  const options = { level, base: null, timestamp: () => `,"time":"${new Date().toISOString()}"` };
  return destination ? pino(options, destination) : pino(options);
}
