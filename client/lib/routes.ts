import { procedures } from '../../shared/contract/index.ts';
import type { Kind, Method } from '../../shared/procedure.ts';

export interface Route {
  readonly kind: Kind;
  readonly method: Method;
  readonly path: string;
}

/**
 * What a page must know of the contract to call it: the routes without their schemas. The build works this table out
 * and puts it in place of this file (`vite.config.ts`), so that a phone need not load what only the server checks.
 */
export const routes: Readonly<Record<string, Route>> = Object.fromEntries(
  [...procedures].map(([name, { kind, method, path }]) => [name, { kind, method, path }]),
);
