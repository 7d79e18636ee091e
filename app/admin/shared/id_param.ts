/** `:id` of every route of the panel: what is no identifier answers 404. */
export const idParam = { match: /^[1-9]\d{0,14}$/, cast: (value: string) => Number(value) }
