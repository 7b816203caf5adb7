/** `npx jscodeshift -t dist/src/jscodeshift/deprecated-import.cjs file…`: the pattern alone, on one file at a time. */

import transformOf = require('./transform.cjs');

export = transformOf('deprecated-import');
