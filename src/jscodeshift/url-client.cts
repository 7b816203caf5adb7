/** `npx jscodeshift -t dist/src/jscodeshift/url-client.cjs file…`: the pattern alone, on one file at a time. */

import transformOf = require('./transform.cjs');

export = transformOf('url-client');
