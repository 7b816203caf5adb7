/** `npx jscodeshift -t dist/src/jscodeshift/fallback-chain.cjs file…`: the pattern alone, on one file at a time. */

import transformOf = require('./transform.cjs');

export = transformOf('fallback-chain');
