/**
 * One server, a cluster or servers behind Sentinel. Where an opening is given nodes, they are its server term:
 * `cluster(literal:h1:7000,env:H2:env:P2)`, `sentinel(literal:mymaster@literal:h1:26379)`. Their order counts for nothing:
 * a client asks any of them for the others.
 */

import type { Accessor, Topology } from '../model/config.js';
import type { Known, Opening } from '../model/traced.js';
import { constructOf, effectiveOptions, type Nodes } from './arguments.js';
import { given, isAbsent, textOf, unconverted } from './known.js';
import { compare } from './order.js';
import { DEFAULT, isUnknown, passwordTerm, termOf, tlsTerm, UNKNOWN } from './terms.js';

/** What a client of an opening talks to. A client of ioredis is behind Sentinel where its options say so. */
export function topologyOf(opening: Opening, openings: readonly Opening[]): Topology {
  if (opening.makes === 'cluster' || opening.makes === 'sentinel') return opening.makes;
  const sentinels = effectiveOptions(opening, openings).some((way) => {
    const value = way.settings.sentinels?.value;
    return value !== undefined && !isNothing(value);
  });
  return sentinels ? 'sentinel' : 'single';
}

/** What a server term, or the key of a database, leads to. */
export function topologyOfServer(server: string): Topology {
  return server.startsWith('cluster(') ? 'cluster' : server.startsWith('sentinel(') ? 'sentinel' : 'single';
}

/** Whether clients of an accessor can stand for what an opening makes. A Sentinel of redis-py gives clients and is none. */
export function isOffered(opening: Opening, topology: Topology, accessor: Pick<Accessor, 'contract'>): boolean {
  return !givesClients(opening) && topologiesOf(accessor).includes(topology);
}

/** A Sentinel of redis-py: what `master_for` gives is listed for itself. */
export function givesClients(opening: Opening): boolean {
  return opening.duplicates === null && constructOf(opening)?.arguments === 'redis-py-sentinel';
}

/** What the clients of an accessor can talk to; an accessor that says nothing opens single servers. */
export function topologiesOf({ contract }: Pick<Accessor, 'contract'>): readonly Topology[] {
  return contract.topologies ?? ['single'];
}

export function isNothing(value: Known): boolean {
  return isAbsent(value) || (value.kind === 'literal' && value.value === null);
}

/** The server term of nodes; `unknown` when one of them is not known. */
export function nodesTerm({ kind, nodes, group, more }: Nodes): string {
  if (nodes.length === 0) return UNKNOWN;
  const parts = nodes.map((node) => nodeTerm(given(node), kind === 'cluster' ? '6379' : '26379'));
  const name = group === null ? [] : [termOf(group)];
  const others = more.map(([key, value]) => [key, wayTerm(key, value)] as const).filter(([, term]) => term !== DEFAULT);
  if ([...parts, ...name, ...others.map(([, term]) => term)].some(isUnknown)) return UNKNOWN;
  const list = [...[...new Set(parts)].sort(compare), ...others.map(([key, term]) => `${key}=${term}`)].join(',');
  return `${kind}(${name.length > 0 ? `${name[0]}@` : ''}${list})`;
}

/** How nodes are reached, as a term without any secret. */
function wayTerm(name: string, value: Known): string {
  if (/password/i.test(name)) return passwordTerm(value);
  return /^sentinelTLS$/.test(name) ? tlsTerm(value) : termOf(value);
}

/** `{ host, port }`, a URL or `host` and `port` in a list, a port alone. Anything else beside the address is not known. */
function nodeTerm(node: Known, port: string): string {
  if (node.kind === 'array') {
    const [host, second, ...rest] = node.items;
    return host && rest.length === 0 ? joined(host, second, port) : UNKNOWN;
  }
  if (node.kind === 'object') return nodeOfOptions(node, port);
  const inner = unconverted(node);
  if (inner?.kind === 'env' || inner?.kind === 'config') return termOf(inner);
  if (node.kind === 'literal' && typeof node.value === 'number') return `literal:localhost:${node.value}`;
  const plain = /^(?:redis:\/\/)?([\w.-]+):(\d+)\/?$/.exec(textOf(node) ?? '');
  return plain ? `literal:${hostName(plain[1] ?? '')}:${plain[2]}` : termOf(node);
}

function nodeOfOptions(node: Extract<Known, { kind: 'object' }>, port: string): string {
  if (node.open) return UNKNOWN;
  const last = new Map(node.entries.map(({ key, value }) => [key, value]));
  const socket = last.get('socket');
  const url = last.get('url');
  if (last.size === 1 && socket?.kind === 'object') return nodeOfOptions(socket, port);
  if (last.size === 1 && url) return nodeTerm(given(url), port);
  const plain = [...last.keys()].every((key) => key === 'host' || key === 'port');
  return plain ? joined(last.get('host'), last.get('port'), port) : UNKNOWN;
}

function joined(host: Known | undefined, port: Known | undefined, standard: string): string {
  const [first, second] = [termOf(host), termOf(port)];
  if (isUnknown(first) || isUnknown(second)) return UNKNOWN;
  const name =
    first === DEFAULT ? 'literal:localhost' : first.replace(/^literal:(.*)$/s, (_, own) => `literal:${hostName(own)}`);
  const number = second === DEFAULT ? `literal:${standard}` : second;
  const bothLiteral = name.startsWith('literal:') && number.startsWith('literal:');
  return `${name}:${bothLiteral ? number.slice('literal:'.length) : number}`;
}

/** The loopback address is what `localhost` stands for in the libraries' own defaults. */
function hostName(host: string): string {
  return host === '127.0.0.1' ? 'localhost' : host;
}
