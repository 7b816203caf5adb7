import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { explainSchema } from '../../src/report/schema-explain.js';
import { checkSchema, statusSchema } from '../../src/report/schema-gate.js';
import { applySchema, inventorySchema, planSchema, reportSchemas } from '../../src/report/schemas.js';
import { APPLIED, CHECKED, EXPLAINED, EXPLAINED_CODE, INVENTORY, PLAN, STATUS } from './samples.js';

const SCHEMAS = reportSchemas();

describe('schemas of the JSON reports', () => {
  it.each(Object.keys(SCHEMAS))(
    'schema/%s.schema.json is up to date (`npx vitest run test/report -u` writes it anew)',
    async (name) => {
      const text = `${JSON.stringify(SCHEMAS[name], null, 2)}\n`;
      await expect(text).toMatchFileSnapshot(`../../schema/${name}.schema.json`);
    },
  );

  it.each([
    ['scan', inventorySchema, INVENTORY],
    ['plan', planSchema, PLAN],
    ['apply', applySchema, APPLIED],
    ['check', checkSchema, CHECKED],
    ['status', statusSchema, STATUS],
    ['explain', explainSchema, EXPLAINED],
    ['explain', explainSchema, EXPLAINED_CODE],
  ] as const)('%s: the shipped schema takes a real report and refuses a wrong one', (name, shape, report) => {
    const shipped = z.fromJSONSchema({ ...SCHEMAS[name] });
    expect(shipped.safeParse(report).success).toBe(true);
    expect(shape.parse(report), 'no key is missing from the schema').toEqual(report);
    expect(shipped.safeParse({ ...report, schemaVersion: 2 }).success).toBe(false);
    expect(shipped.safeParse({ schemaVersion: 1 }).success).toBe(false);
  });
});
