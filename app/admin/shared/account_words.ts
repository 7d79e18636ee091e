import i18nManager from '@adonisjs/i18n/services/main'
import type { AccountKind } from '#ledger/accounts'
import { panelText, providerText } from '#admin/shared/words'

interface NamedAccount {
  kind: AccountKind
  /** Of a system account. */
  name: string | null
}

/** An account as pages call it: `Revenue`, `Crypto Pay, on its way`, `Wallet of Olena`. */
export function accountText({ kind, name }: NamedAccount, customer = ''): string {
  if (kind !== 'system') return panelText(`money.accounts.${kind}`, { customer })
  const [family, member] = name!.split(':')
  if (family === 'clearing') return panelText('money.accounts.clearing', { provider: providerText(member) })
  const key = `panel.money.accounts.system.${name!.replace(':', '_')}`
  return i18nManager.locale('en').t(key, {}, name!.replaceAll(/[:_]/g, ' '))
}
