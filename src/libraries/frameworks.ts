import type { Sourced } from '../model/library.js';

/** How the handlers of a server framework are known: the functions that run once for each request or message. */
export interface Framework extends Sourced {
  name: string;
  packages: string[];
  /** Methods of what the package makes (`express()`, `new Router()`) that take handlers. */
  registers: string[];
  /** Functions of the package itself that take handlers: `http.createServer(handler)`. */
  calls?: string[];
  /** Decorators of handlers, called: those of the package (`@Get()`), or of what it makes (`@app.get('/')`). */
  decorators?: string[];
  /** Files whose exports of these names are handlers. */
  files?: { path: RegExp; exports: string[] }[];
}

const VERBS = ['get', 'post', 'put', 'patch', 'delete', 'options', 'head', 'all'];
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'];

/** Server frameworks of both languages. */
export const FRAMEWORKS: readonly Framework[] = [
  {
    name: 'express',
    packages: ['express', 'express-promise-router'],
    registers: [...VERBS, 'del', 'use', 'param', 'ws'],
    source: 'expressjs.com API 4 and 5: app.METHOD, router.METHOD, app.use, app.param; express-ws app.ws',
  },
  {
    name: 'fastify',
    packages: ['fastify'],
    registers: [...VERBS, 'route'],
    source: 'fastify.dev Reference/Routes: shorthand methods, route({ handler })',
  },
  {
    name: 'koa',
    packages: ['koa', '@koa/router', 'koa-router'],
    registers: [...VERBS, 'del', 'use'],
    source: 'koajs.com app.use; koajs/router API router.get|put|post|patch|delete|del|all|use',
  },
  {
    name: 'hono',
    packages: ['hono'],
    registers: [...VERBS, 'on', 'use'],
    source: 'hono.dev docs/api/routing',
  },
  {
    name: 'nest',
    packages: ['@nestjs/common', '@nestjs/microservices', '@nestjs/websockets'],
    registers: [],
    decorators: [
      ...['Get', 'Post', 'Put', 'Patch', 'Delete', 'Options', 'Head', 'All', 'Sse'],
      ...['MessagePattern', 'EventPattern', 'SubscribeMessage'],
    ],
    source: 'docs.nestjs.com/controllers, microservices/basics, websockets/gateways',
  },
  {
    name: 'next',
    packages: [],
    registers: [],
    files: [
      { path: /(?:^|\/)app\/(?:.*\/)?route\.[cm]?[jt]sx?$/, exports: METHODS },
      { path: /(?:^|\/)pages\/api\/.*\.[cm]?[jt]sx?$/, exports: ['default'] },
      { path: /(?:^|\/)pages\/.*\.[cm]?[jt]sx?$/, exports: ['getServerSideProps'] },
    ],
    source:
      'nextjs.org/docs: app/api-reference/file-conventions/route, pages/building-your-application/routing/api-routes',
  },
  {
    name: 'remix',
    packages: [],
    registers: [],
    files: [{ path: /(?:^|\/)app\/(?:routes\/.*|root)\.[cm]?[jt]sx?$/, exports: ['loader', 'action'] }],
    source: 'remix.run/docs/route/loader, route/action; React Router 7 framework mode',
  },
  {
    name: 'sveltekit',
    packages: [],
    registers: [],
    files: [
      { path: /(?:^|\/)\+server\.[jt]s$/, exports: METHODS },
      { path: /(?:^|\/)\+(?:page|layout)\.server\.[jt]s$/, exports: ['load'] },
    ],
    source: 'svelte.dev/docs/kit/routing',
  },
  {
    name: 'node',
    packages: ['http', 'https', 'node:http', 'node:https'],
    registers: [],
    calls: ['createServer'],
    source: 'nodejs.org/api/http.html#httpcreateserveroptions-requestlistener',
  },
  {
    name: 'flask',
    packages: ['flask', 'quart'],
    registers: [],
    decorators: ['route', ...VERBS, 'before_request', 'after_request'],
    source: 'flask.palletsprojects.com/api: Flask.route, Flask.get, Blueprint.route, before_request',
  },
  {
    name: 'fastapi',
    packages: ['fastapi', 'starlette'],
    registers: [],
    decorators: [...VERBS, 'trace', 'websocket', 'route', 'api_route', 'middleware'],
    source: 'fastapi.tiangolo.com/reference: FastAPI, APIRouter',
  },
];

/** Whether a package is one of a server framework. */
export function isFramework(packageName: string): boolean {
  return PACKAGES.has(packageName);
}

const PACKAGES: ReadonlySet<string> = new Set(FRAMEWORKS.flatMap(({ packages }) => packages));
