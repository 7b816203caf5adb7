/**
 * Workflow commands of GitHub Actions, which become annotations at the lines
 * (https://docs.github.com/actions/reference/workflow-commands-for-github-actions).
 */

import { type CheckReport, VIOLATIONS } from '../model/gate.js';
import type { Inventory, Severity } from '../model/site.js';
import { checkSums, outlook } from './check.js';
import { count, type View } from './layout.js';

interface Annotation {
  level: 'error' | 'warning' | 'notice';
  file: string;
  line: number;
  endLine: number;
  column: number;
  endColumn: number;
  title: string;
  message: string;
}

/** An error for each violation; a notice for what the baseline knows. */
export function checkGithub(report: CheckReport, view: View): string {
  const errors = report.violations.map((one): Annotation => {
    const message = `${one.message}${outlook(one)} ${VIOLATIONS[one.code].todo}`;
    return { ...one, level: 'error', title: `redis-migrate: ${one.code}`, message };
  });
  const notices = report.known.map((one): Annotation => {
    return { ...one, level: 'notice', title: `redis-migrate: ${one.code} (known)`, message: one.message };
  });
  return `${[...errors, ...notices].map((one) => command(one, view)).join('')}redis-migrate: ${oneLine(checkSums(report))}\n`;
}

const LEVELS: Record<Severity, Annotation['level']> = { high: 'error', medium: 'warning', low: 'notice' };

/** Findings by their severity, files that could not be read as errors, sites that can move as notices. */
export function scanGithub({ sites, findings, files }: Inventory, view: View): string {
  const found = findings.map(({ severity, file, line, code, message }): Annotation => {
    return { ...pointAt(file, line), level: LEVELS[severity], title: `redis-migrate: ${code}`, message };
  });
  const failed = files.failed.map(({ file, message }): Annotation => {
    return { ...pointAt(file, 1), level: 'error', title: 'redis-migrate: unread-file', message };
  });
  const movable = sites.filter(({ verdict, exempt }) => verdict !== 'keep' && exempt === null);
  const notices = movable.map((site): Annotation => {
    const message = [
      `${site.api ?? site.category} can ask the accessor.`,
      ...site.reasons.map((one) => one.message),
    ].join(' ');
    return { ...site, level: 'notice', title: `redis-migrate: ${site.verdict}`, message };
  });
  return (
    [...found, ...failed, ...notices].map((one) => command(one, view)).join('') +
    `redis-migrate: ${count(sites.length, 'site')}\n`
  );
}

function pointAt(file: string, line: number) {
  return { file, line, endLine: line, column: 1, endColumn: 1 };
}

/** Columns are only allowed when the place is in one line. */
function command(
  { level, file, line, endLine, column, endColumn, title, message }: Annotation,
  { prefix }: View,
): string {
  const properties: Record<string, string | number> = { file: `${prefix}${file}`, line };
  if (endLine !== line) properties.endLine = endLine;
  else if (endColumn > column) Object.assign(properties, { col: column, endColumn });
  properties.title = title;
  const written = Object.entries(properties).map(([name, value]) => `${name}=${property(String(value))}`);
  return `::${level} ${written.join(',')}::${data(message)}\n`;
}

function data(words: string): string {
  return words.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function property(words: string): string {
  return data(words).replace(/:/g, '%3A').replace(/,/g, '%2C');
}

/** The line of sums must not be read as a command. */
function oneLine(words: string): string {
  return words.replace(/[\r\n]+/g, ' ').replace(/::/g, ': :');
}
