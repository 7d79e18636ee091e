import type { IntegrationEventName } from '#core/contracts/integration_events'
import { DRAW_STATUSES, ENTRY_STATUSES, RAFFLE_STATUSES } from '#raffles/values'

type Schema = Record<string, unknown>

const text = { type: 'string' }
const integer = { type: 'integer' }
const success = { type: 'boolean', const: true }
const instant = { type: 'string', format: 'date-time' }
const decimal = { type: 'string', pattern: '^\\d+\\.\\d{6}$', description: 'A plain decimal with all six places' }
const reference = { type: 'string', pattern: '^[0-9A-Z]{10}$' }
const txHash = { type: 'string', pattern: '^0x[0-9a-f]{64}$' }
const address = { type: 'string', pattern: '^0x[0-9a-fA-F]{40}$' }
const currency = { type: 'string', const: 'USDT' }
const tgId = { type: 'integer', description: 'Telegram id of the customer' }

const orNull = (schema: Schema) => ({ anyOf: [schema, { type: 'null' }] })

/** Answers carry all of their fields; later versions may add some. */
const answer = (properties: Record<string, Schema>, description: string) => ({
  type: 'object',
  description,
  properties,
  required: Object.keys(properties),
})

const entry = {
  entry_id: reference,
  tg_id: orNull(tgId),
  status: { type: 'string', enum: ENTRY_STATUSES },
  reason: orNull({ type: 'string', description: 'Why it failed: a code' }),
  raffle_id: orNull({ ...reference, description: 'Known once the chain has the entry' }),
  round: orNull(integer),
  fee: decimal,
  currency,
  tx_hash: orNull({ ...txHash, description: 'Null until it is sent' }),
  block_number: orNull(integer),
  created_at: instant,
  confirmed_at: orNull(instant),
}

const winner = {
  raffle_id: reference,
  round: integer,
  winner_address: orNull(address),
  prize: orNull(decimal),
  currency,
  participants: integer,
  tx_hash: orNull(txHash),
  block_number: orNull(integer),
  finished_at: orNull(instant),
}

const draw = { draw_id: reference, status: { type: 'string', enum: DRAW_STATUSES }, tx_hash: orNull(txHash) }

const raffle = {
  raffle_id: reference,
  round: integer,
  status: { type: 'string', enum: RAFFLE_STATUSES },
  entrance_fee: decimal,
  pool: { ...decimal, description: 'Of confirmed entries' },
  currency,
  participants: { type: 'integer', description: 'Confirmed entries' },
  contract: address,
  chain_id: integer,
  opened_at: instant,
  next_draw_at: orNull(instant),
  draw: orNull(answer(draw, 'A draw that is under way')),
}

/** `IntegrationEventData`. */
const events = {
  'raffle.entry_confirmed': answer(
    {
      entry_id: reference,
      tg_id: tgId,
      raffle_id: reference,
      round: integer,
      address,
      fee: decimal,
      currency,
      tx_hash: txHash,
      block_number: integer,
    },
    'An entry of a customer is in a block that stays'
  ),
  'raffle.winner_picked': answer(
    {
      raffle_id: reference,
      round: integer,
      participants: integer,
      prize: decimal,
      currency,
      winner_address: address,
      tg_id: orNull({ ...tgId, description: 'Null when it is no customer' }),
      tx_hash: txHash,
      block_number: integer,
    },
    'A round has its winner'
  ),
} satisfies Record<IntegrationEventName, Schema>

const eventOf = (name: IntegrationEventName) =>
  answer(
    {
      id: { ...reference, description: 'The same however often it is told' },
      type: { type: 'string', const: name },
      timestamp: instant,
      data: events[name],
    },
    events[name].description
  )

const listOf = (name: string) =>
  answer(
    {
      success,
      data: { type: 'array', items: { $ref: `#/components/schemas/${name}` } },
      page: integer,
      limit: integer,
      total: integer,
      pages: integer,
    },
    'A page of a list'
  )

export const schemas = {
  TgId: {
    anyOf: [
      { type: 'integer', minimum: 1 },
      { type: 'string', pattern: '^[1-9]\\d{0,15}$' },
    ],
  },
  Customer: {
    type: 'object',
    properties: { tg_id: { $ref: '#/components/schemas/TgId' } },
    required: ['tg_id'],
  },
  Wallet: answer({ success, tg_id: tgId, address, chain_id: integer, message: text }, 'A customer’s wallet'),
  Balance: answer(
    {
      success,
      tg_id: tgId,
      address,
      balance: orNull({ ...decimal, description: 'As the chain says now; null while it can’t be asked' }),
      confirmed_balance: { ...decimal, description: 'As confirmed events add up' },
      currency,
    },
    'What a wallet holds'
  ),
  EntryAccepted: answer(
    { success, tx_hash: orNull(txHash), message: text, entry_id: reference },
    'An entry that is on its way'
  ),
  EntryFound: answer({ success, ...entry }, 'An entry'),
  Winner: { type: 'object', properties: winner },
  Entry: { type: 'object', properties: entry },
  Entries: listOf('Entry'),
  Winners: listOf('Winner'),
  RaffleStatus: answer({ success, raffle: orNull(answer(raffle, 'The current round')) }, 'How the raffle stands'),
  DrawAccepted: answer({ success, ...draw, message: text }, 'A draw that is on its way'),
  CustomerStats: answer(
    {
      success,
      tg_id: tgId,
      entries: integer,
      spent: decimal,
      wins: integer,
      won: decimal,
      currency,
      joined_at: instant,
    },
    'A customer’s part in the raffle'
  ),
  Problem: {
    type: 'object',
    description: 'What went wrong (RFC 9457)',
    properties: {
      success: { type: 'boolean', const: false },
      type: text,
      title: text,
      status: integer,
      code: { type: 'string', description: 'For programs' },
      detail: { type: 'string', description: 'For people' },
      errors: {
        type: 'array',
        items: {
          type: 'object',
          properties: { field: text, rule: text, message: text },
          required: ['field', 'rule', 'message'],
        },
      },
      params: { type: 'object' },
      request_id: text,
    },
    required: ['success', 'type', 'title', 'status', 'code', 'detail', 'request_id'],
  },
  EntryConfirmed: eventOf('raffle.entry_confirmed'),
  WinnerPicked: eventOf('raffle.winner_picked'),
} satisfies Record<string, Schema>

/** Fields of a list's rows, which `fields` chooses from. */
export const fieldsOf = (row: 'Entry' | 'Winner') => Object.keys(schemas[row].properties)
