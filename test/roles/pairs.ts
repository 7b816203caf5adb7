/** What each pair of `fixtures/roles` must show: roles, verdicts, and what its programs say. */

import type { Role, Verdict } from '../../src/model/site.js';

/** What a program must print. */
export interface Says {
  /** Its last line; `#` stands for a number of milliseconds. */
  line: string;
  /** Bounds of that number, wide enough for a busy machine: what is waited for takes 1500 ms. */
  over?: number;
  under?: number;
}

/** A client of a program: its role, and its verdict where that is not `rewrite`. */
export type Expected = Role | { role: Role; verdict: Verdict; why: string };

export interface Pair {
  /** Folder in `fixtures/roles`: the role, and what a forced share does. */
  name: string;
  /** Clients of `hazard` by the name that they are bound to. */
  hazard: Record<string, Expected>;
  /** Clients of `twin`. */
  twin: Record<string, Expected>;
  /** What the hazard says with connections as its authors and the tool wrote them, and with a forced share. */
  apart: Says;
  shared: Says;
  /** What the twin says in any case. */
  twinSays: Says;
  /** What is put behind the URL of the server. */
  query?: string;
}

/** What a blocking command waits for, in ms. */
const BLOCKED = 1_500;
const answersAtOnce = (line: string): Says => ({ line, under: 1_000 });
const answersLate = (line: string): Says => ({ line, over: BLOCKED - 200 });

/** A client `name` that blocks stalls the other one, `cache`. */
function stalls(name: string, client: string, role: Expected): Pair {
  const line = 'rate 1.08 after # ms';
  return {
    name,
    hazard: { [client]: role, cache: 'command' },
    twin: { [client]: 'command', cache: 'command' },
    apart: answersAtOnce(line),
    shared: answersLate(line),
    twinSays: answersAtOnce(line),
  };
}

/** The first client of a pair needs a connection of its own; the others are shared. */
function pair(
  name: string,
  roles: { dedicated: Record<string, Expected>; others: string[] },
  lines: { apart: string; shared: string; twin?: string },
): Pair {
  const others = Object.fromEntries(roles.others.map((client): [string, Role] => [client, 'command']));
  const freed = Object.fromEntries(Object.keys(roles.dedicated).map((client): [string, Role] => [client, 'command']));
  return {
    name,
    hazard: { ...roles.dedicated, ...others },
    twin: { ...freed, ...others },
    apart: { line: lines.apart },
    shared: { line: lines.shared },
    twinSays: { line: lines.twin ?? lines.apart },
  };
}

/** In RESP2 a subscribed connection takes no other command: ioredis refuses it. */
const RESP2 = '?protocol=2';
const SUBSCRIBED = 'Connection in subscriber mode, only subscriber commands may be used';

export const PAIRS: readonly Pair[] = [
  stalls('blocking-stalls', 'jobs', 'blocking'),
  stalls('blocking-stream', 'events', 'blocking'),
  stalls('blocking-replicas', 'orders', 'blocking'),
  stalls('blocking-pipeline', 'jobs', 'blocking'),
  stalls('blocking-by-name', 'jobs', 'blocking'),
  stalls('unknown-stalls', 'jobs', { role: 'unknown', verdict: 'keep', why: 'role-dynamic' }),
  {
    name: 'blocking-starves',
    hazard: { mails: 'blocking', reports: 'blocking' },
    twin: { mails: 'command', reports: 'command' },
    apart: answersAtOnce('report 1 after # ms'),
    shared: answersLate('report 1 after # ms'),
    twinSays: answersAtOnce('report 1 after # ms'),
  },
  {
    ...pair(
      'subscriber-refused',
      { dedicated: { feed: 'subscriber' }, others: ['cache'] },
      { apart: 'stored: OK', shared: `stored: ${SUBSCRIBED}` },
    ),
    query: RESP2,
  },
  {
    ...pair(
      'subscriber-mixes',
      { dedicated: { client: 'subscriber' }, others: ['publisher'] },
      { apart: 'orders: order 1; mails: mail 1', shared: 'orders: order 1, mail 1; mails: order 1, mail 1' },
    ),
    twin: { client: 'command' },
  },
  pair(
    'subscriber-loses',
    { dedicated: { ann: 'subscriber', ben: 'subscriber' }, others: ['server'] },
    { apart: 'hello reached 1', shared: 'hello reached 0' },
  ),
  pair(
    'subscriber-duplicate',
    { dedicated: { orders: 'subscriber', audit: 'subscriber' }, others: ['redis'] },
    { apart: 'order 1 reached 1', shared: 'order 1 reached 0' },
  ),
  pair(
    'transaction-aborts',
    { dedicated: { orders: 'transaction', stock: 'transaction' }, others: ['shop'] },
    { apart: 'order 1: shipped', shared: 'order 1: aborted' },
  ),
  pair(
    'transaction-loses',
    { dedicated: { stock: 'transaction', baskets: 'transaction' }, others: ['shop'] },
    { apart: 'sale refused, stock 13', shared: 'sale written, stock 2', twin: 'sale written, stock 12' },
  ),
  pair(
    'transaction-mixes',
    { dedicated: { ledger: 'transaction' }, others: ['views'] },
    { apart: 'booked 1, views 1', shared: 'booked 2, views QUEUED' },
  ),
  pair(
    'transaction-discards',
    { dedicated: { ledger: 'transaction' }, others: ['sessions'] },
    { apart: 'session open', shared: 'session null' },
  ),
  pair(
    'transaction-moves',
    { dedicated: { reports: 'transaction' }, others: ['cache'] },
    { apart: 'rate 1.08', shared: 'rate null' },
  ),
  pair(
    'transaction-refused',
    { dedicated: { auditor: 'transaction' }, others: ['cache'] },
    { apart: 'stored: OK', shared: 'stored: NOPERM' },
  ),
  pair(
    'transaction-silent',
    { dedicated: { metrics: 'transaction' }, others: ['cache'] },
    { apart: 'rate 1.08', shared: 'rate without an answer' },
  ),
  pair(
    'monitor-refused',
    { dedicated: { audit: 'monitor' }, others: ['cache'] },
    { apart: 'rate 1.08', shared: "rate ERR Replica can't interact with the keyspace", twin: 'rate 1.08' },
  ),
  pair(
    'monitor-loses',
    { dedicated: { audit: { role: 'monitor', verdict: 'keep', why: 'option-meaning' } }, others: ['cache'] },
    { apart: 'audit: seen', shared: 'audit: nothing' },
  ),
  {
    name: 'queue-refused',
    hazard: { connection: 'queue', cache: 'command' },
    twin: { connection: 'queue', cache: 'command' },
    apart: { line: 'mail sent to ann' },
    shared: { line: 'mail BullMQ: Your redis options maxRetriesPerRequest must be null.' },
    twinSays: { line: 'mail waiting 1' },
  },
];

/** A program that the tool refuses although, here, a share would do no harm: why it is refused all the same. */
export interface Cautious {
  name: string;
  hazard: Record<string, Expected>;
  /** What it says, apart and shared. */
  line: string;
  why: string;
}

export const CAUTIOUS: readonly Cautious[] = [
  {
    name: 'subscriber-refused',
    hazard: { feed: 'subscriber', cache: 'command' },
    line: 'stored: OK',
    why: 'RESP3, the default of ioredis 6, lets a subscribed connection take commands; ioredis 4 and 5 and servers before 6.2 do not have it',
  },
  {
    name: 'monitor-method',
    hazard: { audit: 'monitor', cache: 'command' },
    line: 'rate 1.08, audit: set rate:eur 1.08',
    why: 'monitor() of ioredis duplicates the client; other libraries, and the command sent by name, take the connection over',
  },
];
