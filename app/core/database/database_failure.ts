const SOCKET_OR_FILE = /^(SQLITE_|E(CONN|HOST|NET|AI_|PIPE|TIMEDOUT|NOTFOUND))/
/** PostgreSQL's five characters, but for class 22: data that it can't read is the caller's mistake. */
const SQLSTATE = /^(?!22)[0-9][0-9A-Z]{4}$|^(P0|F0|HV|XX)[0-9A-Z]{3}$/
const NO_CONNECTION = /connection (terminated|ended)|timeout acquiring a connection/i

/** Whether the database itself failed, so that the same work may succeed later. */
export function isDatabaseFailure(error: unknown): boolean {
  const { code = '', message = '' } = (error ?? {}) as { code?: unknown; message?: string }
  return SOCKET_OR_FILE.test(String(code)) || SQLSTATE.test(String(code)) || NO_CONNECTION.test(message)
}
