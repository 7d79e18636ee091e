const KEY = 'sandbox-theme'

/** Follows the system until somebody chooses. */
export function startTheme(button) {
  apply(localStorage.getItem(KEY))
  button.addEventListener('click', () => {
    const next = isDark() ? 'light' : 'dark'
    localStorage.setItem(KEY, next)
    apply(next)
  })
}

function isDark() {
  const chosen = document.documentElement.dataset.theme
  return chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
}

function apply(theme) {
  if (theme) document.documentElement.dataset.theme = theme
}
