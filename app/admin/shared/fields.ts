import stringHelpers from '@adonisjs/core/helpers/string'

interface Flash {
  get(key: string, defaultValue?: unknown): any
  has(key: string): boolean
}

interface FieldState {
  key: string
  problem?: string
  help?: string
  required?: boolean
}

/** First message about the field after a refused form. */
export function fieldError(flash: Flash | undefined, name: string): string | undefined {
  return flash?.get('inputErrorsBag', {})?.[name]?.[0]
}

/** What was typed before the refusal, else the value the page gives. */
export function fieldValue(flash: Flash | undefined, name: string, value: unknown): unknown {
  return flash?.get(name) ?? value ?? ''
}

/** Posted beside a box, since a box that is left unchecked posts nothing. Of `quiet[on]` it is `quiet[on__box]`. */
export const boxMarker = (name: string) => name.replace(/\]?$/, (bracket) => `__box${bracket}`)

/** What was posted as `quiet[on]` is kept as `quiet.on`. */
const flashKey = (name: string) => name.replaceAll('[', '.').replaceAll(']', '')

/** As it was left before the refusal, else as the page gives it. */
export function fieldChecked(flash: Flash | undefined, name: string, checked: unknown): boolean {
  return flash?.has(flashKey(boxMarker(name))) ? flash.has(flashKey(name)) : Boolean(checked)
}

/** Attributes that tie a control to its help and error, and the page's own. */
export function fieldAttributes(state: FieldState, own: Record<string, unknown> = {}): string {
  const describedBy = [state.help && `${state.key}-help`, state.problem && `${state.key}-error`].filter(Boolean)
  const attributes: Record<string, unknown> = {
    required: state.required,
    'aria-invalid': state.problem ? 'true' : undefined,
    'aria-describedby': describedBy.join(' ') || undefined,
    ...own,
  }
  return Object.entries(attributes)
    .filter(([, value]) => value !== undefined && value !== null && value !== false)
    .map(([name, value]) => (value === true ? name : `${name}="${stringHelpers.escapeHTML(String(value))}"`))
    .join(' ')
}
