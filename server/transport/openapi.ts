import { z } from 'zod';
import { procedures } from '../../shared/contract/index.ts';
import { ERROR_STATUS } from '../../shared/errors.ts';
import { Failure } from '../../shared/failure.ts';
import type { Procedure } from '../../shared/procedure.ts';

type Json = Record<string, unknown>;
const schemaOf = (schema: z.ZodType, io: 'input' | 'output') =>
  z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json;

function parameters(procedure: Procedure, properties: Json, required: readonly string[]): Json[] {
  const inPath = new Set([...procedure.path.matchAll(/:(\w+)/g)].map((m) => m[1]!));
  const inQuery = procedure.method === 'GET' || procedure.kind === 'upload';
  return Object.entries(properties)
    .filter(([name]) => inPath.has(name) || inQuery)
    .map(([name, schema]) => ({
      name,
      in: inPath.has(name) ? 'path' : 'query',
      required: inPath.has(name) || required.includes(name),
      schema,
    }));
}

function requestBody(procedure: Procedure, input: Json, named: ReadonlySet<string>): Json {
  if (procedure.method === 'GET') return {};
  if (procedure.kind === 'upload') {
    return {
      requestBody: {
        required: true,
        content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
      },
    };
  }
  const properties = Object.fromEntries(
    Object.entries((input['properties'] ?? {}) as Json).filter(([key]) => !named.has(key)),
  );
  const required = ((input['required'] ?? []) as string[]).filter((key) => !named.has(key));
  return {
    requestBody: {
      required: true,
      content: {
        'application/json': { schema: { type: 'object', properties, required, additionalProperties: false } },
      },
    },
  };
}

function operation(name: string, procedure: Procedure): Json {
  const input = schemaOf(procedure.input, 'input');
  const params = parameters(
    procedure,
    (input['properties'] ?? {}) as Json,
    (input['required'] ?? []) as string[],
  );
  const named = new Set(params.map((each) => String(each['name'])));
  const statuses = [...new Set(Object.values(ERROR_STATUS))];
  const failures = statuses.map((status) => {
    const codes = Object.entries(ERROR_STATUS).filter(([, each]) => each === status);
    const content = { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } };
    return [status, { description: codes.map(([code]) => code).join(' or '), content }];
  });
  return {
    operationId: name,
    tags: [name.split('.')[0]],
    ...(procedure.live ? { 'x-live': true } : {}),
    parameters: params,
    ...requestBody(procedure, input, named),
    security: procedure.open ? [] : [{ cookie: [] }],
    responses: {
      200: {
        description: 'Success',
        content: { 'application/json': { schema: schemaOf(procedure.output, 'output') } },
      },
      ...Object.fromEntries(failures),
    },
  };
}

/** The OpenAPI 3.1 document, computed from the contract. `cookie`: the name under which this installation keeps who somebody is. */
export function openApi(cookie: string): Json {
  const paths: Record<string, Json> = {};
  for (const [name, procedure] of procedures) {
    const path = procedure.path.replace(/:(\w+)/g, '{$1}');
    (paths[path] ??= {})[procedure.method.toLowerCase()] = operation(name, procedure);
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Poli 破立', version: '1' },
    servers: [{ url: '/api' }],
    paths,
    components: {
      securitySchemes: { cookie: { type: 'apiKey', in: 'cookie', name: cookie } },
      schemas: {
        Error: { type: 'object', properties: { error: schemaOf(Failure, 'output') }, required: ['error'] },
      },
    },
  };
}
