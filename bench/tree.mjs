/** Writes a tree of sources of our own making: services, factories, stores, routes and tests around clients, and files without any. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const SHAPES = [
  (n) =>
    `import Redis from 'ioredis';\nexport class Store${n} {\n  private redis = new Redis(process.env.REDIS_URL);\n  read(key: string) { return this.redis.get(key); }\n  write(key: string, value: string) { return this.redis.set(key, value, 'EX', 60); }\n  close() { return this.redis.quit(); }\n}\n`,
  (n) =>
    `import { make } from '../lib/make';\nconst redis = make('s${n}');\nexport const count${n} = async (key: string) => {\n  const pipeline = redis.pipeline();\n  pipeline.incr(key);\n  pipeline.expire(key, 60);\n  return pipeline.exec();\n};\n`,
  (n) =>
    `import express from 'express';\nimport Redis from 'ioredis';\nexport const router${n} = express.Router();\nrouter${n}.get('/r${n}', async (req, res) => {\n  const redis = new Redis({ host: process.env.REDIS_HOST, db: ${n % 4} });\n  res.send(await redis.hgetall('r${n}'));\n  await redis.quit();\n});\n`,
];

const plain = (n) =>
  `export interface Item${n} { id: string; total: number; parts: { name: string; price: number }[] }\n${Array.from(
    { length: 12 },
    (_, k) =>
      `export function total${n}_${k}(items: Item${n}[]): number {\n  let sum = 0;\n  for (const item of items) {\n    if (item.parts.length > ${k}) sum += item.parts.map((part) => part.price * ${k + 1}).reduce((a, b) => a + b, 0);\n    else sum += item.total;\n  }\n  return sum;\n}\n`,
  ).join('')}`;

/** Writes `files` files below `root`; every fourth has to do with Redis. */
export function writeTree(root, files) {
  const put = (file, text) => {
    const path = join(root, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  };
  put(
    'package.json',
    JSON.stringify({ name: 'tree', private: true, dependencies: { ioredis: '5.4.1', express: '4.21.0' } }),
  );
  put(
    'src/lib/make.ts',
    "import Redis from 'ioredis';\nexport const make = (name: string) => new Redis(process.env.REDIS_URL ?? '', { connectionName: name });\n",
  );
  for (let n = 0; n < files; n += 1) {
    const shape = n % 4 === 0 ? SHAPES[(n / 4) % SHAPES.length](n) : '';
    put(`src/part${n % 20}/file${n}.ts`, `${shape}${plain(n)}`);
  }
}
