/** Globs of the config: `**`, `*`, `?`, `{a,b}` and `[abc]`, against paths with `/`. */

const cache = new Map<string, RegExp>();

/** Whether a path is one that a glob names. A folder names all that is in it. */
export function matches(glob: string, file: string): boolean {
  let pattern = cache.get(glob);
  if (!pattern) {
    pattern = compiled(glob.replace(/^\.\//, '').replace(/\/$/, '/**'));
    cache.set(glob, pattern);
  }
  return pattern.test(file);
}

function compiled(glob: string): RegExp {
  let out = '';
  let depth = 0;
  for (let i = 0; i < glob.length; i += 1) {
    const unit = glob.charAt(i);
    if (glob.startsWith('**/', i)) {
      out += '(?:[^/]+/)*';
      i += 2;
    } else if (glob.startsWith('**', i)) {
      out += '.*';
      i += 1;
    } else if (unit === '*') out += '[^/]*';
    else if (unit === '?') out += '[^/]';
    else if (unit === '{') {
      out += '(?:';
      depth += 1;
    } else if (unit === '}' && depth > 0) {
      out += ')';
      depth -= 1;
    } else if (unit === ',' && depth > 0) out += '|';
    else if (unit === '[' && glob.indexOf(']', i) > i) {
      const end = glob.indexOf(']', i);
      out += `[${glob
        .slice(i + 1, end)
        .replace(/^!/, '^')
        .replaceAll('\\', '\\\\')}]`;
      i = end;
    } else out += unit.replace(/[.+^$()|\\{}[\]]/g, '\\$&');
  }
  return new RegExp(`^${out}$`);
}
