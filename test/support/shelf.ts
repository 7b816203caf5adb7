/** The session with the sample `express-ioredis`. */

import type { Sample } from './session.js';

export const SHELF: Sample = {
  name: 'express-ioredis',
  environment: ({ port }) => ({ METRICS_REDIS_HOST: '127.0.0.1', METRICS_REDIS_PORT: String(port) }),
  prepare: (redis) => redis.set('rate:eur', '1.08'),
  async drive({ redis, ask, peek, settled }) {
    await ask('GET', '/health');
    await ask('GET', '/rates/eur');
    await ask('GET', '/rates/xxx');
    for (const id of ['7', '7', '42']) await ask('GET', `/products/${id}`);
    for (const slug of ['about', 'about']) await ask('GET', `/pages/${slug}`);
    const opened = await ask('POST', '/sessions', { user: 'ann' });
    const { token } = opened.body as { token: string };
    for (const known of [token, token, 'nobody']) await ask('GET', `/sessions/${known}`);
    await ask('PUT', '/cart/ann/book', { quantity: 2 });
    await ask('PUT', '/cart/ann/pen', { quantity: 3 });
    await ask('GET', '/cart/ann');
    for (let attempt = 1; attempt <= 4; attempt += 1) await ask('POST', '/checkout/ann');
    await settled('three orders are shipped', async () => (await redis.zcard('bull:orders:completed')) === 3);
    for (const id of ['1', '2', '3', '4']) await ask('GET', `/orders/${id}`);
    await ask('GET', '/cart/ann');
    for (const to of ['ann@example.org', 'bob@example.org']) await ask('POST', '/mails', { to });
    await settled('two mails are sent', async () => (await redis.llen('mail:sent')) === 2);
    await ask('GET', '/mails');
    for (const text of ['sale', 'closing soon']) await ask('POST', '/notices', { text });
    await settled('two notices are heard', async () => {
      const { body } = await peek('/notices');
      return Array.isArray(body) && body.length === 2;
    });
    await ask('GET', '/notices');
    await ask('PUT', '/tenants/t1/settings', { theme: 'dark', language: 'nl' });
    await ask('GET', '/tenants/t1/settings');
    for (const action of ['login', 'logout']) await ask('POST', '/audit', { action });
    await ask('GET', '/metrics');
    await ask('GET', '/health');
  },
};
