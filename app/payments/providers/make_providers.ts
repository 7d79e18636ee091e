import env from '#start/env'
import type { Clock } from '#core/clock'
import type { KeyWrapper } from '#core/contracts/key_wrapper'
import type { Settings } from '#core/contracts/settings'
import type { TelegramGateway } from '#core/contracts/telegram_gateway'
import { balance } from '#payments/providers/balance'
import { CryptoPay } from '#payments/providers/crypto_pay'
import { Heleket } from '#payments/providers/heleket'
import type { PaymentProvider } from '#payments/providers/payment_provider'
import { PaymentProviders } from '#payments/providers/payment_providers'
import { SandboxPay } from '#payments/providers/sandbox_pay'
import { TelegramStars } from '#payments/providers/telegram_stars'
import { StarCursor } from '#payments/stars/star_cursor'
import { cryptoPayAssets, heleketAssets } from '#payments/settings'

const CRYPTO_PAY = 'https://pay.crypt.bot'
const HELEKET = 'https://api.heleket.com'

/** The ways of paying for which this installation has what they need. */
export function makeProviders(clock: Clock, settings: Settings, telegram: TelegramGateway, keys: KeyWrapper) {
  const configured = [cryptoPay(settings), heleket(settings), telegramStars(telegram), balance, sandbox(keys)]
  return new PaymentProviders(
    configured.filter((provider) => provider !== null),
    clock
  )
}

function cryptoPay(settings: Settings): PaymentProvider | null {
  const token = env.get('CRYPTO_PAY_TOKEN')?.release()
  if (!token) return null
  return new CryptoPay(token, env.get('CRYPTO_PAY_API_ROOT') ?? CRYPTO_PAY, () => settings.get(cryptoPayAssets))
}

function heleket(settings: Settings): PaymentProvider | null {
  const [merchant, paymentKey] = [env.get('HELEKET_MERCHANT'), env.get('HELEKET_PAYMENT_KEY')?.release()]
  if (!merchant || !paymentKey) return null
  const publicUrl = env.get('PUBLIC_URL') ?? env.get('APP_URL')
  const account = {
    merchant,
    paymentKey,
    payoutKey: env.get('HELEKET_PAYOUT_KEY')?.release() ?? null,
    apiRoot: env.get('HELEKET_API_ROOT') ?? HELEKET,
    callbackUrl: publicUrl ? `${publicUrl}/webhook/heleket` : null,
  }
  return new Heleket(account, () => settings.get(heleketAssets))
}

const telegramStars = (telegram: TelegramGateway): PaymentProvider | null =>
  telegram.botId === null ? null : new TelegramStars(telegram, () => new StarCursor(telegram.botId).read())

/** Only beside a sandbox, and never in production. */
function sandbox(keys: KeyWrapper): PaymentProvider | null {
  if (!env.get('SANDBOX_URL') || env.get('NODE_ENV') === 'production') return null
  const product = env.get('APP_URL') ?? `http://${env.get('HOST')}:${env.get('PORT', 3333)}`
  return new SandboxPay(`${product}/sandbox/pay`, keys)
}
