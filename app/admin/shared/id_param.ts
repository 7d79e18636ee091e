/** `:id` of every route of the panel: what is no identifier answers 404. */
export const idParam = { match: /^[1-9]\d{0,14}$/, cast: (value: string) => Number(value) }

/** A reference, an address or a hash: with nothing that the database can't look for. */
export const wordParam = { match: /^\w{1,80}$/ }
