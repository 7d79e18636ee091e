import type { Params } from '#sandbox/api/params'
import type { World } from '#sandbox/world'

export interface Call {
  world: World
  params: Params
  /** answers a signal that is aborted when the client has gone away; made only for those who wait */
  signal: () => AbortSignal
}

/** One method of the Bot API: answers `result`, or throws ApiError. */
export type Method = (call: Call) => unknown

/** A result that Telegram explains in words beside it. */
export class Described {
  constructor(
    readonly result: unknown,
    readonly description: string
  ) {}
}
