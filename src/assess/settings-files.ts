/** Rows of settings that say where a Redis server is. They are listed, never edited. */

import type { Setting } from '../model/project.js';
import type { AddressSource, Reason } from '../model/site.js';
import { mask } from '../secrets.js';
import type { Context } from './context.js';
import { splitOf } from './env-split.js';
import { exemptionOf } from './exempt.js';
import { reason } from './reasons.js';
import { blank, place, type Row } from './sites.js';

const FROM_ENVIRONMENT = /\$\{|^\$\w/;
const FROM_TEMPLATE = /\{\{|\$\(/;

/** Rows of all settings that were found, those of tests only when they are asked for. */
export function settingRows(context: Context, includeTests: boolean): Row[] {
  const addresses = (context.project.settings ?? []).filter(({ unchecked }) => !unchecked);
  const listed = addresses.filter(({ zone }) => includeTests || zone !== 'test');
  return listed.map((setting) => settingRow(context, setting));
}

/** Row of a setting; its value is shown without its secrets. */
function settingRow(context: Context, setting: Setting): Row {
  const { file, path, value, zone } = setting;
  const key = path.at(-1) ?? null;
  const at = { line: setting.line, column: setting.column };
  const { endLine, endColumn } = setting;
  const digest = value.replace(/\/\/[^@/]*@/, '//@');
  const located = { file, at, endLine, endColumn, bound: key, digest };
  const name = path.join('.');
  const shown = mask(`${name}=${value.trim().split('\n').length > 1 ? '…' : value.trim()}`);
  const reasons: Reason[] = [reason('config-file', { shown })];
  const split = splitOf(context, setting);
  if (split !== null) reasons.push(reason('env-split', { name: key ?? '', split }));
  const exempt = exemptionOf(null, file, setting.line, context.config);
  if (exempt) reasons.push(reason('exempt', { by: exempt.by, reason: exempt.reason }));
  const site = blank(context, 'config-file', located);
  return {
    site: { ...site, language: null, api: key, source: sourceOf(value), purpose: 'env', zone, reasons, exempt },
    identified: { ...place(located), symbol: path.slice(0, -1), category: 'config-file' },
  };
}

function sourceOf(value: string): AddressSource {
  if (FROM_ENVIRONMENT.test(value)) return 'env';
  return FROM_TEMPLATE.test(value) ? 'variable' : 'literal';
}
