import type { Sourced } from '../model/library.js';

/** A container that makes what it is told of, and gives it to whoever asks for its type or its token. */
export interface InjectionContainer extends Sourced {
  name: string;
  packages: string[];
  /** Calls and decorators of the packages that register or start what they are given: classes, providers, lists of them. */
  takes: string[][];
  /** Decorators whose first argument is the token of what a parameter or a field gets. */
  inject: string[][];
  /** Methods of what the packages make that answer with what stands under a token. */
  asks: string[];
  /** Keys of an object that says what stands under a token. */
  provider: ProviderKeys;
}

/** The token, and what stands under it: a value, what a function gives, an instance of a class, what another token has. */
export interface ProviderKeys {
  token: string;
  value: string;
  factory: string;
  class: string;
  same: string;
  /** Tokens of what the function is called with, in order. */
  inject: string;
}

/** Containers of JavaScript. Those that go by type alone need no entry: declared types are followed anyway. */
export const CONTAINERS: readonly InjectionContainer[] = [
  {
    name: 'nest',
    packages: ['@nestjs/common', '@nestjs/core', '@nestjs/testing'],
    takes: [
      ['Module'],
      ['Test', 'createTestingModule'],
      ['NestFactory', 'create'],
      ['NestFactory', 'createApplicationContext'],
      ['NestFactory', 'createMicroservice'],
    ],
    inject: [['Inject']],
    asks: ['get', 'resolve'],
    provider: {
      token: 'provide',
      value: 'useValue',
      factory: 'useFactory',
      class: 'useClass',
      same: 'useExisting',
      inject: 'inject',
    },
    source: 'docs.nestjs.com/fundamentals/custom-providers, module-ref',
  },
];

/** A framework whose object keeps what it is given under a name, for all code that gets the object. */
export interface Decorated extends Sourced {
  name: string;
  packages: string[];
  /** Methods with a name and a value as their arguments. */
  puts: string[];
  /** What a handler sets on the first thing that it is given is kept too: `request.redis = client`. */
  request?: true;
  /** How it is read: as a member of that name, or by the name as the argument of a method. */
  read: 'member' | { method: string };
}

/** Frameworks of JavaScript with such objects. */
export const DECORATED: readonly Decorated[] = [
  {
    name: 'fastify',
    packages: ['fastify', 'fastify-plugin'],
    puts: ['decorate', 'decorateRequest', 'decorateReply'],
    read: 'member',
    source: 'fastify.dev Reference/Decorators',
  },
  {
    name: 'express',
    packages: ['express'],
    puts: ['set'],
    read: { method: 'get' },
    source: 'expressjs.com API: app.set(name, value), app.get(name)',
  },
  {
    name: 'express request',
    packages: ['express', 'express-promise-router'],
    puts: [],
    request: true,
    read: 'member',
    source: 'expressjs.com Guide/Writing middleware: "add a property called requestTime to req"',
  },
  {
    name: 'koa context',
    packages: ['koa', '@koa/router', 'koa-router'],
    puts: [],
    request: true,
    read: 'member',
    source: 'koajs.com Context: ctx is made per request and passed to each middleware; ctx.state for what they share',
  },
];
