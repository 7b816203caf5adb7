/** From what the schema objects to, to one line that names the place, the key and what is allowed. */

import type { z } from 'zod';
import { UserError } from '../errors.js';
import { mask } from '../secrets.js';
import type { KeyPath, Parsed } from './parse.js';
import { configJsonSchema } from './schema.js';
import { similar } from './similar.js';

type Issue = z.core.$ZodIssue;

export interface Problem {
  path: KeyPath;
  message: string;
  /** What is allowed there, when the message does not say it. */
  hint: string | null;
}

/** The first problem in the order of the file as a `UserError`, with the number of the others. */
export function problemError(problems: Problem[], parsed: Parsed, shown: string): UserError {
  const placed = problems
    .map((problem) => ({ problem, place: parsed.place(problem.path) }))
    .sort((a, b) => a.place.line - b.place.line || a.place.column - b.place.column);
  const [first] = placed;
  if (!first) return new UserError(`${shown}: the configuration is not valid`);
  const { problem, place } = first;
  const key = problem.path.length > 0 ? `${keyText(problem.path)}: ` : '';
  const more = placed.length > 1 ? ` (and ${placed.length - 1} more)` : '';
  return new UserError(`${shown}:${place.line}:${place.column}: ${key}${problem.message}${more}`, problem.hint);
}

/** Problems of all issues of a failed parse. */
export function problemsOf(issues: readonly Issue[], data: unknown): Problem[] {
  return issues.flatMap((issue) => problemsOfIssue(issue, [], data));
}

function problemsOfIssue(issue: Issue, above: KeyPath, data: unknown): Problem[] {
  const path = [...above, ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))];
  const value = valueAt(data, path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(path, key));
    case 'invalid_union':
      return ofUnion(issue, path, data);
    case 'invalid_key':
      return [{ path, message: `not a valid name: ${issue.issues[0]?.message ?? issue.message}`, hint: null }];
    case 'invalid_value':
      return [choice(path, value, issue.values.map(String))];
    case 'invalid_type':
      if (value === undefined) return [{ path, message: 'is missing', hint: `It must be ${article(issue.expected)}.` }];
      return [{ path, message: `must be ${article(issue.expected)}, not ${kindOf(value)}`, hint: null }];
    case 'too_small':
      return [{ path, message: tooSmall(issue.origin, Number(issue.minimum)), hint: null }];
    default:
      return [{ path, message: `must be ${issue.message}`, hint: null }];
  }
}

/** The branch that the value was meant for: the one that does not refuse its very type. */
function ofUnion(issue: Extract<Issue, { code: 'invalid_union' }>, path: KeyPath, data: unknown): Problem[] {
  const meant = issue.errors.find(
    (branch) => !branch.some(({ code, path: at }) => code === 'invalid_type' && at.length === 0),
  );
  if (meant) return meant.flatMap((inner) => problemsOfIssue(inner, path, data));
  const expected = issue.errors.flatMap((branch) =>
    branch.flatMap((inner) => (inner.code === 'invalid_type' ? [article(inner.expected)] : [])),
  );
  return [{ path, message: `must be ${expected.join(' or ')}, not ${kindOf(valueAt(data, path))}`, hint: null }];
}

function unknownKey(path: KeyPath, key: string): Problem {
  const allowed = allowedKeys(path);
  const near = similar(key, allowed);
  return {
    path: [...path, key],
    message: `unknown key${near ? `, did you mean "${near}"?` : ''}`,
    hint: `Allowed here: ${allowed.join(', ')}.`,
  };
}

/** A value outside of a list of allowed ones. */
export function choice(path: KeyPath, value: unknown, allowed: readonly string[]): Problem {
  const given = typeof value === 'string' ? value : null;
  const near = given === null ? null : similar(given, allowed);
  const shown = given === null ? kindOf(value) : mask(`"${given}"`);
  return {
    path,
    message: `${shown} is not allowed${near ? `, did you mean "${near}"?` : ''}`,
    hint: `Allowed: ${allowed.join(', ')}.`,
  };
}

interface SchemaNode {
  properties?: Record<string, SchemaNode>;
  additionalProperties?: SchemaNode | boolean;
  items?: SchemaNode;
  anyOf?: SchemaNode[];
}

/** Keys that the schema has at a path. */
function allowedKeys(path: KeyPath): string[] {
  let nodes: SchemaNode[] = [configJsonSchema()];
  for (const step of path) nodes = nodes.flatMap((node) => childrenOf(node, step));
  const keys = nodes
    .flatMap((node) => [node, ...(node.anyOf ?? [])])
    .flatMap((node) => Object.keys(node.properties ?? {}));
  return [...new Set(keys)].filter((key) => key !== '$schema').sort();
}

function childrenOf(node: SchemaNode, step: string | number): SchemaNode[] {
  return [node, ...(node.anyOf ?? [])].flatMap(({ properties, additionalProperties, items }) => {
    const child = typeof step === 'number' ? items : (properties?.[step] ?? additionalProperties);
    return typeof child === 'object' ? [child] : [];
  });
}

/** `["databases", "main"]` → `databases.main`, `["exempt", 0]` → `exempt[0]`. */
export function keyText(path: KeyPath): string {
  return mask(
    path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index > 0 ? `.${step}` : step)).join(''),
  );
}

function valueAt(data: unknown, path: KeyPath): unknown {
  return path.reduce<unknown>((value, step) => {
    return typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined;
  }, data);
}

function article(expected: string): string {
  if (expected === 'int') return 'a whole number';
  if (expected === 'record') return 'an object';
  if (expected === 'boolean') return 'true or false';
  if (expected === 'null') return 'null';
  return `${/^[aeiou]/.test(expected) ? 'an' : 'a'} ${expected === 'array' ? 'list' : expected}`.replace(
    'an list',
    'a list',
  );
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'number') return Number.isInteger(value) ? 'a number' : 'a fraction';
  return typeof value === 'boolean' ? 'true or false' : article(typeof value);
}

function tooSmall(origin: string, minimum: number): string {
  if (origin === 'string') return 'must not be empty';
  if (origin === 'array') return 'must not be an empty list';
  return `must be ${minimum} or more`;
}
