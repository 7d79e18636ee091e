/* Progressive enhancement only: every list and form works without it. */
import { enhanceBulkSelection } from './panel/bulk_selection.js'

document.querySelectorAll<HTMLFormElement>('form[data-bulk]').forEach(enhanceBulkSelection)
