import type { MethodFact } from '../model/library.js';
import { COMMAND_FACTS } from './method-facts.js';

/**
 * What a method of an ioredis client says about it. A name that is not here is no command that we know: the role is
 * unknown. Sources: those of the commands; ioredis 6.0.0 built/transaction.js (`multi({ pipeline: false })`) and
 * built/Redis.js (`monitor`).
 */
export const IOREDIS_METHODS: Record<string, MethodFact> = {
  ...COMMAND_FACTS,
  multi: { role: 'transaction', use: 'transaction', when: { argument: 'any', key: 'pipeline', equals: false } },
  pipeline: { use: 'pipeline' },
  definecommand: { use: 'script', defines: true },
  call: { commandArgument: true },
  callbuffer: { commandArgument: true },
  sendcommand: { commandArgument: true },
  send_command: { commandArgument: true },
};
