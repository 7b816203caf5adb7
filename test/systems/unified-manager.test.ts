import { describeSystem } from './system.js';

describeSystem('unified-manager', 'python', {
  configured: true,
  databases: [0, 3, 4],
  connections: { before: 8, after: 5 },
});
describeSystem('unified-manager', 'typescript', {
  configured: true,
  databases: [0, 3],
  connections: { before: 5, after: 3 },
});
