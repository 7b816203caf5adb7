import { describeSystem } from './system.js';

describeSystem('connection-pool', 'python', { databases: [0], connections: { before: 2, after: 1 } });
describeSystem('connection-pool', 'typescript', { databases: [0], connections: { before: 2, after: 1 } });
