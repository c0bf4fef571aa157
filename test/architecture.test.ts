import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { judge } from './support/arrows.ts';
import { readModule } from './support/imports.ts';

function modulesBelow(folder: string) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && /\.tsx?$/.test(file.name) && !file.name.endsWith('.d.ts'))
    .map((file) => join(file.parentPath, file.name).replaceAll('\\', '/'))
    .map((path) => readModule(path, readFileSync(path, 'utf8')));
}

/** The faults of a small invented tree. */
function faultsOf(tree: Record<string, string>): string[] {
  return judge(Object.entries(tree).map(([path, text]) => readModule(path, text)));
}

describe('the picture of the design', () => {
  it('holds: every import of server, client and shared follows an arrow, and nothing runs in a ring', () => {
    const modules = ['server', 'client', 'shared'].flatMap(modulesBelow);
    expect(modules.length).toBeGreaterThan(0);
    expect(judge(modules)).toEqual([]);
  });
});

describe('the watcher', () => {
  const tree: Record<string, string> = {
    'shared/errors.ts': "import { z } from 'zod';",
    'shared/board.ts': "import * as Y from 'yjs'; import { z } from 'zod';",
    'server/platform/config.ts': 'export const read = (env = process.env) => env;',
    'server/storage/port.ts': "import type { AppError } from '../../shared/errors.ts';",
    'server/storage/mongo/open.ts': "import mongoose from 'mongoose'; import '../port.ts';",
    'server/realtime/hub.ts': "import type { Server } from 'socket.io';",
    'server/features/identity/rules.ts': "import '../../../shared/errors.ts';",
    'server/features/session/handlers.ts':
      "import { may } from '../identity/rules.ts'; import 'node:crypto';",
    'server/app.ts': "import './features/session/handlers.ts'; await import('./storage/mongo/open.ts');",
    'server/main.ts': "import './app.ts'; process.exit(process.env.X ? 1 : 0);",
    'test/support/errors.ts': 'export {}',
    'client/features/join/JoinPage.tsx': "import '../../look.css'; export const a = <p />;",
  };

  it('is content with a tree that follows the arrows', () => {
    expect(faultsOf(tree)).toEqual([]);
  });

  it.each([
    ['a feature that reaches right', 'server/features/identity/x.ts', "import '../session/handlers.ts'"],
    [
      'a feature that reaches right for a type',
      'server/features/identity/x.ts',
      "import type { A } from '../session/handlers.ts'",
    ],
    [
      'a feature that hands on what stands right of it',
      'server/features/identity/x.ts',
      "export * from '../session/handlers.ts'",
    ],
    [
      'a feature that loads late what stands right of it',
      'server/features/identity/x.ts',
      "await import('../session/handlers.ts')",
    ],
    [
      'a type taken by import()',
      'server/features/identity/x.ts',
      "type A = import('../session/handlers.ts').A",
    ],
    ['a feature with engine code', 'server/features/rooms/x.ts', "import '../../storage/mongo/open.ts'"],
    ['a feature with transport code', 'server/features/rooms/x.ts', "import type { Request } from 'express'"],
    ['a feature nobody has placed', 'server/features/stray/x.ts', "import '../../storage/port.ts'"],
    ['transport that knows a feature', 'server/transport/x.ts', "import '../features/identity/rules.ts'"],
    ['transport that knows the storage', 'server/transport/x.ts', "import '../storage/port.ts'"],
    ['platform that knows another folder', 'server/platform/x.ts', "import '../realtime/hub.ts'"],
    ['storage that knows the hub', 'server/storage/x.ts', "import '../realtime/hub.ts'"],
    ['an engine that knows the other', 'server/storage/sqlite/x.ts', "import '../mongo/open.ts'"],
    ['mongoose outside its folder', 'server/storage/open.ts', "import mongoose from 'mongoose'"],
    ['the SQLite driver outside its folder', 'server/storage/copy.ts', "import '@photostructure/sqlite'"],
    ['Redis outside realtime', 'server/collab/x.ts', "import { createClient } from 'redis'"],
    ['a page that imports the server', 'client/x.ts', "import type { A } from '../server/app.ts'"],
    ['a page that imports node', 'client/x.ts', "import 'node:fs'"],
    ['a bare part that knows a feature', 'client/ui/X.tsx', "import '../features/join/JoinPage.tsx'"],
    ['a shared file that needs node', 'shared/x.ts', "import { randomUUID } from 'node:crypto'"],
    ['yjs in a shared file other than the board', 'shared/log.ts', "import * as Y from 'yjs'"],
    ['another package in shared', 'shared/x.ts', "import 'react'"],
    ['a test part in the product', 'server/app.ts', "import '../test/support/errors.ts'"],
    ['the environment read elsewhere', 'server/platform/log.ts', 'export const a = process.env.LOG_LEVEL'],
    ['the environment taken apart', 'server/platform/log.ts', 'const { env } = process'],
    ['the environment imported', 'server/platform/log.ts', "import { env } from 'node:process'"],
    ['an exit elsewhere', 'server/app.ts', "globalThis.process['exit'](1)"],
    ['an import that cannot be followed', 'server/app.ts', 'const a = await import(`./${name}.ts`)'],
    ['an import of no file', 'server/app.ts', "import './missing.ts'"],
    ['an import without an ending', 'server/app.ts', "import './platform/config'"],
  ])('sees %s', (_what, path, text) => {
    expect(faultsOf({ ...tree, [path]: text })).toEqual([expect.stringMatching(`^${path} `)]);
  });

  it.each([
    "import './a.ts'",
    "export { a } from './a.ts'",
    "await import('./a.ts')",
    "import { type A, a } from './a.ts'",
  ])('sees a ring closed by %s', (closing) => {
    const ring = { 'shared/a.ts': "import './b.ts'", 'shared/b.ts': closing };
    expect(faultsOf({ ...tree, ...ring })).toEqual(['a ring: shared/a.ts → shared/b.ts → shared/a.ts']);
  });

  it.each([
    "import type { A } from './a.ts'",
    "import { type A } from './a.ts'",
    "type A = import('./a.ts').A",
  ])('sees no ring where only types come back, as by %s', (closing) => {
    expect(faultsOf({ ...tree, 'shared/a.ts': "import './b.ts'", 'shared/b.ts': closing })).toEqual([]);
  });
});
