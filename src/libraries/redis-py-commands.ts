/**
 * Methods of redis-py clients that send a command and are not named as the command is, lower-case. Source: `dir()` of
 * the clients of redis-py 2.10.6, 3.5.3, 4.0.2 to 8.1.0 (sync, asyncio, cluster); a test compares it with the installed one.
 */
export const REDIS_PY_COMMANDS: readonly string[] = `
acl_cat acl_deluser acl_dryrun acl_genpass acl_getuser acl_help acl_list acl_load acl_log acl_log_reset acl_save
acl_setuser acl_users acl_whoami append arcount ardel ardelrange arget argetrange argrep arinfo arinsert
arlastitems arlen armget armset arnext arop arring arscan arseek arset auth bf bgrewriteaof bgsave bitcount
bitfield bitfield_ro bitop bitpos blmove blmovem blmpop blpop brpop brpoplpush bzmpop bzpopmax bzpopmin cf
client client_getname client_getredir client_id client_info client_kill client_kill_filter client_list
client_no_evict client_no_touch client_pause client_reply client_setinfo client_setname client_tracking
client_tracking_off client_tracking_on client_trackinginfo client_unblock client_unpause cluster
cluster_addslots cluster_addslotsrange cluster_bumpepoch cluster_count_failure_report cluster_countkeysinslot
cluster_delslots cluster_delslotsrange cluster_failover cluster_flushslots cluster_get_keys_in_slot cluster_info
cluster_keyslot cluster_links cluster_meet cluster_myid cluster_myshardid cluster_nodes cluster_replicas
cluster_replicate cluster_reset cluster_save_config cluster_set_config_epoch cluster_setslot
cluster_setslot_stable cluster_shards cluster_slots cms command command_count command_docs command_getkeys
command_getkeysandflags command_info command_list config_get config_resetstat config_rewrite config_set copy
dbsize debug_object debug_segfault decr decrby delete delex digest digest_local dump echo eval eval_ro evalsha
evalsha_ro exists expire expireat expiretime failover fcall fcall_ro flushall flushdb ft function_delete
function_dump function_flush function_kill function_list function_load function_restore function_stats
gears_refresh_cluster geoadd geodist geohash geopos georadius georadiusbymember geosearch geosearchstore get
getbit getdel getex getrange getset graph hdel hello hexists hexpire hexpireat hexpiretime hget hgetall hgetdel
hgetex himport_discard himport_discard_all himport_prepare himport_set hincrby hincrbyfloat hkeys hlen hmget
hmset hotkeys_get hotkeys_reset hotkeys_start hotkeys_stop hpersist hpexpire hpexpireat hpexpiretime hpttl
hrandfield hscan hscan_iter hset hsetex hsetnx hstrlen httl hvals incr incrby incrbyfloat increx info json keys
keyspace_notifications lastsave latency_doctor latency_graph latency_histogram latency_history latency_latest
latency_reset lcs lindex linsert llen lmove lmovem lmpop lolwut lpop lpos lpush lpushx lrange lrem lset ltrim
memory_doctor memory_help memory_malloc_stats memory_purge memory_stats memory_usage mget mget_nonatomic migrate
module_list module_load module_loadex module_unload move mset mset_nonatomic msetex msetnx object persist
pexpire pexpireat pexpiretime pfadd pfcount pfmerge ping psetex psync pttl publish pubsub_channels pubsub_numpat
pubsub_numsub pubsub_shardchannels pubsub_shardnumsub quit randomkey readonly readwrite rename renamenx
replicaof reset restore role rpop rpoplpush rpush rpushx sadd save scan scan_iter scard script_debug
script_exists script_flush script_kill script_load sdiff sdiffcard sdiffstore select sentinel sentinel_ckquorum
sentinel_failover sentinel_flushconfig sentinel_get_master_addr_by_name sentinel_master sentinel_masters
sentinel_monitor sentinel_remove sentinel_reset sentinel_sentinels sentinel_set sentinel_slaves set setbit setex
setnx setrange shutdown sinter sintercard sinterstore sismember slaveof slowlog_get slowlog_len slowlog_reset
smembers smismember smove sort sort_ro spop spublish srandmember srem sscan sscan_iter stralgo strlen substr
sunion sunioncard sunionstore swapdb sync tdigest tfcall tfcall_async tfunction_delete tfunction_list
tfunction_load time topk touch ts ttl type unlink vset wait waitaof xack xackdel xadd xautoclaim xcfgset xclaim
xdel xdelex xgroup_create xgroup_createconsumer xgroup_delconsumer xgroup_destroy xgroup_setid xinfo_consumers
xinfo_groups xinfo_stream xlen xnack xpending xpending_range xrange xread xreadgroup xrevrange xtrim zadd zcard
zcount zdiff zdiffstore zincrby zinter zintercard zinterstore zlexcount zmpop zmscore zpopmax zpopmin
zrandmember zrange zrangebylex zrangebyscore zrangestore zrank zrem zremrangebylex zremrangebyrank
zremrangebyscore zrevrange zrevrangebylex zrevrangebyscore zrevrank zscan zscan_iter zscore zunion zunionstore
`
  .trim()
  .split(/\s+/);
