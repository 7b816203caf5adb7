/** Nodes that always hold the same: one of them stands for all, so what they hold is found and kept once. */

import { withRoom } from './dense.js';
import type { Node } from './program.js';

export class SameNodes {
  /** Node → one more than the node that stands for it; 0: it stands for itself. */
  private firsts = new Int32Array(1 << 16);
  /** Node that stands for others → all of them, itself included. */
  private readonly groups = new Map<Node, Node[]>();

  /** The node that stands for a node. */
  of(node: Node): Node {
    const first = node < this.firsts.length ? (this.firsts[node] ?? 0) : 0;
    return first === 0 ? node : first - 1;
  }

  /** Lets what stands for `as` stand for `node` too, and for all that `node` stood for. Nothing may be known of `node` yet. */
  unite(node: Node, as: Node): void {
    const first = this.of(as);
    const own = this.of(node);
    if (first === own) return;
    const group = this.groups.get(first) ?? [first];
    if (group.length === 1) this.groups.set(first, group);
    const joined = this.groups.get(own);
    if (joined === undefined) return this.join(group, own, first);
    for (const one of joined) this.join(group, one, first);
    this.groups.delete(own);
  }

  /** All nodes that a node stands for, itself included. */
  group(first: Node): readonly Node[] {
    return this.groups.get(first) ?? [first];
  }

  private join(group: Node[], node: Node, first: Node): void {
    this.put(node, first);
    group.push(node);
  }

  private put(node: Node, first: Node): void {
    this.firsts = withRoom(this.firsts, node + 1);
    this.firsts[node] = first + 1;
  }
}
