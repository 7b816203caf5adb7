/** `npx jscodeshift -t dist/src/jscodeshift/module-singleton.cjs file…`: the pattern alone, on one file at a time. */

import transformOf = require('./transform.cjs');

export = transformOf('module-singleton');
