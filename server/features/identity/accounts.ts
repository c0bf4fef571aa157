import { hash, verify } from '@node-rs/argon2';
import { AppError, isError } from '../../../shared/errors.ts';
import { digest } from '../../platform/secrets.ts';
import type { RecordStore } from '../../storage/port.ts';
import { type AccountRecord, accounts } from './collections.ts';
import { isCommonPassword } from './password-rules.ts';

const MOST_DEVICES = 10;
const keyOf = (login: string) => login.toLowerCase();
const taken = () =>
  new AppError('CONFLICT', 'login.taken', { fields: [{ path: 'login', reason: 'login.taken' }] });
const wrong = () => new AppError('UNAUTHENTICATED', 'login.wrong');

/** Logins and passwords (argon2id, 19 MiB, 2 passes: the library's and OWASP's default). */
export function createAccounts(records: RecordStore) {
  let decoy: Promise<string> | undefined;
  /** Somebody to compare with when the login is unknown, so that the answer takes as long. */
  const nobody = () => (decoy ??= hash('no such login'));

  const byLogin = (login: string) => records.find(accounts, 'login', { loginKey: keyOf(login) });

  async function put(draft: Omit<AccountRecord, 'version'>): Promise<void> {
    const known = await records.get(accounts, draft.id);
    try {
      if (known) await records.replace(accounts, { ...known, ...draft });
      else await records.insert(accounts, draft);
    } catch (error) {
      if (isError(error, 'CONFLICT') && error.failure.reason === 'record.index') throw taken();
      throw error;
    }
  }

  return {
    byLogin,
    of: (personId: string) => records.get(accounts, personId),
    remove: (personId: string) => records.remove(accounts, personId),
    /** INVALID_INPUT `password.common` for one that a guesser tries among the first. */
    async hash(password: string, login: string): Promise<string> {
      if (isCommonPassword(password, login)) {
        const fields = [{ path: 'password', reason: 'password.common' }];
        throw new AppError('INVALID_INPUT', 'password.common', { fields });
      }
      return hash(password);
    },
    taken,
    /** Makes or replaces the person's login and password. CONFLICT `login.taken`. */
    put: (personId: string, login: string, passwordHash: string) =>
      put({ id: personId, login, loginKey: keyOf(login), hash: passwordHash, devices: [] }),
    keyOf,
    /** Whether this browser has signed in with this login before. */
    async knows(login: string, device: string): Promise<boolean> {
      return device !== '' && (await byLogin(login))?.devices.includes(digest(device)) === true;
    },
    /** Remembers the browser; a lost race costs nothing but that. */
    async welcome(account: AccountRecord, device: string): Promise<void> {
      const mark = digest(device);
      if (device === '' || account.devices.includes(mark)) return;
      const devices = [...account.devices, mark].slice(-MOST_DEVICES);
      await records.replace(accounts, { ...account, devices }).catch((error: unknown) => {
        if (!isError(error, 'CONFLICT') && !isError(error, 'NOT_FOUND')) throw error;
      });
    },
    /** The account behind a login and its password. UNAUTHENTICATED `login.wrong`, in the same time for an unknown login. */
    async open(login: string, password: string): Promise<AccountRecord> {
      const account = await byLogin(login);
      const right = await verify(account?.hash ?? (await nobody()), password);
      if (!account || !right) throw wrong();
      return account;
    },
  };
}
export type Accounts = ReturnType<typeof createAccounts>;
