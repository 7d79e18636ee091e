import i18nManager from '@adonisjs/i18n/services/main'

const PREFIX = 'notifications.buttons.'
/** Words of a button that opens a page: no screen. */
const NO_SCREEN = 'open_link'

/** Screens of the bot that a button can open: those the bot has words for. */
export function botScreens(): Array<{ action: string; name: string }> {
  const texts = i18nManager.getTranslationsFor('en')
  return Object.entries(texts)
    .filter(([key]) => key.startsWith(PREFIX) && key !== PREFIX + NO_SCREEN)
    .map(([key, name]) => ({ action: key.slice(PREFIX.length), name }))
}
