import i18nManager from '@adonisjs/i18n/services/main'

type Params = Record<string, string | number>

/** Texts that programs show to people: `resources/lang/en/api.json`. */
export const apiText = (key: string, params?: Params, fallback?: string) =>
  i18nManager.locale(i18nManager.defaultLocale).t(`api.${key}`, params, fallback)
