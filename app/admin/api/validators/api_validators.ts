import vine from '@vinejs/vine'
import { INTEGRATION_EVENTS } from '#core/contracts/integration_events'
import { API_SCOPES } from '#staff/api_keys/scopes'

/** A box of its own for each word of a list: `scope_raffle_read`. */
export const boxOf = (group: 'scope' | 'event', word: string) => `${group}_${word.replaceAll('.', '_')}`

const boxes = (group: 'scope' | 'event', words: readonly string[]) =>
  Object.fromEntries(words.map((word) => [boxOf(group, word), vine.accepted().optional()]))

/** The words whose boxes were checked. */
export const checkedOf = <W extends string>(group: 'scope' | 'event', words: readonly W[], input: object): W[] =>
  words.filter((word) => (input as Record<string, unknown>)[boxOf(group, word)] !== undefined)

export const keyValidator = vine.create({
  name: vine.string().trim().minLength(1).maxLength(80),
  allowed_ips: vine.string().trim().maxLength(4000).nullable().optional(),
  ...boxes('scope', API_SCOPES),
})

export const webhookValidator = vine.create({
  webhook_url: vine.string().trim().maxLength(500).nullable().optional(),
  ...boxes('event', INTEGRATION_EVENTS),
})
