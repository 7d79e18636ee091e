import { type AccountKind, partsOfCode } from '#ledger/accounts'
import Customer from '#customers/models/customer'
import { accountText } from '#admin/shared/account_words'

interface Owned {
  kind: AccountKind
  name: string | null
  customer_id?: number | null
  first_name?: string | null
  last_name?: string | null
  username?: string | null
}

/** An account of a row that is joined with its customer. */
export function accountOfRow({ kind, name, customer_id: id, ...row }: Owned): string {
  const full = [row.first_name, row.last_name].filter(Boolean).join(' ')
  return accountText({ kind, name }, full || (row.username ? `@${row.username}` : `#${id}`))
}

/** Names of accounts by their codes: one query for the customers among them. */
export async function namesOfCodes(codes: readonly string[]): Promise<(code: string) => string> {
  const owners = codes.map(partsOfCode).filter(({ kind }) => kind !== 'system')
  const ids = [...new Set(owners.map(({ owner }) => Number(owner)))]
  const customers = ids.length === 0 ? [] : await Customer.query().whereIn('id', ids)
  const names = new Map(customers.map((customer) => [String(customer.id), customer.displayName]))
  return (code) => {
    const { kind, owner } = partsOfCode(code)
    return kind === 'system'
      ? accountText({ kind, name: owner })
      : accountText({ kind, name: null }, names.get(owner) ?? `#${owner}`)
  }
}
