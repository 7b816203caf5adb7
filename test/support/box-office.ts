/** The session with the sample `express-node-redis`. */

import type { Sample } from './session.js';

export const BOX_OFFICE: Sample = {
  name: 'express-node-redis',
  environment: ({ port }) => ({ STATS_REDIS_HOST: '127.0.0.1', STATS_REDIS_PORT: String(port) }),
  async drive({ redis, ask, peek, settled }) {
    await ask('GET', '/health');
    await ask('GET', '/me');
    await ask('POST', '/login', { guest: 'ann' });
    for (let visit = 1; visit <= 2; visit += 1) await ask('GET', '/me');
    for (const id of ['opera', 'opera', 'film']) await ask('GET', `/events/${id}`);
    await ask('GET', '/bookings/ann');
    for (let attempt = 1; attempt <= 4; attempt += 1) await ask('POST', '/bookings/opera', { guest: 'ann' });
    for (const guest of ['bob', 'bob']) await ask('POST', '/bookings/opera', { guest });
    await ask('POST', '/bookings/film', { guest: 'bob' });
    for (const guest of ['ann', 'bob']) await ask('GET', `/bookings/${guest}`);
    await settled('five tickets are printed', async () => (await redis.llen('tickets:printed')) === 5);
    await ask('GET', '/tickets');
    for (const text of ['doors open', 'doors close']) await ask('POST', '/news', { text });
    await settled('two news are heard', async () => {
      const { body } = await peek('/news');
      return Array.isArray(body) && body.length === 2;
    });
    await ask('GET', '/news');
    await ask('PUT', '/venues/hall', { rows: '12', stage: 'left' });
    await ask('GET', '/venues/hall');
    for (const action of ['login', 'logout']) await ask('POST', '/audit', { action });
    await ask('GET', '/stats');
    await ask('GET', '/me');
    await ask('GET', '/health');
  },
};
