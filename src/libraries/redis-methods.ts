import type { MethodFact } from '../model/library.js';
import { BLOCKS_BY_ARGUMENT, COMMAND_FACTS, each } from './method-facts.js';

/** Methods of redis 4 to 6 for one form of a command, by the command. A test compares them with the real packages. */
const FORMS: Record<string, string> = {
  acl: 'cat deluser dryrun genpass getuser list load log logreset save setuser users whoami',
  argrep: 'withvalues',
  bitfield: 'ro',
  bless: 'get set clear scan',
  client: 'caching getname getredir id info kill list noevict notouch pause setname tracking trackinginfo unblock',
  cluster:
    'addslots addslotsrange bumpepoch countfailurereports countkeysinslot delslots delslotsrange failover flushslots',
  command: 'count docs getkeys getkeysandflags info list',
  config: 'get resetstat resetastat rewrite set',
  eval: 'ro',
  evalsha: 'ro',
  fcall: 'ro',
  function: 'delete dump flush kill list listwithcode load restore stats',
  georadius: 'ro rowith store with',
  georadiusbymember: 'ro rowith store with',
  georadiusbymemberstore: '',
  geosearch: 'with',
  himport: 'discard discardall prepare set',
  hrandfield: 'count countwithvalues',
  hscan: 'novalues',
  hotkeys: 'get reset start stop',
  increx: 'byfloat',
  lpop: 'count',
  lpos: 'count',
  latency: 'doctor graph histogram history latest reset',
  lcs: 'idx idxwithmatchlen len',
  memory: 'doctor mallocstats purge stats usage',
  module: 'list load unload',
  object: 'encoding freq idletime refcount',
  pubsub: 'channels numpat numsub shardchannels shardnumsub',
  restore: 'asking',
  rpop: 'count',
  spop: 'count',
  srandmember: 'count',
  script: 'debug exists flush kill load',
  sort: 'ro store',
  vemb: 'raw',
  vlinks: 'withscores',
  vsim: 'withscores',
  xadd: 'nomkstream',
  xautoclaim: 'justid',
  xclaim: 'justid',
  xgroup: 'create createconsumer delconsumer destroy setid',
  xinfo: 'consumers groups stream',
  xpending: 'range',
  zadd: 'incr',
  zdiff: 'withscores',
  zinter: 'withscores',
  zpopmax: 'count',
  zpopmin: 'count',
  zrandmember: 'count countwithscores',
  zrange: 'withscores',
  zrangebyscore: 'withscores',
  zrank: 'withscore',
  zrevrank: 'withscore',
  zunion: 'withscores',
};

/** More forms of CLUSTER: one line has no room. */
const CLUSTER =
  'forget getkeysinslot info keyslot links meet myid myshardid nodes replicas replicate reset saveconfig setconfigepoch setslot slots';

/** Forms of CLIENT that change the state of the connection or stall it (redis-semantics 2). */
const CLIENT_STATE = 'caching noevict notouch pause setname tracking unpause';

/** `lPopCount` is a form of LPOP: what is true of the command is true of it. */
function formsOfCommands(): Record<string, MethodFact> {
  const rows = [...Object.entries(FORMS), ['cluster', CLUSTER]].flatMap(([command = '', forms = '']) =>
    forms.split(' ').map((form) => [`${command}${form}`, COMMAND_FACTS[command] ?? {}] as const),
  );
  return Object.fromEntries(rows.map(([name, { when: _, ...fact }]) => [name, fact.role ? {} : fact]));
}

/** XREAD takes words up to 3, and an options object with the key BLOCK from 4 on. */
const BLOCKS: MethodFact = {
  ...BLOCKS_BY_ARGUMENT,
  when: { argument: 'any', equals: 'block', ...BLOCKS_BY_ARGUMENT.when, orKey: 'BLOCK' },
};

/**
 * What a method of a node-redis client says about it. Sources: those of the commands; redis 3.1.2 lib/extendApi.js and
 * lib/individualCommands.js; @redis/client 1.6.1, 5.12.1, 6.3.1 dist/lib/client/index.js, dist/lib/commands/index.js.
 */
export const REDIS_METHODS: Record<string, MethodFact> = {
  ...formsOfCommands(),
  ...COMMAND_FACTS,
  ...each(
    CLIENT_STATE.split(' ')
      .map((form) => `client${form}`)
      .join(' '),
    { role: 'transaction' },
  ),
  ...each('xread xreadgroup', BLOCKS),
  multi: { use: 'pipeline' },
  batch: { use: 'pipeline' },
  stralgo: {},
  internal_send_command: { commandArgument: true },
  sendcommand: { commandArgument: true },
  send_command: { commandArgument: true },
};
