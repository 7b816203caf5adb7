"""What CPython's compiler says of the names of each scope, for every path on stdin: one line of JSON a path.

A scope: [kind, name, line, names that it binds, {name that it reads: local | outer | module}]. Names of type parameters are
left out: CPython has scopes of their own for them, by version in another way.
"""

import json
import symtable
import sys


def scopes(table, parameters, found, globals_, owner=""):
    kind = str(table.get_type())
    kind = getattr(table.get_type(), "value", kind)
    if kind not in ("module", "function", "class"):
        parameters = parameters | {one.get_name() for one in table.get_symbols()}
    else:
        bound, read = [], {}
        owner = table.get_name().lstrip("_") if kind == "class" else owner
        for one in table.get_symbols():
            # In a class `__x` is `_Class__x`.
            name = one.get_name()
            name = name[len(owner) + 1 :] if name.startswith(f"_{owner}__") else name
            if name.startswith(".") or name in parameters or name in ("__classdict__", "__class__", "__conditional_annotations__", "__type_params__"):
                continue
            own = one.is_local() or one.is_parameter()
            if one.is_declared_global() and (one.is_assigned() or one.is_imported()) or kind == "module" and one.is_declared_global():
                globals_.add(name)
            if own and (one.is_assigned() or one.is_imported() or one.is_parameter() or one.is_namespace()):
                bound.append(name)
            if one.is_referenced():
                read[name] = "outer" if one.is_free() else "module" if one.is_global() or not own else "local"
        name = table.get_name()
        comprehension = name in ("listcomp", "setcomp", "dictcomp", "genexpr", "<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>")
        kind = "comprehension" if comprehension else kind
        line = 0 if kind == "module" else table.get_lineno()
        named = kind != "module" and not comprehension and name not in ("lambda", "<lambda>")
        found.append([kind, name if named else "", line, sorted(bound), read])
    for child in table.get_children():
        scopes(child, parameters, found, globals_, owner)
    return found


def names(text, path):
    globals_ = set()
    module, *rest = scopes(symtable.symtable(text, path, "exec"), frozenset(), [], globals_)
    return [[*module[:3], sorted(globals_.union(module[3])), module[4]], *rest]


for path in sys.stdin.read().split("\n"):
    with open(path, encoding="utf-8-sig", newline="") as file:
        text = file.read()
    try:
        print(json.dumps(names(text, path)))
    except (SyntaxError, ValueError) as error:
        print(json.dumps(str(error)))
