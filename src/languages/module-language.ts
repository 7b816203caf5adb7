/** Which language a module of the configuration is named in. */

const SOURCE = /\.[cm]?[jt]sx?$/;

/** Whether a module is named as a file of the tree. Python's are dotted, other specifiers are written as they are. */
export function isSourcePath(module: string): boolean {
  return SOURCE.test(module) && !/^[@~]\//.test(module);
}

/** `app.redis_manager` is Python's, everything else that names a module is JavaScript's. */
export function languageOfModule(module: string): 'javascript' | 'python' {
  return isSourcePath(module) || /[@/~]/.test(module) ? 'javascript' : 'python';
}
