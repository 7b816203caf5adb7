/**
 * Lists by node or object. They are kept without holes: an engine makes a table of a list with wide gaps, which is several
 * times slower to read and to write.
 */

/** Lists grow by so many places at a time. */
const STEP: readonly undefined[] = Array.from({ length: 1024 }, () => undefined);

/** Puts an item at an index, which may lie far behind the end. */
export function putAt<T>(list: (T | undefined)[], index: number, item: T): void {
  while (list.length <= index) list.push(...STEP);
  list[index] = item;
}

/** `list`, or a copy of it with room for at least `length` numbers: it doubles, so that a program is not copied too often. */
export function withRoom(list: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  if (length <= list.length) return list;
  const more = new Int32Array(Math.max(length, list.length * 2));
  more.set(list);
  return more;
}
