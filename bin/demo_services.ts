import type { ApplicationService } from '@adonisjs/core/types'
import type { Actor } from '#core/contracts/audit'
import type { Result } from '#core/result'

const HOURS_OF_A_YEAR = 8760

/**
 * What an owner stores in the panel to deliver Stars through Fragment: a login and a wallet, here those of the sandbox.
 * Once; what an admin has stored since stays. Deliveries go to people until an admin chooses Fragment in the settings.
 */
export async function logInToFragment(app: ApplicationService, actor: Actor) {
  const { FragmentSessions } = await import('#stars/fulfilment/fragment/fragment_sessions')
  const sessions = await app.container.make(FragmentSessions)
  if (await sessions.latest()) return

  const { FRAGMENT_COOKIES } = await import('#sandbox/fragment/session')
  const { ChangeFragmentSession } = await import('#stars/actions/change_fragment_session')
  const cookies = Object.entries(FRAGMENT_COOKIES).map(([name, value]) => `${name}=${value}`)
  const changeSession = await app.container.make(ChangeFragmentSession)
  assertTaken(await changeSession.handle({ cookies: cookies.join('; '), actor }))

  const { mnemonicNew } = await import('@ton/crypto')
  const { ChangeFragmentWallet } = await import('#stars/actions/change_fragment_wallet')
  const changeWallet = await app.container.make(ChangeFragmentWallet)
  const words = await mnemonicNew(24)
  assertTaken(await changeWallet.handle({ mnemonic: words.join(' '), actor }))
}

/** No provider quotes Telegram Stars: without a rate set by hand nobody could top up with them. */
export async function setStarsRate(app: ApplicationService, actor: Actor) {
  const { Rates } = await import('#payments/rates/rates')
  const rates = await app.container.make(Rates)
  const present = await rates.ratio('TON', 'STARS')
  if (present.ok) return

  const { SetManualRate } = await import('#payments/actions/set_manual_rate')
  const setManualRate = await app.container.make(SetManualRate)
  const sample = { base: 'TON', quote: 'STARS', rate: '200', hours: HOURS_OF_A_YEAR, reason: 'Sample rate' } as const
  assertTaken(await setManualRate.handle({ ...sample, actor }))
}

function assertTaken(result: Result<unknown>) {
  if (!result.ok) throw new Error(`A setting of the demo was refused: ${result.refusal.code}`)
}
