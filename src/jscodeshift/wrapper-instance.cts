/** `npx jscodeshift -t dist/src/jscodeshift/wrapper-instance.cjs file…`: the pattern alone, on one file at a time. */

import transformOf = require('./transform.cjs');

export = transformOf('wrapper-instance');
