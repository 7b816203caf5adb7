/** Which file each node belongs to. Most questions of following begin with a node, so the answer is one look. */

import { withRoom } from './dense.js';
import type { Node } from './program.js';

export class Homes {
  /** Node → one more than the index of its file; 0: it belongs to none. */
  private files = new Int32Array(1 << 16);

  /** Says that the nodes from `first` up to `end`, not included, belong to a file. */
  put(first: Node, end: Node, file: number): void {
    this.files = withRoom(this.files, end);
    this.files.fill(file + 1, first, end);
  }

  /** The index of the file; null for nodes of no file. */
  at(node: Node): number | null {
    const file = node < this.files.length ? (this.files[node] ?? 0) : 0;
    return file === 0 ? null : file - 1;
  }
}
