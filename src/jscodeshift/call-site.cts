/** `npx jscodeshift -t dist/src/jscodeshift/call-site.cjs file…`: the pattern alone, on one file at a time. */

import transformOf = require('./transform.cjs');

export = transformOf('call-site');
