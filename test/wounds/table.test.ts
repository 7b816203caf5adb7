/** docs/wounds.md speaks of the tests that there are, and of the reasons that they see. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { CHECKOUT } from '../cli/program.js';
import { type Wound, wounds } from './wound.js';

interface Row {
  number: number;
  reasons: string[];
  test: string;
}

function rows(): Row[] {
  const lines = readFileSync(join(CHECKOUT, 'docs/wounds.md'), 'utf8').split('\n');
  return lines.flatMap((line) => {
    const [, number = '', , , stays = '', test = ''] = line.split('|').map((cell) => cell.trim());
    const reasons = [...stays.matchAll(/`([\w-]+)`/g)].map(([, code = '']) => code);
    return /^\d+$/.test(number) ? [{ number: Number(number), reasons, test }] : [];
  });
}

const reasonsOf = ({ stays = [] }: Wound) => [...new Set(stays.map((one) => one.split(' ')[1] ?? ''))];

it('has a row for each of sixteen wounds', () => {
  expect(rows().map(({ number }) => number)).toEqual(Array.from({ length: 16 }, (_, index) => index + 1));
});

it.each(['python', 'typescript'] as const)('names the tests of %s', (language) => {
  const named = rows().map(({ number, test }) => `wound ${String(number).padStart(2, '0')}, ${language}: ${test}`);
  expect(named).toEqual(wounds(language).map(({ name }) => name));
});

it('names the reasons that the programs of either language see', () => {
  const [python, typescript] = [wounds('python').map(reasonsOf), wounds('typescript').map(reasonsOf)];
  const seen = python.map((own, index) => [...new Set([...own, ...(typescript[index] ?? [])])].sort());
  expect(rows().map(({ reasons }) => reasons.sort())).toEqual(seen);
});
