/** Asks before the page is left with changes that nobody saved. */
export function guardUnsaved(form: HTMLFormElement) {
  let changed = form.dataset.unsaved === 'true'
  let submitting = false
  form.addEventListener('submit', () => (submitting = true))
  addEventListener('pageshow', () => (submitting = false))
  addEventListener('beforeunload', (event) => {
    if (changed && !submitting) event.preventDefault()
  })
  return () => (changed = true)
}
