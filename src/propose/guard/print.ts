/** Plain data as JavaScript, as people write it: single quotes, bare keys where they may be, a trailing comma. */

const MOST = 100;

/** `indent` is what stands before the first line; the others get it, and two spaces for each level. */
export function printed(value: unknown, indent: string): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const parts = Array.isArray(value)
    ? value.map((one) => printed(one, `${indent}  `))
    : Object.entries(value).map(([name, one]) => `${keyOf(name)}: ${printed(one, `${indent}  `)}`);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{ ', ' }'];
  const line = `${open}${parts.join(', ')}${close}`;
  if (!line.includes('\n') && indent.length + line.length <= MOST) return line;
  return [open.trim(), ...parts.map((part) => `${indent}  ${part},`), indent + close.trim()].join('\n');
}

function keyOf(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name);
}

function quoted(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}
