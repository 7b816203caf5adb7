/** The recipe: every stage, in order. Each takes plain data and gives plain data; only `apply` writes sources. */
