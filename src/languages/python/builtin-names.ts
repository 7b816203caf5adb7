/** Names that every module has without binding them. Source: `dir(builtins)` of CPython 3.8 and 3.13. */

const NAMES = `
  ArithmeticError AssertionError AttributeError BaseException BaseExceptionGroup BlockingIOError BrokenPipeError
  BufferError BytesWarning ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError
  ConnectionResetError DeprecationWarning EOFError Ellipsis EncodingWarning EnvironmentError Exception
  ExceptionGroup False FileExistsError FileNotFoundError FloatingPointError FutureWarning GeneratorExit IOError
  ImportError ImportWarning IndentationError IndexError InterruptedError IsADirectoryError KeyError
  KeyboardInterrupt LookupError MemoryError ModuleNotFoundError NameError None NotADirectoryError NotImplemented
  NotImplementedError OSError OverflowError PendingDeprecationWarning PermissionError ProcessLookupError
  PythonFinalizationError RecursionError ReferenceError ResourceWarning RuntimeError RuntimeWarning
  StopAsyncIteration StopIteration SyntaxError SyntaxWarning SystemError SystemExit TabError TimeoutError True
  TypeError UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError UnicodeTranslateError
  UnicodeWarning UserWarning ValueError Warning ZeroDivisionError abs aiter all anext any ascii bin bool
  breakpoint bytearray bytes callable chr classmethod compile complex delattr dict dir divmod enumerate eval
  exec filter float format frozenset getattr globals hasattr hash hex id input int isinstance issubclass iter
  len list locals map max memoryview min next object oct open ord pow print property range repr reversed round
  set setattr slice sorted staticmethod str sum super tuple type vars zip
`;

const BUILTINS: ReadonlySet<string> = new Set(NAMES.trim().split(/\s+/));

/** Whether a name that nothing binds is one of the language: a builtin, or like `__file__`. */
export function isBuiltin(name: string): boolean {
  return name.startsWith('__') || BUILTINS.has(name);
}
