import type { Target } from './load/job.ts';
import { openOffice } from './ours/office.ts';
import { removeFolder, type Server, startServer, temporaryFolder } from './processes.ts';

/** What a workload needs of a server before the load begins. */
export interface Needs {
  documents: number;
  people: number;
  /** Somebody speaks in the session. */
  meeting: boolean;
}

export type Product =
  | 'ours'
  | 'hocuspocus 3'
  | 'hocuspocus 4'
  | '@y/websocket-server'
  | 'y-websocket + leveldb'
  | 'relay'
  | 'socket.io';

/** One server under one setting. `label` is what the tables call it. */
export interface Variant {
  product: Product;
  label: string;
  env: Record<string, string>;
}

export interface Running {
  /** The server that runs now. */
  readonly target: Target;
  /** Ends it and starts it again on the same store. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export interface StartOptions {
  /** Where a CPU profile of our server goes; '' for none. */
  profileTo: string;
  /** More options for node, the same for everybody. */
  nodeArgs: string[];
}

const PEERS = 'test/bench/peers';

interface Recipe {
  args(profile: string[]): string[];
  env(folder: string): Record<string, string>;
  ready(port: number): RegExp;
  /** For a start on a store that is not empty, where it is different. */
  again?(port: number): RegExp;
  dialect: Target['dialect'];
  path: string;
}

const dataDir = (folder: string) => ({ DATA_DIR: folder });
const listening = () => /^listening/;
const runningAt = () => /^running at/;

const hocuspocus = (version: string): Recipe => ({
  args: () => ['--disable-warning=ExperimentalWarning', `${PEERS}/hocuspocus.mjs`, version],
  env: dataDir,
  ready: listening,
  dialect: 'hocuspocus',
  path: '/',
});

const RECIPES: Record<Product, Recipe> = {
  ours: {
    args: (profile) => [...profile, '--enable-source-maps', 'dist/server/main.js'],
    env: dataDir,
    // the one-time link is the last that a first start prints
    ready: () => /https?:\S+\/l\/\S+/,
    again: (port) => new RegExp(`127.0.0.1:${port}`),
    dialect: 'y',
    path: '/collab/',
  },
  'hocuspocus 3': hocuspocus('3'),
  'hocuspocus 4': hocuspocus('4'),
  '@y/websocket-server': {
    args: () => [`${PEERS}/node_modules/@y/websocket-server/src/server.js`],
    env: () => ({}),
    ready: runningAt,
    dialect: 'y',
    path: '/',
  },
  'y-websocket + leveldb': {
    args: () => [`${PEERS}/node_modules/y-websocket/bin/server.cjs`],
    env: (folder) => ({ YPERSISTENCE: folder }),
    ready: runningAt,
    dialect: 'y',
    path: '/',
  },
  relay: {
    args: () => [`${PEERS}/relay.mjs`],
    env: () => ({}),
    ready: listening,
    dialect: 'relay',
    path: '/',
  },
  'socket.io': {
    args: () => [`${PEERS}/socket-io.mjs`],
    env: () => ({}),
    ready: listening,
    dialect: 'y',
    path: '/',
  },
};

function startProcess(
  variant: Variant,
  folder: string,
  options: StartOptions,
  again = false,
): Promise<Server> {
  const recipe = RECIPES[variant.product];
  const profiled = options.profileTo !== '' && variant.product === 'ours';
  const profile = profiled ? ['--cpu-prof', '--cpu-prof-dir', options.profileTo] : [];
  const args = [...options.nodeArgs, ...recipe.args(profile)];
  const ready = again ? (recipe.again ?? recipe.ready) : recipe.ready;
  return startServer(args, { ...recipe.env(folder), ...variant.env }, ready);
}

/** Starts a server afresh, with everything in it that the workload needs. */
export async function startVariant(variant: Variant, needs: Needs, options: StartOptions): Promise<Running> {
  const folder = temporaryFolder();
  const recipe = RECIPES[variant.product];
  let server = await startProcess(variant, folder, options);
  const stop = async (): Promise<void> => {
    await server.stop();
    removeFolder(folder);
  };
  try {
    const { pid, port } = server;
    const plain = {
      cookies: [],
      docs: Array.from({ length: needs.documents }, (_, n) => `list.${n}`),
      sessionId: 'session',
    };
    const places = variant.product === 'ours' ? await openOffice(port, server.printed(), needs) : plain;
    const { dialect, path } = recipe;
    let target: Target = { name: variant.label, pid, port, dialect, path, ...places };
    return {
      get target() {
        return target;
      },
      async restart() {
        await server.stop();
        server = await startProcess(variant, folder, options, true);
        target = { ...target, pid: server.pid, port: server.port };
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
