import { uncoverSpoilers } from './preview/spoilers.js'
import { BroadcastPage } from './form/broadcast_page.js'

const form = document.querySelector<HTMLFormElement>('[data-broadcast-form]')
if (form) new BroadcastPage(form)
uncoverSpoilers(document)
