import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Params } from '#sandbox/api/params'
import { ControlError } from '#sandbox/errors'
import type { World } from '#sandbox/world'

export interface ControlCall {
  world: World
  /** named parts of the path */
  path: Record<string, string>
  /** query string and body */
  params: Params
  request: IncomingMessage
  response: ServerResponse
}

/** Answers what becomes the JSON body; a route that has answered by itself gives `HANDLED`. */
export type ControlHandler = (call: ControlCall) => unknown

export const HANDLED = Symbol('handled')

export interface ControlRoute {
  verb: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** `/sandbox/chats/:id` */
  pattern: string
  handle: ControlHandler
}

export function route(verb: ControlRoute['verb'], pattern: string, handle: ControlHandler): ControlRoute {
  return { verb, pattern, handle }
}

/** The chat in the path, a whole number. */
export function chatIdOf(path: Record<string, string>, name = 'id'): number {
  const id = Number(path[name])
  if (!Number.isSafeInteger(id) || id === 0) throw new ControlError(422, `"${path[name]}" is no chat id.`)
  return id
}

export function numberOf(params: Params, name: string): number | undefined {
  if (!params.has(name)) return undefined
  const number = Number(params.text(name))
  if (!Number.isFinite(number)) throw new ControlError(422, `"${name}" must be a number.`)
  return number
}
