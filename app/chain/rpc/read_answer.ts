import { NodeFailed } from '#chain/rpc/rpc_errors'

/** Nodes lie now and then: what is not of the right shape is no answer. */
const QUANTITY = /^0x[0-9a-fA-F]{1,64}$/
const HASH = /^0x[0-9a-fA-F]{64}$/
const ADDRESS = /^0x[0-9a-fA-F]{40}$/
const BYTES = /^0x([0-9a-fA-F]{2})*$/

const shaped = (what: string, shape: RegExp) => (value: unknown) => {
  if (typeof value !== 'string' || !shape.test(value)) throw new NodeFailed(`answered with no ${what}`)
  return value.toLowerCase()
}

export const hashOf = shaped('hash', HASH)
export const keyOf = shaped('address', ADDRESS)
export const bytesOf = shaped('bytes', BYTES)
const quantityOf = shaped('number', QUANTITY)

export const bigOf = (value: unknown) => BigInt(quantityOf(value))

export function numberOf(value: unknown) {
  const number = Number(quantityOf(value))
  if (!Number.isSafeInteger(number)) throw new NodeFailed('answered with a number beyond all bounds')
  return number
}

export function objectOf(value: unknown): Record<string, unknown> {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw new NodeFailed('answered with no object')
  return value as Record<string, unknown>
}

export function listOf(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new NodeFailed('answered with no list')
  return value
}

export const optionally =
  <T>(read: (value: unknown) => T) =>
  (value: unknown) =>
    value === null || value === undefined ? null : read(value)
