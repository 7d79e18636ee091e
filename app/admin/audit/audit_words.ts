import i18nManager from '@adonisjs/i18n/services/main'

/** What the audit log calls an action: `panel.audit.actions.<code>`. One that no room records any more is read from its code. */
export function actionText(action: string): string {
  return words(`actions.${action}`, {}, readable(action))
}

/** `Customer 12`: what an entry is about, where it has no name or none any more. */
export function subjectText(type: string, id: string): string {
  return words(`subjects.${type}`, { id }, `${type.replaceAll('_', ' ')} ${id}`)
}

const ACTIONS = 'panel.audit.actions.'

/** Every action in words, by the room that records it: choices of the log's filter. */
export function actionGroups() {
  const codes = Object.keys(i18nManager.getTranslationsFor('en'))
    .filter((key) => key.startsWith(ACTIONS))
    .map((key) => key.slice(ACTIONS.length))
  return [...new Set(codes.map((code) => code.split('.')[0]))].map((room) => ({
    room,
    text: roomText(room),
    actions: codes
      .filter((code) => code.startsWith(`${room}.`))
      .map((code) => ({ value: code, text: actionText(code) })),
  }))
}

const roomText = (room: string) => words(`rooms.${room}`, {}, readable(room))

/** A field of an entry's values: the label of a setting, else its name read aloud (`fullName` as `Full name`). */
export function fieldText(field: string): string {
  return i18nManager.locale('en').t(`panel.settings.fields.${field}.label`, {}, readable(field))
}

function readable(code: string) {
  const text = code
    .replaceAll(/[._]/g, ' ')
    .replaceAll(/([a-z])([A-Z])/g, (_, end, start) => `${end} ${start.toLowerCase()}`)
  return text.charAt(0).toUpperCase() + text.slice(1)
}

const words = (key: string, params: Record<string, string>, fallback: string) =>
  i18nManager.locale('en').t(`panel.audit.${key}`, params, fallback)
