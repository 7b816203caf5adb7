/** Conditions of identity terms (`if(env:TLS=="true")?literal:true:default`) as code. */

/** How a read of the environment or of settings is written; null when it cannot be. */
export type Written = (term: string) => string | null;

/** The condition as an expression; null when one of its parts cannot be written down. */
export function conditionCode(condition: string, written: Written): string | null {
  const compared = /^((?:env|config):[^|()=<>&!]+)==("(?:[^"\\]|\\.)*"|true|false|null|undefined|-?[\d.]+)$/.exec(
    condition,
  );
  if (compared) {
    const [, read = '', literal = ''] = compared;
    const left = written(read);
    return left === null ? null : `${left} === ${literal.startsWith('"') ? quote(JSON.parse(literal)) : literal}`;
  }
  return /^(?:env|config):[^|()=<>&!]+$/.test(condition) ? written(condition) : null;
}

/** Settings (`file#name`, `file#get_settings()`) that a term reads. */
export function holdersIn(term: string): string[] {
  return [...term.matchAll(/config:([^|()=<>&!?]*?#[A-Za-z_$][\w$]*(?:\(\))?)/g)].map(([, holder]) => holder ?? '');
}

/** A string literal of JavaScript. */
export function quote(text: string): string {
  const inner = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${inner}'`;
}
