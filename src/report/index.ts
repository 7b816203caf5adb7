/** From results to text. Pure: nothing here prints or decides. */

export type { DecisionReport, InitReport, RollbackReport } from './answers.js';
export { applyPretty } from './apply.js';
export { checkPretty } from './check.js';
export { explainPretty } from './explain.js';
export type { Explanation } from './explanation.js';
export { checkGithub, scanGithub } from './github.js';
export { applyHtml, checkHtml, planHtml, scanHtml, statusHtml } from './html/page.js';
export { inventory } from './inventory.js';
export { json } from './json.js';
export { count, type View } from './layout.js';
export { applyMarkdown } from './markdown-apply.js';
export { checkMarkdown, scanMarkdown, statusMarkdown } from './markdown-gate.js';
export { planMarkdown } from './markdown-plan.js';
export { planPretty } from './plan.js';
export { checkSarif, scanSarif } from './sarif.js';
export { scanPretty } from './scan.js';
export { decisionPretty, initPretty, rollbackPretty } from './setup.js';
export { statusPretty } from './status.js';
export { tool } from './tool.js';
