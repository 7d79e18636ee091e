import i18nManager from '@adonisjs/i18n/services/main'
import type { Refusal } from '#core/result'
import { formatDuration } from '#admin/shared/format'

/** A text of the panel outside of templates: `panelText('admins.created', { name })`. */
export const panelText = (key: string, params: Record<string, string | number> = {}) =>
  i18nManager.locale('en').t(`panel.${key}`, params)

/**
 * What the panel says when an action refuses: `panel.refusals.<code>` filled with the refusal's parameters, of which
 * `seconds` also comes as `wait` in words.
 */
export function refusalText({ code, params = {} }: Refusal): string {
  const wait = params.seconds === undefined ? '' : formatDuration(Number(params.seconds) * 1000)
  return panelText(`refusals.${code}`, { ...params, wait })
}
