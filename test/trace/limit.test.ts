import { expect, it } from 'vitest';
import { UserError } from '../../src/errors.js';
import { trace } from '../../src/trace/index.js';
import { projectOf } from '../assess/build.js';

const FILES = {
  'package.json': '{ "name": "service", "dependencies": { "ioredis": "^5.0.0" } }',
  'src/a.ts': "import Redis from 'ioredis';\nconst redis = new Redis();\nredis.get('a');\n",
};

it('a tree that takes too many steps is given up with what to do', async () => {
  const project = await projectOf(FILES);
  expect(trace(project, { accessors: [] }).openings).toHaveLength(1);
  const tooSmall = () => trace(project, { accessors: [], mostSteps: 1 });
  expect(tooSmall).toThrow(UserError);
  expect(tooSmall).toThrow(/cannot be followed: more than 1 steps/);
});
