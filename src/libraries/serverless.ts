import type { Sourced } from '../model/library.js';

/** What a platform calls, and starts, stops and freezes processes around. */
export interface Platform extends Sourced {
  name: string;
  /** `edge`: isolates without sockets that outlive a request; `frozen`: processes that stand still between two calls. */
  kind: 'edge' | 'frozen';
  /** Names of exported functions (Python: of functions of a module) that the platform calls. */
  handlers?: RegExp;
  /** Exports that say where a file runs, with their values; of an object its entry of the same name. */
  exports?: { name: string; entry?: string; values: readonly string[] };
  /** An object that is exported as `default` with a function of this name. */
  method?: string;
  /** It is this platform only where the package's manifest names one of these, or a file of it ends so. */
  packages?: readonly string[];
}

/** Platforms of both languages. */
export const PLATFORMS: readonly Platform[] = [
  {
    name: 'edge runtime of Next.js and Vercel',
    kind: 'edge',
    exports: { name: 'runtime', values: ['edge', 'experimental-edge'] },
    source: 'nextjs.org/docs/app/api-reference/file-conventions/route-segment-config#runtime',
  },
  {
    name: 'edge runtime of Next.js and Vercel',
    kind: 'edge',
    exports: { name: 'config', entry: 'runtime', values: ['edge', 'experimental-edge'] },
    source:
      'vercel.com/docs/functions/runtimes/edge; nextjs.org/docs/pages/building-your-application/routing/api-routes',
  },
  {
    name: 'Cloudflare Workers',
    kind: 'edge',
    method: 'fetch',
    packages: ['wrangler', '@cloudflare/workers-types', '@cloudflare/vitest-pool-workers'],
    source:
      'developers.cloudflare.com/workers/runtime-apis/handlers/fetch; /workers/runtime-apis/bindings (I/O of another request)',
  },
  {
    name: 'AWS Lambda',
    kind: 'frozen',
    handlers: /^(?:handler|lambda_handler|lambdaHandler)$/,
    source:
      'docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html (freeze), nodejs-handler, python-handler',
  },
];
