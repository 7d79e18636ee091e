import { AsyncLocalStorage } from 'node:async_hooks'

/** Ids that every log line written meanwhile carries: `request_id`, `update_id`, `job_id`. */
export type LogContext = Record<string, string | number>

const storage = new AsyncLocalStorage<LogContext>()

/** Runs work whose log lines carry the given ids, added to those of the work around it. */
export function withLogContext<T>(context: LogContext, work: () => T): T {
  return storage.run({ ...storage.getStore(), ...context }, work)
}

/** What the lines of `logger` still lack of the present ids (a request's own logger has its id already). */
export function missingLogContext(logger: { bindings(): Record<string, unknown> }): LogContext {
  const context = storage.getStore()
  if (!context) return {}
  const present = logger.bindings()
  return Object.fromEntries(Object.entries(context).filter(([id]) => !(id in present)))
}
