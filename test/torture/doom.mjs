/**
 * Loaded before the built program (`node --import`): ends the process from inside, at a chosen step of a chosen commit, as a
 * power switch would. `DOOM` names the step and which time it counts, `{"at":"commit:after","nth":7,"armed":true}`; `PLANT` a fault.
 * With `"armed":false` it counts only from SIGUSR2 on. SQLite is watched through its driver, MongoDB through what goes over its socket. The program itself knows nothing of this.
 */
import { Socket } from 'node:net';

/** @typedef {{ at: string, nth: number, armed: boolean }} Doom */
/** @type {Doom | undefined} */
const doom = process.env.DOOM ? JSON.parse(process.env.DOOM) : undefined;
const plant = process.env.PLANT;
let times = 0;
let armed = doom?.armed === true;
process.on('SIGUSR2', () => {
  armed = true;
});

/** @param {string} step */
function reach(step) {
  if (!armed || doom?.at !== step || ++times !== doom.nth) return;
  process.kill(process.pid, 'SIGKILL');
}

// SQLite ----------------------------------------------------------------------------------------------------------------

const sqlite = process.getBuiltinModule('node:sqlite') ?? (await import('@photostructure/sqlite'));
const isAppend = (sql) => sql.startsWith('INSERT INTO updates');
const isRemoval = (sql) => sql.startsWith('DELETE FROM updates');
const isEntry = (sql) => /^INSERT INTO \W*\w*entries/.test(sql);

/** What a transaction has done so far: a snapshot and then removals is a compaction. */
let removed = 0;

/** @param {string} sql @param {() => unknown} run */
function runStatement(sql, run) {
  if (isAppend(sql)) reach('append:before');
  if (isEntry(sql)) reach('entry:before');
  if (isRemoval(sql)) {
    if (removed++ === 0) reach('compact:begun');
    reach('compact:middle');
  }
  if (plant === 'an append that stores nothing' && isAppend(sql) && Math.random() < 0.05)
    return { changes: 1 };
  if (plant === 'a message that is not stored' && isEntry(sql) && Math.random() < 0.05) return { changes: 1 };
  const result = run();
  if (isAppend(sql)) {
    reach('append:after');
  }
  if (isEntry(sql)) reach('entry:after');
  return result;
}

/** @param {string} sql @param {() => void} exec */
function execute(sql, exec) {
  if (/^BEGIN/.test(sql)) removed = 0;
  if (sql !== 'COMMIT') {
    if (plant === 'no fsync') sql = sql.replace('synchronous = FULL', 'synchronous = OFF');
    return exec(sql);
  }
  const kind = removed > 0 ? 'compact' : 'commit';
  reach(`${kind}:commit`);
  // The snapshot is gone, what it replaced as well.
  if (plant === 'a compaction without its snapshot' && kind === 'compact')
    exec('DELETE FROM updates WHERE seq = (SELECT max(seq) FROM updates)');
  exec(sql);
  reach(`${kind}:after`);
}

/** @param {new (path: string, options: object) => any} Real */
const watched = (Real) =>
  function Watched(/** @type {string} */ path, /** @type {object} */ options) {
    const db = new Real(path, options);
    return {
      get isTransaction() {
        return db.isTransaction;
      },
      exec: (sql) => execute(sql, (text) => db.exec(text)),
      prepare(sql) {
        const statement = db.prepare(sql);
        return {
          run: (...values) => runStatement(sql, () => statement.run(...values)),
          get: (...values) => statement.get(...values),
          all: (...values) => statement.all(...values),
          iterate: (...values) => statement.iterate(...values),
        };
      },
      close: () => db.close(),
    };
  };

const builtin = process.getBuiltinModule;
const own = { ...sqlite, DatabaseSync: watched(sqlite.DatabaseSync) };
process.getBuiltinModule = (id) => (id === 'node:sqlite' ? own : builtin(id));

// MongoDB ---------------------------------------------------------------------------------------------------------------

/** The first element of a command is its name with the collection: a string, so its length stands between. */
const insertsInto = (bytes, collection) =>
  bytes.includes(`\x02insert\0`) && bytes.includes(`${collection}\0`);
const removesFrom = (bytes, collection) =>
  bytes.includes(`\x02delete\0`) && bytes.includes(`${collection}\0`);

const write = Socket.prototype.write;
Socket.prototype.write = function watchedWrite(...given) {
  const [bytes] = given;
  if (!(bytes instanceof Uint8Array)) return write.apply(this, given);
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 120));
  const stores = insertsInto(text, 'updates') ? 'append' : insertsInto(text, 'entries') ? 'entry' : undefined;
  if (stores) reach(`${stores}:before`);
  if (removesFrom(text, 'updates')) reach('compact:begun');
  const sent = write.apply(this, given);
  if (stores) {
    reach(`${stores}:sent`);
    this.prependOnceListener('data', () => reach(`${stores}:answered`));
  }
  if (removesFrom(text, 'updates')) reach('compact:after');
  return sent;
};
