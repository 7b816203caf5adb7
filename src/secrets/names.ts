/** Which names say that their value is a secret. */

const ALWAYS = /(?:password|passwd|pwd|passphrase|secret|requirepass|masterauth|apikey|authtoken|accesskey)_?\d*$/;
const AS_WORD = /(?:^|_)(?:token|auth|pass|pw|auth_pass|(?:api|access|secret|private)_key|credentials?)_?\d*$/;

/** True for `password`, `REDIS_PASSWORD`, `sentinelPassword`, `auth_pass`, `api-key`, `apiKey`; not for `author`, `maxTokens`. */
export function namesSecret(name: string): boolean {
  const words = name
    .slice(-40)
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/-/g, '_')
    .toLowerCase();
  return ALWAYS.test(words) || AS_WORD.test(words);
}
