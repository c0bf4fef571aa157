import type { Variant } from '../servers.ts';

/** Ours with a short pause: for rooms in which every ms counts. */
export const oursQuick: Variant = { product: 'ours', label: 'ours, 2 ms tick', env: { MAX_TICK_MS: '2' } };
/** The longest pause that the goals of large rooms leave room for, the same as the tuned peer's. */
export const oursSlow: Variant = { product: 'ours', label: 'ours, 55 ms tick', env: { MAX_TICK_MS: '55' } };
export const ours: Variant = { product: 'ours', label: 'ours', env: {} };
export const hocuspocus3: Variant = { product: 'hocuspocus 3', label: 'Hocuspocus 3', env: {} };
export const hocuspocus4: Variant = { product: 'hocuspocus 4', label: 'Hocuspocus 4', env: {} };
export const hocuspocus4tuned: Variant = {
  product: 'hocuspocus 4',
  label: 'Hocuspocus 4, flushDelay 60',
  env: { FLUSH_DELAY: '60' },
};
export const websocketServer: Variant = {
  product: '@y/websocket-server',
  label: '@y/websocket-server',
  env: {},
};
export const classic: Variant = {
  product: 'y-websocket + leveldb',
  label: 'y-websocket with y-leveldb',
  env: {},
};
export const relay: Variant = { product: 'relay', label: 'bare relay', env: {} };
export const socketIo: Variant = { product: 'socket.io', label: 'Socket.IO room', env: {} };
