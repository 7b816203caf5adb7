/** The JSON of reports: always the same bytes for the same content. */

/** Two spaces, keys as in the contract, a line break at the end. Keys that `first` does not name follow in their own order. */
export function json(value: object, first: readonly string[]): string {
  const entries = Object.entries(value);
  const rank = (key: string) => (first.includes(key) ? first.indexOf(key) : first.length);
  const sorted = entries
    .map((entry, index) => ({ entry, index }))
    .sort((a, b) => rank(a.entry[0]) - rank(b.entry[0]) || a.index - b.index);
  return `${JSON.stringify(Object.fromEntries(sorted.map(({ entry }) => entry)), null, 2)}\n`;
}
