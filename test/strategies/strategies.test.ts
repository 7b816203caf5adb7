import { describe, expect, it } from 'vitest';
import { migrate, trees } from './fixture.js';

describe.each(['javascript', 'python'] as const)('strategies in %s', (language) => {
  const all = trees(language);

  it('has at least as many trees in which the strategy must do nothing as others', () => {
    const skips = all.filter(({ name }) => /\/(?:skip|stays)-/.test(name)).length;
    expect(skips).toBeGreaterThanOrEqual(all.length - skips);
  });

  it.each(all.map((tree) => [tree.name, tree] as const))('%s', async (_name, tree) => {
    const { after, refused, sites } = await migrate(tree);
    const messages = sites.flatMap(({ reasons }) => reasons.map(({ message, at }) => `${message} ${at ?? ''}`));
    const codes = sites.flatMap(({ reasons }) => reasons.map(({ code }) => code));
    expect({ after, refused: refused.map(({ reason }) => reason.code) }).toEqual({ after: tree.after, refused: [] });
    for (const piece of tree.told) expect(messages.join('\n')).toContain(piece);
    for (const code of tree.codes) expect(codes).toContain(code);
    expect(Object.keys(tree.after).length > 0).toBe(!tree.skip);
  });
});
