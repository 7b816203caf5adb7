import { describeSystem } from './system.js';

const databases = [0, 1, 2, 3, 4, 9];

describeSystem('named-databases', 'python', { configured: true, databases, connections: { before: 22, after: 10 } });
describeSystem('named-databases', 'typescript', { configured: true, databases, connections: { before: 7, after: 6 } });
