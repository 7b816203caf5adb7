/**
 * SARIF 2.1.0 for code scanning (https://docs.oasis-open.org/sarif/sarif/v2.1.0/). Fingerprints are the ids of sites:
 * they survive moves of lines, so an alert that was dismissed stays dismissed.
 */

import type { Log, ReportingDescriptor, Result } from 'sarif';
import { type CheckReport, VIOLATIONS, type Violation } from '../model/gate.js';
import type { Finding, Inventory, Severity, Site } from '../model/site.js';
import { kindsOf } from './check.js';
import type { View } from './layout.js';
import { tool } from './tool.js';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const ROOT = 'SRCROOT';
const FINGERPRINT = 'redisMigrateSite/v1';

/** Violations as errors; what the baseline knows as unchanged and suppressed. */
export function checkSarif(report: CheckReport, view: View): string {
  const all = [...report.violations, ...report.known];
  const rules = kindsOf(all).map(ruleOfViolation);
  const results = [
    ...report.violations.map((one) => violationResult(one, view)),
    ...report.known.map(
      (one): Result => ({
        ...violationResult(one, view),
        suppressions: [{ kind: 'external', justification: `known in ${report.baseline ?? 'the baseline'}` }],
      }),
    ),
  ];
  return text(rules, results);
}

const LEVELS: Record<Severity, Result.level> = { high: 'error', medium: 'warning', low: 'note' };

/** Findings by their severity, sites that can move as notes. URLs and other parts of sites are left out. */
export function scanSarif({ sites, findings, files }: Inventory, view: View): string {
  const movable = sites.filter(({ verdict }) => verdict !== 'keep');
  const codes = [...new Set(findings.map(({ code }) => code))].sort();
  const rules = [
    ...codes.map((code) => rule(code, sentence(code), 'warning')),
    ...[...new Set(movable.map(({ verdict }) => verdict))]
      .sort()
      .map((verdict) => rule(verdict, VERDICT_RULES[verdict], 'note')),
    ...(files.failed.length > 0 ? [ruleOfViolation('unread-file')] : []),
  ];
  const failed = files.failed.map(({ file, message }): Result => {
    return { ...result('unread-file', message, 'error'), locations: [at({ file, line: 1 }, view)] };
  });
  return text(rules, [...findingResults(findings, view), ...movable.map((site) => siteResult(site, view)), ...failed]);
}

const VERDICT_RULES: Record<Site['verdict'], string> = {
  rewrite: 'Opens a connection of its own, and is proved to be equal to what the accessor gives.',
  review: 'Opens a connection of its own; moving it to the accessor makes a difference that a person must accept.',
  keep: 'Opens a connection of its own, and stays.',
};

function ruleOfViolation(code: Violation['code']): ReportingDescriptor {
  const { means, todo } = VIOLATIONS[code];
  return { ...rule(code, means, 'error'), help: { text: todo } };
}

function rule(id: string, words: string, level: Result.level & ('error' | 'warning' | 'note')): ReportingDescriptor {
  return { id, shortDescription: { text: words }, defaultConfiguration: { level } };
}

function sentence(code: string): string {
  const words = code.replaceAll('-', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

function violationResult(one: Violation, view: View): Result {
  return {
    ...result(one.code, one.message, 'error'),
    locations: [at(one, view)],
    partialFingerprints: { [FINGERPRINT]: one.id },
    ...(one.verdict === null
      ? {}
      : { properties: { verdict: one.verdict, ...(one.why === null ? {} : { why: one.why }) } }),
  };
}

function siteResult(site: Site, view: View): Result {
  const { verdict, api, category, reasons, id, role, purpose, database } = site;
  const message = [`${api ?? category} can ask the accessor.`, ...reasons.map((one) => one.message)].join(' ');
  return {
    ...result(verdict, message, 'note'),
    locations: [at(site, view)],
    partialFingerprints: { [FINGERPRINT]: id },
    properties: { role, purpose, database },
  };
}

/** Findings of one code at one line are told apart by their order. */
function findingResults(findings: readonly Finding[], view: View): Result[] {
  const seen = new Map<string, number>();
  return findings.map(({ code, severity, file, line, message }) => {
    const base = `${code} ${file} ${message}`;
    const ordinal = (seen.get(base) ?? 0) + 1;
    seen.set(base, ordinal);
    return {
      ...result(code, message, LEVELS[severity]),
      locations: [at({ file, line }, view)],
      partialFingerprints: { 'redisMigrateFinding/v1': `${base} ${ordinal}` },
      properties: { severity },
    };
  });
}

function result(ruleId: string, message: string, level: Result.level): Result {
  return { ruleId, level, message: { text: message } };
}

interface Place {
  file: string;
  line: number;
  column?: number;
  endLine?: number;
  endColumn?: number;
}

/** Columns are UTF-16 units, the end is behind the last one: as in the inventory. */
function at({ file, line, column, endLine, endColumn }: Place, { prefix }: View) {
  const uri = `${prefix}${file}`.split('/').map(encodeURIComponent).join('/');
  const isRange = column !== undefined && endLine !== undefined && endColumn !== undefined;
  const sound = isRange && (endLine > line || endColumn > column);
  const region = sound
    ? { startLine: line, startColumn: column, endLine, endColumn }
    : { startLine: Math.max(1, line) };
  return { physicalLocation: { artifactLocation: { uri, uriBaseId: ROOT }, region } };
}

function text(rules: ReportingDescriptor[], results: Result[]): string {
  const { name, version } = tool();
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const log: Log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name, version, rules } },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { [ROOT]: { description: { text: 'The root of the repository.' } } },
        results: results.map((one) => ({ ...one, ruleIndex: indexes.get(one.ruleId ?? '') ?? -1 })),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}
