import { type SchemaRules } from '@adonisjs/lucid/types/schema_generator'

const columns = (...namedImports: string[]) => [{ source: '#core/database/columns', namedImports }]

const instant = { tsType: 'number', imports: columns('instant'), decorators: [{ name: '@instant' }] }

const INSTANTS = [
  'created_at',
  'updated_at',
  'expires_at',
  'acquired_at',
  'decided_at',
  'two_factor_enabled_at',
  'last_login_at',
  'disabled_at',
  'banned_at',
  'unreachable_at',
  'last_active_at',
  'anonymised_at',
  'scheduled_at',
  'claimed_at',
  'attempted_at',
  'sent_at',
  'used_at',
  'completed_at',
  'started_at',
  'finished_at',
  'paused_at',
  'cancelled_at',
  'last_seen_at',
  'revoked_at',
  'received_at',
  'checked_at',
  'notified_at',
  'resolved_at',
  'archived_at',
  'fanned_out_at',
  'password_changed_at',
  'effect_started_at',
  'closed_at',
  'sealed_at',
  'paid_at',
  'next_poll_at',
  'processed_at',
  'last_received_at',
  'observed_at',
  'reset_at',
  'available_from',
  'available_until',
  'valid_from',
  'valid_until',
  'attention_at',
  'fulfilling_at',
  'fulfilled_at',
  'failed_at',
  'refunded_at',
  'next_step_at',
  'retired_at',
  'broadcast_at',
  'settled_at',
  'expired_at',
  'confirmed_at',
  'mined_at',
  'requested_at',
  'opened_at',
  'last_used_at',
  'claimed_until',
  'next_attempt_at',
  'delivered_at',
  'previous_secret_until',
] as const

/** Money in minor units. */
const minor = { tsType: 'bigint', imports: columns('minor'), decorators: [{ name: '@minor' }] }

const AMOUNTS = [
  'amount',
  'balance',
  'charge_amount',
  'received_amount',
  'price',
  'reward',
  'entrance_fee',
  'pool',
  'prize',
  'fee',
] as const

/** Identifiers, counters and instants are JS numbers (int8 above 2^53-1 is refused); money columns name their own rule. */
export default {
  types: {
    bigint: { tsType: 'number', imports: [], decorators: [{ name: '@column' }] },
    boolean: { tsType: 'boolean', imports: columns('boolean'), decorators: [{ name: '@boolean' }] },
    json: { tsType: 'any', imports: columns('json'), decorators: [{ name: '@json' }] },
  },
  columns: Object.fromEntries([
    ...INSTANTS.map((name) => [name, instant] as const),
    ...AMOUNTS.map((name) => [name, minor] as const),
  ]),
  primaryKey: (_table, keys, tableColumns) =>
    keys.length === 1 && keys[0] === 'id'
      ? {
          columnName: 'id',
          columnInfo: {
            tsType: tableColumns.id.type.includes('char') ? 'string' : 'number',
            imports: [],
            decorators: [{ name: '@column', args: { isPrimary: true } }],
          },
        }
      : undefined,
} satisfies SchemaRules
