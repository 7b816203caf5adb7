import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { configJsonSchema } from '../../src/config/index.js';
import { CONTRACT } from './contract.js';

describe('schema/config.schema.json', () => {
  it('is what src/config/schema.ts says (`npx vitest run test/config -u` writes it anew)', async () => {
    await expect(`${JSON.stringify(configJsonSchema(), null, 2)}\n`).toMatchFileSnapshot(
      '../../schema/config.schema.json',
    );
  });

  it('accepts every key of the contract and refuses others', () => {
    const schema = z.fromJSONSchema(configJsonSchema());
    expect(schema.safeParse(CONTRACT).success).toBe(true);
    expect(schema.safeParse({ ...CONTRACT, acessors: {} }).success).toBe(false);
  });
});
