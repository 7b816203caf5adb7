import { describeSystem } from './system.js';

describeSystem('unified-manager', 'python', {
  configured: true,
  databases: [0, 3, 4],
  connections: { before: 9, after: 5 },
});
describeSystem('unified-manager', 'typescript', {
  configured: true,
  databases: [0, 3],
  connections: { before: 6, after: 3 },
});
