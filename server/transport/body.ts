import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError } from '../../shared/errors.ts';
import type { TransportLimits } from './limits.ts';
import type { Payer } from './payers.ts';

/** After an answer that came before the body, what is still sent is thrown away for so long; then the line is cut. */
const FAREWELL_MS = 2_000;

const tooLarge = () => new AppError('TOO_LARGE', 'body.large');
const unfinished = () => new AppError('INVALID_INPUT', 'body.unfinished');
const crowded = () => new AppError('UNAVAILABLE', 'server.busy');

/**
 * Reads the body of a request: at most `most` bytes, refused by its declared length before anything is read. A body of somebody may
 * take its time as long as it makes progress; that of nobody has half a minute. Throws AppError TOO_LARGE, INVALID_INPUT
 * `body.unfinished`, UNAVAILABLE `server.busy` when too much is under way.
 */
export function readBody(
  request: IncomingMessage,
  payer: Payer,
  most: number,
  limits: TransportLimits,
): Promise<Buffer> {
  const declared = Number(request.headers['content-length'] ?? 0);
  // `NaN` is above nothing: what is no number is refused by Node itself.
  if (declared > most) return Promise.reject(tooLarge());
  // What a packed body unpacks to is not known before: no browser sends one.
  if ((request.headers['content-encoding'] ?? 'identity') !== 'identity')
    return Promise.reject(new AppError('INVALID_INPUT', 'body.form'));
  return new Promise((resolve, reject) => {
    const holding = payer.hold();
    const watch = watchProgress(payer.personId !== '', limits, () => done(unfinished()));
    const chunks: Buffer[] = [];
    let length = 0;
    const done = (error?: AppError): void => {
      watch.stop();
      holding.drop();
      request.off('data', take).off('end', end).off('close', lost).off('error', lost);
      if (!error) return resolve(Buffer.concat(chunks, length));
      chunks.length = 0;
      request.pause();
      reject(error);
    };
    const take = (chunk: Buffer): void => {
      length += chunk.byteLength;
      watch.came(chunk.byteLength);
      payer.allowance.spend({ bytes: chunk.byteLength }, performance.now());
      if (length > most) return done(tooLarge());
      if (!holding.grow(chunk.byteLength)) return done(crowded());
      chunks.push(chunk);
    };
    const end = (): void => done();
    const lost = (): void => done(unfinished());
    request.on('data', take).on('end', end).on('close', lost).on('error', lost);
  });
}

/** `late` is called when too little comes. */
function watchProgress(known: boolean, limits: TransportLimits, late: () => void) {
  const started = performance.now();
  let since = 0;
  const timer = setInterval(() => {
    const tooLong = performance.now() - started > (known ? limits.bodyMostMs : limits.bodyMs - 1);
    if (tooLong || since < limits.bodyProgress) late();
    since = 0;
  }, limits.bodyMs);
  return {
    came: (bytes: number) => {
      since += bytes;
    },
    stop: () => clearInterval(timer),
  };
}

/**
 * A body of which the rest is not wanted is thrown away for a while, so that the other side can read the answer; then its connection
 * is cut. Node would read on for ever.
 */
export function leaveUnread(request: IncomingMessage, response: ServerResponse): void {
  if (request.complete) return;
  response.once('finish', () => {
    request.resume();
    const cut = setTimeout(() => request.socket.destroy(), FAREWELL_MS);
    request.once('close', () => clearTimeout(cut));
  });
}
