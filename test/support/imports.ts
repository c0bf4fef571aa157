import { posix } from 'node:path';
import { parseSync } from 'vite';

/** What one source file reaches for. Type-only imports count: an arrow in the types is an arrow in the heads. */
export interface Module {
  path: string;
  /** Paths from the top of the project, or names of packages (`node:fs`, `zod`, `@tiptap/core`). */
  imports: { target: string; inside: boolean; typeOnly: boolean }[];
  /** Uses of the process itself: `process.env`, `process.exit`. */
  process: Set<'env' | 'exit'>;
  /** What cannot be followed: a computed `import()`, a syntax error. */
  unclear: string[];
}

interface Node {
  type: string;
  [key: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

function* nodesOf(value: unknown): Generator<Node> {
  if (Array.isArray(value)) for (const each of value) yield* nodesOf(each);
  if (!isNode(value)) return;
  yield value;
  for (const child of Object.values(value)) yield* nodesOf(child);
}

/** The text of a string literal, or of a template without holes. */
function literal(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === 'TSLiteralType') return literal(node.literal);
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node.type !== 'TemplateLiteral') return undefined;
  const parts = node.quasis as { value: { cooked: string } }[];
  return parts.length === 1 ? parts[0]?.value.cooked : undefined;
}

const importing = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
]);

/** `process`, `globalThis.process`. */
function isProcess(node: unknown): boolean {
  if (!isNode(node)) return false;
  if (node.type === 'Identifier') return node.name === 'process';
  return node.type === 'MemberExpression' && nameOf(node.property) === 'process';
}

const nameOf = (node: unknown) => (isNode(node) && node.type === 'Identifier' ? node.name : literal(node));

/** Names taken from the process: `process.env`, `const { exit } = process`, `import { env } from 'node:process'`. */
function takenFromProcess(node: Node): unknown[] {
  if (node.type === 'MemberExpression' && isProcess(node.object)) return [nameOf(node.property)];
  if (node.type === 'VariableDeclarator' && isProcess(node.init)) {
    const pattern = node.id as Node;
    if (pattern.type !== 'ObjectPattern') return ['env', 'exit'];
    return (pattern.properties as Node[]).map((each) => nameOf(each.key));
  }
  const source = node.type === 'ImportDeclaration' ? literal(node.source) : undefined;
  if (source !== 'process' && source !== 'node:process') return [];
  return (node.specifiers as Node[]).map((each) => nameOf(each.imported) ?? 'env');
}

/** Gone after compilation: `import type`, `export type … from`, `import { type A }` and nothing else, `import('…').A`. */
function isTypeOnly(node: Node): boolean {
  if (node.type === 'TSImportType' || node.importKind === 'type' || node.exportKind === 'type') return true;
  const specifiers = (node.specifiers ?? []) as Node[];
  const kinds = specifiers.map((each) => each.importKind ?? each.exportKind);
  return kinds.length > 0 && kinds.every((kind) => kind === 'type');
}

/** Reads one file's text; `path` is from the top of the project, with forward slashes. */
export function readModule(path: string, text: string): Module {
  const module: Module = { path, imports: [], process: new Set(), unclear: [] };
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) module.unclear.push(`${path} cannot be parsed: ${errors[0]?.message}`);
  for (const node of nodesOf(program)) {
    for (const name of takenFromProcess(node))
      if (name === 'env' || name === 'exit') module.process.add(name);
    if (!importing.has(node.type)) continue;
    const source = node.source ?? node.argument;
    if (!isNode(source)) continue;
    const target = literal(source);
    const typeOnly = isTypeOnly(node);
    if (target === undefined) module.unclear.push(`${path} has an import() that cannot be followed`);
    else if (target.startsWith('.')) {
      module.imports.push({ target: posix.join(posix.dirname(path), target), inside: true, typeOnly });
    } else module.imports.push({ target, inside: false, typeOnly });
  }
  return module;
}
