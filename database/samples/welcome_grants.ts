import { granted, system } from '#ledger/accounts'
import { contentOf, fingerprintOf } from '#ledger/posting/fingerprint'
import { movementsOf } from '#ledger/posting/movements'
import { welcomeTransfer } from '#customers/welcome_transfer'

const ISSUANCE = 1

interface Newcomer {
  id: number
  created_at: number
}

/**
 * Rows of the ledger's tables as if each customer had been registered at their time: the first account issues, the
 * following ones are the customers'. Transfer n is made of the entries 2n-1 and 2n.
 */
export function sampleWelcomeGrants(customers: readonly Newcomer[], points: number) {
  const inOrder = [...customers].sort((one, other) => one.created_at - other.created_at || one.id - other.id)
  const posted = inOrder.map((customer, index) => postingOf(customer, points, index))
  const last = posted.at(-1)!.entries[0]
  const issuance = accountRow(
    ISSUANCE,
    system('issuance', 'PRED'),
    last.balance,
    inOrder[0].created_at,
    last.created_at
  )
  return {
    accounts: [issuance, ...posted.map(({ account }) => account)],
    transfers: posted.map(({ transfer }) => transfer),
    entries: posted.flatMap(({ entries }) => entries),
  }
}

function postingOf(customer: Newcomer, points: number, index: number) {
  const input = welcomeTransfer(customer.id, points)
  const amount = Number(input.postings[0].amount.minor)
  const at = customer.created_at
  const [transferId, accountId] = [index + 1, index + 2]
  const entry = { transfer_id: transferId, currency: 'PRED', created_at: at }
  return {
    account: accountRow(accountId, granted(customer.id), amount, at, at),
    transfer: {
      id: transferId,
      kind: input.kind,
      idempotency_key: input.key,
      fingerprint: fingerprintOf(input, contentOf(movementsOf(input.postings))),
      reference_type: input.reference!.type,
      reference_id: String(input.reference!.id),
      actor_type: input.actor.type,
      actor_id: input.actor.id,
      actor_name: input.actor.name,
      corrects_id: null,
      note: null,
      created_at: at,
    },
    entries: [
      {
        ...entry,
        id: 2 * index + 1,
        account_id: ISSUANCE,
        account_kind: 'system',
        amount: -amount,
        balance: -amount * (index + 1),
      },
      { ...entry, id: 2 * index + 2, account_id: accountId, account_kind: 'granted', amount, balance: amount },
    ],
  }
}

function accountRow(id: number, ref: ReturnType<typeof system>, balance: number, createdAt: number, updatedAt: number) {
  const { code, kind, currency, customerId, name } = ref
  return {
    id,
    code,
    kind,
    currency,
    customer_id: customerId,
    name,
    balance,
    created_at: createdAt,
    updated_at: updatedAt,
  }
}
