const CODES = ['23505', 'SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY']

/** Whether a write was refused because such a row exists already. On PostgreSQL the transaction is lost with it. */
export const isUniqueViolation = (error: unknown) => CODES.includes((error as { code?: string })?.code ?? '')
