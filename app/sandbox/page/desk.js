/** Pages of the sandbox work without this; with it they follow the theme chosen in the chat. */
const chosen = localStorage.getItem('sandbox-theme')
if (chosen) document.documentElement.dataset.theme = chosen
