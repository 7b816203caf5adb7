/** `npx jscodeshift -t dist/src/jscodeshift/direct-client.cjs file…`: the pattern alone, on one file at a time. */

import transformOf = require('./transform.cjs');

export = transformOf('direct-client');
