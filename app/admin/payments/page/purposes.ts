/** What invoices are for, as the filter of the list offers it; each has words in `panel.payments.purposes`. */
export const PURPOSES = ['top_up', 'star_order'] as const
