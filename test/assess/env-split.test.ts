// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are settings.
/** URLs in files of settings, told as the single variables that an accessor reads. */

import { describe, expect, it } from 'vitest';
import { assess } from '../../src/assess/index.js';
import { settingsOf } from '../../src/scan/settings.js';
import { startTrace } from '../../src/trace/index.js';
import { projectOf, settings } from './build.js';

const DATABASES = [
  { name: 'main', number: 0, identity: ['env:REDIS_HOST:env:REDIS_PORT;password=env:REDIS_PASSWORD'] },
  { name: 'jobs', number: 1, identity: ['env:JOBS_REDIS_HOST|literal:localhost:literal:6379'] },
  { name: 'old', number: 2, identity: ['env:OLD_URL'] },
];

async function told(file: string, text: string) {
  const project = { ...(await projectOf({ 'src/a.ts': 'export {};\n' })), settings: settingsOf(file, text) };
  const config = settings({ databases: DATABASES });
  const { sites } = assess(project, startTrace({ accessors: [] }).finish(project), config, { includeTests: false });
  const [site] = sites;
  return {
    verdict: site?.verdict,
    purpose: site?.purpose,
    all: JSON.stringify(sites),
    split: site?.reasons.find(({ code }) => code === 'env-split')?.message ?? null,
  };
}

describe('a URL of Redis in a file of settings', () => {
  it.each([
    [
      '.env',
      'REDIS_URL=rediss://app:hunter2@cache.example:6380/2\n',
      'REDIS_HOST=cache.example REDIS_PORT=6380 REDIS_DB=2 REDIS_USERNAME=app REDIS_PASSWORD=*** REDIS_TLS=true',
    ],
    ['.env.production', 'REDIS_URL="redis://cache.example"\n', 'REDIS_HOST=cache.example REDIS_PORT=6379'],
    [
      'compose.yaml',
      'services:\n  web:\n    environment:\n      - JOBS_REDIS_URL=redis://:hunter2@jobs:6379/1\n',
      'JOBS_REDIS_HOST=jobs JOBS_REDIS_PORT=6379 JOBS_REDIS_DB=1 JOBS_REDIS_PASSWORD=***',
    ],
  ])('is told as single variables: %s', async (file, text, expected) => {
    const { split, verdict, purpose, all } = await told(file, text);
    expect(split).toContain(`: \`${expected.split('_HOST')[0]}_URL\` is ${expected}.`);
    expect([verdict, purpose]).toEqual(['keep', 'env']);
    expect(all).not.toContain('hunter2');
  });

  it.each([
    ['no database reads its host', 'OTHER_REDIS_URL=redis://cache.example:6379\n'],
    ['the accessor reads the URL', 'OLD_URL=redis://cache.example:6379\n'],
    ['it is put together', 'REDIS_URL=redis://${HOST}:6379\n'],
    ['it has options', 'REDIS_URL=redis://cache.example:6379?db=2\n'],
    ['it is no number', 'REDIS_URL=redis://cache.example:6379/two\n'],
    ['it is the host alone', 'REDIS_HOST=cache.example\n'],
  ])('is not, where %s', async (_what, text) => {
    expect((await told('.env', text)).split).toBeNull();
  });
});
