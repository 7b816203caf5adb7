/** The session with the sample `fastapi-redis-py`. */

import { pythonWith } from './python.js';
import type { Sample } from './session.js';

const MODULES = ['fastapi', 'redis', 'rq', 'uvicorn'];

let found: string | null = null;

/** Its interpreter; throws when a package is missing. */
function python(): string {
  found ??= pythonWith(
    MODULES,
    MODULES.map((name) => `python3-${name}`),
  );
  return found;
}

export const STALL: Sample = {
  name: 'fastapi-redis-py',
  program: (port) => ({
    file: python(),
    args: ['-B', '-m', 'app.serve', String(port)],
    ready: 'listening on',
  }),
  environment: ({ port }) => ({ METRICS_REDIS_HOST: '127.0.0.1', METRICS_REDIS_PORT: String(port) }),
  prepare: (redis) => redis.set('rate:eur', '1.08'),
  async drive({ ask, peek, settled, run }) {
    await ask('GET', '/health');
    for (const currency of ['eur', 'xxx']) await ask('GET', `/rates/${currency}`);
    for (const id of ['7', '7', '42']) await ask('GET', `/products/${id}`);
    for (const slug of ['about', 'about']) await ask('GET', `/pages/${slug}`);
    const opened = await ask('POST', '/sessions/ann');
    const { token } = opened.body as { token: string };
    for (const known of [token, 'nobody']) await ask('GET', `/sessions/${known}`);
    await ask('PUT', '/cart/ann/book/2');
    await ask('PUT', '/cart/ann/pen/3');
    for (let attempt = 1; attempt <= 4; attempt += 1) await ask('POST', '/checkout/ann');
    await ask('GET', '/orders/1');
    run(python(), '-B', '-m', 'app.worker');
    for (const number of [1, 2, 3, 4]) await ask('GET', `/orders/${number}`);
    for (const text of ['sale', 'closing']) await ask('POST', `/notices/${text}`);
    await settled('two notices are heard', async () => {
      const { body } = await peek('/notices');
      return Array.isArray(body) && body.length === 2;
    });
    await ask('GET', '/notices');
    await ask('PUT', '/tenants/t1/Zo%C3%AB');
    for (const action of ['login', 'logout']) await ask('POST', `/audit/${action}`);
    await ask('GET', '/metrics');
    await ask('GET', '/health');
  },
};
