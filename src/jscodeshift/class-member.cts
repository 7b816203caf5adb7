/** `npx jscodeshift -t dist/src/jscodeshift/class-member.cjs file…`: the pattern alone, on one file at a time. */

import transformOf = require('./transform.cjs');

export = transformOf('class-member');
