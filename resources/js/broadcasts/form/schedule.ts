import { debounce } from './debounce.js'

/** The primary button says what it will do; the date matters only when the broadcast is not sent at once. */
export function connectSchedule(form: HTMLFormElement, refreshLabel: () => void) {
  const date = form.querySelector<HTMLElement>('[data-schedule-date]')!
  const refresh = debounce(refreshLabel, 200)
  const update = () => {
    const mode = form.querySelector<HTMLInputElement>('[data-schedule-mode]:checked')?.value
    date.hidden = mode === 'now'
  }
  for (const input of form.querySelectorAll('[data-schedule-mode], #schedule-local')) {
    input.addEventListener('input', () => {
      update()
      refresh()
    })
  }
  update()
}
