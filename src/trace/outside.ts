/** Objects that stand for what is not followed: members of packages and globals, and of files that are not parsed yet. */

import { isFramework } from '../libraries/frameworks.js';
import { INSPECTOR_PACKAGES } from '../libraries/inspectors.js';
import { SERVER_PACKAGES } from '../libraries/servers.js';
import { SHUTDOWN_HOOKS } from '../libraries/shutdown-hooks.js';
import type { Library } from '../model/library.js';
import { GIVING_BACK } from './gives-back.js';
import { type AbstractObject, MADE, type ObjectId, type ObjectTable } from './objects.js';
import type { Program } from './program.js';

type Unparsed = Extract<AbstractObject, { kind: 'unparsed' }>;

/** `redis.asyncio.client.Redis.from_url`, however it is imported. `node = node.next` would have no end. */
const TABLED_DEPTH = 4;
/** `Promise.all`, `process.stdin.on`: what the stages know of globals goes no deeper. */
const GLOBAL_DEPTH = 3;
/** Of a package that no table speaks of, its exports are told apart for messages; what is read of them is the same to us. */
const OTHER_DEPTH = 1;
/** `module.make().then(use)`: no program that we know of needs more. */
const UNPARSED_DEPTH = 3;

/** Modules of the runtime whose members some stage knows. */
const RUNTIME = ['events', 'process'].flatMap((name) => [name, `node:${name}`]);

export class Outside {
  private readonly tabled: ReadonlySet<string>;
  /** As deep as the longest path of a table. */
  private readonly tabledDepth: number;
  private readonly ahead = new Map<string, ObjectId>();
  private readonly members = new Map<ObjectId, Map<string, ObjectId>>();

  constructor(
    private readonly program: Program,
    private readonly objects: ObjectTable,
    libraries: readonly Library[],
  ) {
    const hooks = SHUTDOWN_HOOKS.flatMap(({ packages }) => packages);
    const own = libraries.flatMap(({ packages }) => packages);
    const paths = libraries.flatMap(({ constructs }) => constructs.map(({ path }) => path.length));
    this.tabledDepth = Math.max(TABLED_DEPTH, ...paths);
    this.tabled = new Set([...RUNTIME, ...own, ...hooks, ...SERVER_PACKAGES, ...INSPECTOR_PACKAGES, ...GIVING_BACK]);
  }

  /** A member of a package, or of the globals of the runtime (package ''). */
  external(packageName: string, path: string[]): ObjectId {
    return this.objects.intern({ kind: 'external', package: packageName, path });
  }

  /** Member `name` of a member of a package: as deep as a table can speak of it; further on all is one. */
  externalMember(packageName: string, path: string[], name: string): ObjectId {
    return this.external(packageName, path.length < this.depthOf(packageName) ? [...path, name] : path);
  }

  private depthOf(packageName: string): number {
    if (packageName === '') return GLOBAL_DEPTH;
    return this.tabled.has(packageName) || isFramework(packageName) ? this.tabledDepth : OTHER_DEPTH;
  }

  /** A member of a file that is not parsed: the same one for all that import it. */
  unparsed(target: Unparsed): ObjectId {
    const { facts, project } = this.program.file(target.importer);
    const resolution = project.resolutions[target.specifier];
    const isBarrel = facts.exports.some((e) => e.name === '*' && e.specifier === target.specifier);
    if (resolution?.kind !== 'file' || isBarrel) return this.objects.intern(target);
    const key = `${resolution.file} ${target.path.join('.')}`;
    const known = this.ahead.get(key) ?? this.objects.intern(target);
    this.ahead.set(key, known);
    return known;
  }

  /**
   * Member `name` of it, or what calling it gives (null); null when that is too far. Which export it is says what to
   * parse; how far from that a value is counts only to come to an end.
   */
  unparsedMember(of: ObjectId, name: string | null): ObjectId | null {
    const what = this.objects.get(of);
    if (what.kind !== 'unparsed' || what.path.length >= UNPARSED_DEPTH) return null;
    const next = name === null ? MADE : what.path.length === 0 ? name : '*';
    // Most of what is read is read of such a value: its key is not to be written each time.
    const members = this.members.get(of) ?? new Map<string, ObjectId>();
    this.members.set(of, members);
    const member = members.get(next) ?? this.unparsed({ ...what, path: [...what.path, next] });
    members.set(next, member);
    return member;
  }
}
