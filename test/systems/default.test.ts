import { describeSystem } from './system.js';

describeSystem('default', 'python', { databases: [0, 1], connections: { before: 3, after: 2 } });
describeSystem('default', 'typescript', { databases: [0, 1], connections: { before: 3, after: 2 } });
