import i18nManager from '@adonisjs/i18n/services/main'
import type { Refusal } from '#core/result'
import { formatDuration } from '#admin/shared/format'

/** A text of the panel outside of templates: `panelText('admins.created', { name })`. */
export const panelText = (key: string, params: Record<string, string | number> = {}) =>
  i18nManager.locale('en').t(`panel.${key}`, params)

/**
 * What the panel says when an action refuses: `panel.refusals.<code>` filled with the refusal's parameters, of which
 * `seconds` also comes as `wait` in words, and `provider` by its name.
 */
export function refusalText({ code, params = {} }: Refusal): string {
  const wait = params.seconds === undefined ? '' : formatDuration(Number(params.seconds) * 1000)
  const provider = params.provider === undefined ? '' : providerText(String(params.provider))
  return panelText(`refusals.${code}`, { ...params, wait, provider })
}

/** A way of paying by its name: `Crypto Pay`. */
export const providerText = (name: string) =>
  i18nManager.locale('en').t(`panel.payments.providers.names.${name}`, {}, name.replaceAll('_', ' '))

/** Why something of the chain failed or waits, as one or two words; a code without words of its own is read aloud. */
export const reasonText = (code: string) =>
  i18nManager.locale('en').t(`panel.chain.reasons.${code}`, {}, code.replaceAll('_', ' '))
