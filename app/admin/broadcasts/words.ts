import i18nManager from '@adonisjs/i18n/services/main'
import { panelText } from '#admin/shared/words'

/** Texts of this section. */
export const words = (key: string, values?: Record<string, string | number>) => panelText(`broadcasts.${key}`, values)

export const hasWords = (key: string) => i18nManager.locale('en').hasMessage(`panel.broadcasts.${key}`)
