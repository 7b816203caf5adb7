import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import ts from 'typescript';
import { expect, it } from 'vitest';
import type * as ScanModule from '../../src/scan/index.js';
import { LIBRARIES } from './libraries.js';
import { makeTree } from './tree.js';

const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url));

/** Worker threads load compiled files: what a scan needs is compiled without types into a directory of its own. */
async function compiledScan(): Promise<typeof ScanModule> {
  const out = makeTree({});
  symlinkSync(join(CHECKOUT, 'node_modules'), join(out, 'node_modules'));
  writeFileSync(join(out, 'package.json'), readFileSync(join(CHECKOUT, 'package.json')));
  for (const file of readdirSync(join(CHECKOUT, 'src'), { recursive: true, encoding: 'utf8' })) {
    if (!/^(?:errors|model|scan|languages)\b.*\.ts$/.test(file)) continue;
    const compilerOptions = {
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ES2023,
      verbatimModuleSyntax: true,
    };
    const { outputText } = ts.transpileModule(readFileSync(join(CHECKOUT, 'src', file), 'utf8'), { compilerOptions });
    const target = join(out, 'dist/src', file.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, outputText);
  }
  return import(pathToFileURL(join(out, 'dist/src/scan/index.js')).href) as Promise<typeof ScanModule>;
}

it('gives the same project for any number of jobs, with and without a cache', async () => {
  const { startScan, gateRules } = await compiledScan();
  const files: Record<string, string> = { 'package.json': '{"name":"many"}' };
  for (let index = 0; index < 240; index += 1) {
    files[`src/${index}.ts`] = `import Redis from "ioredis";\nexport const r${index} = new Redis({ db: ${index} });\n`;
    if (index % 4 === 0) files[`app/${index}.py`] = `import redis\nr = redis.Redis(db=${index})\n`;
  }
  const root = makeTree({ ...files, 'src/broken.ts': 'import "ioredis";\nconst = ;\n' });
  const cache = makeTree({});
  const results: string[] = [];
  for (const [jobs, cacheDir] of [
    [1, null],
    [2, null],
    [3, cache],
    [1, cache],
  ] as const) {
    const scan = await startScan({ root, include: [], exclude: [], jobs, cacheDir, rules: gateRules(LIBRARIES) });
    expect(await scan.round(null)).toBe(301);
    results.push(JSON.stringify(scan.project()));
  }
  expect(new Set(results).size).toBe(1);
  expect(results[0]).not.toContain(root);
  expect(readdirSync(cache, { recursive: true }).filter((name) => String(name).endsWith('.json'))).toHaveLength(301);
});
