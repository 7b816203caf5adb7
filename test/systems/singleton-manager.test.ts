import { describeSystem } from './system.js';

describeSystem('singleton-manager', 'python', {
  configured: true,
  databases: [0, 1],
  connections: { before: 10, after: 2 },
});
describeSystem('singleton-manager', 'typescript', {
  configured: true,
  databases: [0, 1],
  connections: { before: 10, after: 2 },
});
