/** What a client of one library does not do as that of another. A test sends the answers' commands with each real version. */

import type { ApiFact, ApiForm } from '../model/api-facts.js';

type Text = readonly [libraries: readonly string[], versions: string | undefined, text: string];

const IOREDIS = ['ioredis', 'iovalkey'];
const REDIS = ['redis'];
const HTTP = ['@upstash/redis', '@vercel/kv'];
const CALLBACKS = '<4.0.0';
const PROMISES = '>=4.0.0';
const SEMANTICS = 'redis-semantics 5.1';

function fact(kind: ApiFact['kind'], members: string, source: string, texts: readonly Text[]): ApiFact {
  const forms = texts.map(([libraries, versions, text]): ApiForm => ({ libraries, versions, text }));
  return { members: new Set(members.split(' ')), kind, forms, source };
}

/** Where ioredis and node-redis alone differ, and redis 2 and 3 answer as ioredis does. */
function answer(members: string, ioredis: string, redis: string, more: readonly Text[] = []): ApiFact {
  const open = more.some(([libraries]) => libraries === REDIS) ? [] : [[REDIS, PROMISES, redis] as const];
  return fact('answer', members, 'test/libraries/answers.mjs', [
    [IOREDIS, undefined, ioredis],
    [REDIS, CALLBACKS, ioredis],
    ...open,
    ...more,
  ]);
}

function call(members: string, ioredis: string, redis: string, more: readonly Text[] = []): ApiFact {
  return fact('call', members, SEMANTICS, [[IOREDIS, undefined, ioredis], [REDIS, PROMISES, redis], ...more]);
}

/** 1 and 0, which redis 4 makes true and false. */
function flag(members: string, plain: string, truth: string): ApiFact {
  return answer(members, plain, plain, [
    [REDIS, '>=4.0.0 <5.0.0', truth],
    [REDIS, '>=5.0.0', plain],
  ]);
}

/** An iteration: redis 4 gives the cursor as a number. */
function scan(member: string, plain: string, four: string, five: string): ApiFact {
  return answer(member, plain, five, [
    [REDIS, '>=4.0.0 <5.0.0', four],
    [REDIS, '>=5.0.0', five],
  ]);
}

const ANSWERS: readonly ApiFact[] = [
  flag('expire hexists msetnx pfadd sismember smove', '1', 'true'),
  flag('hsetnx persist renamenx setnx', '0', 'false'),
  answer('zscore', '"1.5"', '1.5'),
  answer('zincrby', '"2.5"', '2.5'),
  answer('zpopmin', '["m","1.5"]', '{"value":"m","score":1.5}'),
  scan('scan', '["0",["h"]]', '{"cursor":0,"keys":["h"]}', '{"cursor":"0","keys":["h"]}'),
  scan('sscan', '["0",["a"]]', '{"cursor":0,"members":["a"]}', '{"cursor":"0","members":["a"]}'),
  scan(
    'hscan',
    '["0",["a","1"]]',
    '{"cursor":0,"tuples":[{"field":"a","value":"1"}]}',
    '{"cursor":"0","entries":[{"field":"a","value":"1"}]}',
  ),
  scan(
    'zscan',
    '["0",["m","1.5"]]',
    '{"cursor":0,"members":[{"value":"m","score":1.5}]}',
    '{"cursor":"0","members":[{"value":"m","score":1.5}]}',
  ),
  answer('config configget', '["maxmemory","0"]', '{"maxmemory":"0"}'),
  answer('xread', '[["x",[["1-1",["a","1"]]]]]', '[{"name":"x","messages":[{"id":"1-1","message":{"a":"1"}}]}]'),
  answer('xrange', '[["1-1",["a","1"]]]', '[{"id":"1-1","message":{"a":"1"}}]'),
  answer('blpop', '["l","v"]', '{"key":"l","element":"v"}'),
  answer('geopos', '[["13.5","38.25"]]', '', [
    [REDIS, '>=4.0.0 <6.0.0', '[{"longitude":"13.5","latitude":"38.25"}]'],
    [REDIS, '>=6.0.0', '[{"longitude":13.5,"latitude":38.25}]'],
  ]),
  fact('answer', 'exec', 'test/libraries/answers.mjs', [
    [IOREDIS, undefined, '[[null,"OK"],[null,"1"]]'],
    [REDIS, undefined, '["OK","1"]'],
    [HTTP, undefined, '["OK","1"]'],
  ]),
  // Of a key that is not there.
  fact('answer', 'hgetall', `test/libraries/answers.mjs; ${SEMANTICS} (Upstash)`, [
    [IOREDIS, undefined, '{}'],
    [REDIS, CALLBACKS, 'null'],
    [REDIS, PROMISES, '{}'],
    [HTTP, undefined, 'null'],
  ]),
  fact(
    'answer',
    'get getdel getex hget lpop rpop lrange mget smembers',
    'redis-semantics 1.1: JSON is read by default',
    [
      [[...IOREDIS, ...REDIS], undefined, '"123"'],
      [HTTP, undefined, '123'],
    ],
  ),
];

const CALLS: readonly ApiFact[] = [
  call('set', 'set(key, value, "EX", 10, "NX")', 'set(key, value, { EX: 10, NX: true })', [
    [REDIS, CALLBACKS, 'set(key, value, "EX", 10, "NX", callback)'],
    [HTTP, undefined, 'set(key, value, { ex: 10, nx: true })'],
  ]),
  call('zadd', 'zadd(key, 1.5, "m")', 'zAdd(key, { score: 1.5, value: "m" })', [
    [HTTP, undefined, 'zadd(key, { score: 1.5, member: "m" })'],
  ]),
  call('zrange', 'zrange(key, 0, -1, "WITHSCORES")', 'zRangeWithScores(key, 0, -1)'),
  call('del exists hdel lpush mget rpush sadd sinter srem sunion unlink zrem', 'del("a", "b")', 'del(["a", "b"])'),
  call('mset', 'mset("a", 1, "b", 2)', 'mSet({ a: "1", b: "2" })'),
  call('hmset', 'hmset(key, { a: 1 })', 'hSet(key, { a: 1 })', [[HTTP, undefined, 'hset(key, { a: 1 })']]),
  call('eval', 'eval(script, 1, key, argument)', 'eval(script, { keys: [key], arguments: [argument] })', [
    [HTTP, undefined, 'eval(script, [key], [argument])'],
  ]),
  call('evalsha', 'evalsha(sha, 1, key, argument)', 'evalSha(sha, { keys: [key], arguments: [argument] })', [
    [HTTP, undefined, 'evalsha(sha, [key], [argument])'],
  ]),
  call('call sendcommand', 'call("SET", key, value)', 'sendCommand(["SET", key, value])', [
    [REDIS, CALLBACKS, 'send_command("SET", [key, value], callback)'],
  ]),
  call(
    'definecommand',
    'defineCommand(name, { lua, numberOfKeys })',
    'createClient({ scripts: { name: defineScript(…) } })',
  ),
  call('scanstream', 'scanStream({ match })', 'scanIterator({ MATCH })'),
  call('scaniterator', 'scanStream({ match }), a stream', '', [
    [REDIS, '>=4.0.0 <5.0.0', 'scanIterator({ MATCH }), a key at a time'],
    [REDIS, '>=5.0.0', 'scanIterator({ MATCH }), a list of keys at a time'],
  ]),
  call('pipeline', 'pipeline().set(…).exec()', 'multi().set(…).execAsPipeline()', [
    [REDIS, CALLBACKS, 'batch().set(…).exec(callback)'],
    [HTTP, undefined, 'pipeline().set(…).exec()'],
  ]),
  call('subscribe', 'subscribe(channel), then on("message", listener)', 'subscribe(channel, listener)', [
    [REDIS, CALLBACKS, 'subscribe(channel), then on("message", listener)'],
  ]),
  call('psubscribe', 'psubscribe(pattern), then on("pmessage", listener)', 'pSubscribe(pattern, listener)', [
    [REDIS, CALLBACKS, 'psubscribe(pattern), then on("pmessage", listener)'],
  ]),
  call('status isready isopen', 'status === "ready"', 'isReady, isOpen'),
  call('connect', 'connects when it is made', 'connect(), once, before the first command', [
    [REDIS, CALLBACKS, 'connects when it is made'],
  ]),
  call('duplicate', 'duplicate(), which connects', 'duplicate().connect(), with a listener of its own for errors'),
  call('quit disconnect close destroy', 'quit(), disconnect()', '', [
    [REDIS, '<4.0.0', 'quit(callback), end(flush)'],
    [REDIS, '>=4.0.0 <5.0.0', 'quit(), disconnect()'],
    [REDIS, '>=5.0.0', 'close(), destroy()'],
  ]),
];

/** Python: aioredis 1 has an interface of its own, 2 has that of redis-py. */
function python(members: string, aioredis: string, redisPy: string): ApiFact {
  return fact('call', members, 'redis-semantics 5.2; aioredis 1.3.1', [
    [['aioredis'], '<2.0.0', aioredis],
    [['redis-py', 'valkey-py'], undefined, redisPy],
  ]);
}

const PYTHON: readonly ApiFact[] = [
  python('set', 'set(key, value, expire=5, exist=SET_IF_NOT_EXIST)', 'set(key, value, ex=5, nx=True)'),
  python('expire', 'expire(key, timeout)', 'expire(key, time)'),
  python('hmsetdict hmset', 'hmset_dict(key, mapping)', 'hset(key, mapping=mapping)'),
  python('zadd', 'zadd(key, score, member)', 'zadd(key, {member: score})'),
  python('zincrby', 'zincrby(key, increment, member)', 'zincrby(key, amount, value)'),
  python('eval', 'eval(script, keys=[key], args=[argument])', 'eval(script, 1, key, argument)'),
  python('xadd', 'xadd(stream, fields, message_id=…, max_len=…)', 'xadd(name, fields, id=…, maxlen=…)'),
  python('xread', 'xread([stream], timeout=…, latest_ids=[id])', 'xread({stream: id}, block=…)'),
  python('iscan', 'iscan(match=…)', 'scan_iter(match=…)'),
  python('ihscan', 'ihscan(key)', 'hscan_iter(key)'),
  python('izscan', 'izscan(key)', 'zscan_iter(key)'),
  python('multiexec', 'multi_exec(), whose commands give futures', 'pipeline(), whose execute() gives the answers'),
  python('pipeline', 'pipeline(), whose commands give futures', 'pipeline(), whose execute() gives the answers'),
  python('subscribe', 'subscribe(channel), which gives channels', 'pubsub(), then subscribe(channel) on it'),
  python('select', 'select(db)', 'another client'),
  python('publishjson', 'publish_json(channel, value)', 'publish(channel, json.dumps(value))'),
  python('close waitclosed', 'close(), wait_closed()', 'aclose()'),
];

export const API_FACTS: readonly ApiFact[] = [
  ...PYTHON,
  ...ANSWERS,
  // A form without a text is one that the forms behind it say better.
  ...CALLS.map((one) => ({ ...one, forms: one.forms.filter(({ text }) => text !== '') })),
];

/**
 * Names of redis 4 to 6 whose words are set apart by capitals; all other libraries write them in small letters. A test
 * looks for each at a real client.
 */
export const CAMEL_CASE: readonly string[] = [
  ...'bitCount bitField bitOp bitPos blMove blPop brPop brPopLPush bzPopMax bzPopMin configGet configSet dbSize'.split(
    ' ',
  ),
  ...'decrBy evalSha expireAt flushAll flushDb geoAdd geoDist geoHash geoPos geoSearch getBit getDel getEx'.split(' '),
  ...'getRange getSet hDel hExists hGet hGetAll hIncrBy hIncrByFloat hKeys hLen hmGet hScan hSet hSetNX'.split(' '),
  ...'hStrLen hVals incrBy incrByFloat lIndex lInsert lLen lMove lPop lPos lPush lPushX lRange lRem lSet lTrim'.split(
    ' ',
  ),
  ...'lastSave mGet mSet mSetNX pExpire pExpireAt pSetEx pSubscribe pTTL pUnsubscribe pfAdd pfCount pfMerge'.split(' '),
  ...'randomKey renameNX rPop rPopLPush rPush rPushX sAdd sCard sDiff sDiffStore sInter sInterStore sIsMember'.split(
    ' ',
  ),
  ...'sMembers sMove sPop sRandMember sRem sScan sSubscribe sUnion sUnionStore sUnsubscribe setBit setEx setNX'.split(
    ' ',
  ),
  ...'setRange strLen unsubscribe xAck xAdd xAutoClaim xClaim xDel xLen xPending xRange xRead xReadGroup'.split(' '),
  ...'xRevRange xTrim zAdd zCard zCount zDiff zIncrBy zInter zInterStore zLexCount zPopMax zPopMin zRange'.split(' '),
  ...'zRangeByLex zRangeByScore zRank zRem zRemRangeByLex zRemRangeByRank zRemRangeByScore zRevRank zScan'.split(' '),
  ...'zScore zUnion zUnionStore'.split(' '),
];
